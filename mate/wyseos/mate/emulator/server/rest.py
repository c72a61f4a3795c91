"""The REST half: one function answers every operation that the OpenAPI document names."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from wyseos.mate.emulator.faults.requests import around
from wyseos.mate.emulator.server.contract import ContractOperation, Parameter, Violation
from wyseos.mate.emulator.server.endpoints import HANDLERS
from wyseos.mate.emulator.server.refusal import INVALID, Refusal
from wyseos.mate.emulator.server.service import Service
from wyseos.mate.emulator.server.strict_json import read_json, write_json
from wyseos.mate.emulator.server.uploads import Part, parse_multipart

# The largest body: ten uploads of the largest size, and what is around them.
MOST_BODY = 104 * 2**20

Endpoint = Callable[[Request], Awaitable[Response]]


def rest_routes(service: Service) -> list[Route]:
    """Make a route for each path of the document, with all its methods, so that a wrong one is told the right ones."""
    paths: dict[str, dict[str, ContractOperation]] = {}
    for operation in service.contract.operations.values():
        paths.setdefault(operation.path, {})[operation.method] = operation
    return [Route(path, _endpoint(service, methods), methods=list(methods)) for path, methods in paths.items()]


def _endpoint(service: Service, methods: Mapping[str, ContractOperation]) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        # starlette lets HEAD through wherever GET is.
        operation = methods["GET" if request.method == "HEAD" else request.method]
        body = await _body(service, request)
        response = await around(
            service.faults, request, operation.name, lambda: answer(service, operation, request, body)
        )
        response.headers["x-request-id"] = f"request_{next(service.requests):06d}"
        return response

    return endpoint


async def _body(service: Service, request: Request) -> bytes | None:
    """Read a body, of somebody who is known; None where it is too large."""
    if not service.state.knows(request.headers.get("x-api-key"), request.headers.get("authorization")):
        return b""
    return await read_body(request, MOST_BODY)


async def read_body(request: Request, most: int) -> bytes | None:
    """Read a body; None where it has more than `most` bytes, and is not read any further."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > most:
            return None
    return bytes(body)


def answer(service: Service, operation: ContractOperation, request: Request, body: bytes | None) -> Response:
    """Answer one request: who asks, what is asked, the handler, the envelope."""
    try:
        requester = service.state.requester(request.headers.get("x-api-key"), request.headers.get("authorization"))
        if body is None:
            raise Refusal(INVALID, f"the body is larger than {MOST_BODY} bytes", 413)
        arguments = _arguments(service, operation, request, body)
        handler = HANDLERS.get(operation.name)
        data = handler(service.state, requester, **arguments) if handler else operation.sample()
    except Refusal as refusal:
        return refuse(refusal)
    if operation.answer is None:
        content = str(data).encode() if operation.answers else b""
        return Response(content, operation.status, media_type=operation.answers or None)
    held = data if operation.bare else {"code": 0, "msg": "success", "data": data}
    service.check_own(operation.name, operation.answer, held)
    return _respond(held, operation.status)


def refuse(refusal: Refusal) -> Response:
    """Put a refusal into the envelope."""
    return _respond({"code": refusal.code, "msg": refusal.message, "data": None}, refusal.status)


def _respond(envelope: Any, status: int) -> Response:
    return Response(write_json(envelope), status, media_type=JSONResponse.media_type)


# ---- the arguments, each held against its schema


def _arguments(service: Service, operation: ContractOperation, request: Request, body: bytes) -> dict[str, Any]:
    violated = _Violated(service, operation.name)
    known = {parameter.name: parameter for parameter in operation.parameters if parameter.place == "query"}
    for name in request.query_params:
        violated.unless(name in known, name, "this operation has no such parameter")
        once = known[name].kind != "array" or known[name].separator
        violated.unless(not once or len(request.query_params.getlist(name)) == 1, name, "it is told more than once")
    arguments = {}
    for parameter in operation.parameters:
        value = _argument(parameter, _given(parameter, request), violated)
        if value is not None:
            arguments[parameter.name] = value
    if operation.content_type:
        arguments |= _BODIES.get(operation.content_type, _plain_body)(operation, request, body, violated)
    return arguments


def _given(parameter: Parameter, request: Request) -> Any:
    """Give the text of a parameter, or the texts of a list; None where it is not there."""
    if parameter.place == "query" and parameter.kind == "array" and not parameter.separator:
        return request.query_params.getlist(parameter.name) or None
    places: dict[str, Mapping[str, str]] = {
        "path": request.path_params, "query": request.query_params, "header": request.headers,
        "cookie": request.cookies,
    }  # fmt: skip
    text = places[parameter.place].get(parameter.name)
    return text.split(parameter.separator) if text is not None and parameter.kind == "array" else text


class _Violated:
    """Notes what the schema does not allow, and refuses the request."""

    def __init__(self, service: Service, where: str) -> None:
        self._service = service
        self._where = where

    def unless(self, holds: bool, field: str, reason: str) -> None:
        """Refuse with 4000 and the field, unless all is well."""
        if not holds:
            violation = Violation(self._where, field, reason)
            self._service.state.violations.append(violation)
            raise Refusal(INVALID, f"{field}: {reason}" if field else reason)


def _argument(parameter: Parameter, given: Any, violated: _Violated) -> Any:
    if given is None:
        violated.unless(not parameter.required, parameter.name, "it is missing")
        return parameter.default
    is_list = isinstance(given, list)
    value = [_convert(text, parameter.items) for text in given] if is_list else _convert(given, parameter.kind)
    problem = parameter.shape.problem(value)
    violated.unless(problem is None, parameter.name, problem.reason if problem else "")
    return value


def _convert(text: str, kind: str) -> Any:
    """Read a value out of a path or a query; what is none of its kind stays text, and its schema says so."""
    if kind == "integer" and text.isascii() and text.removeprefix("-").isdigit() and len(text) < 4000:
        return int(text)
    if kind == "number" and _NUMBER.fullmatch(text):
        return float(text)
    return _FLAGS.get(text, text) if kind == "boolean" else text


_NUMBER = re.compile(r"-?\d{1,300}(\.\d{1,300})?", re.ASCII)
_FLAGS = {"true": True, "false": False}


def _json_body(operation: ContractOperation, request: Request, body: bytes, violated: _Violated) -> dict[str, Any]:
    try:
        value = read_json(body)
    except (ValueError, RecursionError) as error:
        violated.unless(False, "", f"the body is not JSON: {error}")
    _check_body(operation, value, violated)
    return {"body": value}


def _multipart_body(operation: ContractOperation, request: Request, body: bytes, violated: _Violated) -> dict[str, Any]:
    content_type = request.headers.get("content-type", "")
    violated.unless(content_type.startswith("multipart/form-data"), "", "multipart/form-data is needed")
    parts = parse_multipart(content_type, body)
    files: list[Part] = [part for part in parts if part.file_name is not None]
    fields = _fields(
        operation, {part.name: part.content.decode("utf-8", "replace") for part in parts if part.file_name is None}
    )
    named: dict[str, Any] = {file.name: [part for part in files if part.name == file.name] for file in files}
    for name, given in named.items():
        if operation.fields.get(name, {}).get("type") != "array" and len(given) == 1:
            named[name] = given[0]
    _check_body(operation, fields | {name: _as_text(given) for name, given in named.items()}, violated)
    return {name: value for name, value in (fields | named).items() if name in operation.fields}


def _as_text(given: Any) -> Any:
    """Write a file, or a list of them, as its schema has it: a string of bytes."""
    return [_as_text(each) for each in given] if isinstance(given, list) else given.content.decode("latin-1")


def _fields(operation: ContractOperation, texts: Mapping[str, str]) -> dict[str, Any]:
    """Read the texts of a form, each as its schema has it."""
    return {name: _convert(text, operation.fields.get(name, {}).get("type", "")) for name, text in texts.items()}


def _form_body(operation: ContractOperation, request: Request, body: bytes, violated: _Violated) -> dict[str, Any]:
    fields = _fields(operation, dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)))
    _check_body(operation, fields, violated)
    return {name: value for name, value in fields.items() if name in operation.fields}


def _plain_body(operation: ContractOperation, request: Request, body: bytes, violated: _Violated) -> dict[str, Any]:
    wanted = operation.content_type or ""
    violated.unless(request.headers.get("content-type", "").startswith(wanted), "", f"{wanted} is needed")
    return {"body": body}


def _check_body(operation: ContractOperation, value: Any, violated: _Violated) -> None:
    problem = operation.body.problem(value) if operation.body else None
    if problem:
        violated.unless(False, problem.field, problem.reason)


_BODIES = {
    "application/json": _json_body,
    "multipart/form-data": _multipart_body,
    "application/x-www-form-urlencoded": _form_body,
}
