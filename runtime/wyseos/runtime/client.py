"""The raw client: sends a `Call` with httpx, sync or async, and reads the envelope. No retries, no settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from attrs import define, field

from wyseos.runtime import codec
from wyseos.runtime.call import Call
from wyseos.runtime.errors import DecodeError, NoAnswer, UnexpectedAnswer, ValidationError
from wyseos.runtime.lazy import import_without
from wyseos.runtime.urls import is_clear_text

if TYPE_CHECKING:
    import httpx
else:
    # Its command line loads all of rich and click where they are installed: most of its start, for nothing.
    httpx = import_without("httpx", "_main", "main")

T = TypeVar("T")

_MAX_QUOTED = 200
_LARGEST_ANSWER = 64 * 2**20
_PIECE = 2**16
_NO_CONTENT = 204


@define
class Response(Generic[T]):
    """An answer: what was parsed, and what it was parsed from."""

    status_code: int
    headers: Mapping[str, str]
    content: bytes = field(repr=False)
    code: int
    msg: str
    parsed: T


def _header_safe(_: Any, attribute: Any, value: str | None) -> None:
    # The value itself is not quoted: it is a secret (security row 6).
    if value and any(ord(character) < 32 or ord(character) > 126 for character in value):
        raise ValidationError(f"{attribute.name} holds a character that no header may have", field=attribute.name)


@define
class Client:
    """Sends calls to one service with one key.

    Args:
        base_url: where the service is, such as `https://api.wyseos.com`.
        api_key: sent as `x-api-key`.
        jwt_token: sent as `Authorization`, instead of the key where both are given.
        timeout: seconds for each step of the exchange.
        allow_insecure: send the credential over `http://` to another machine too.
        max_response_size: bytes of the largest answer, unpacked.
        httpx_args: more arguments for `httpx.Client` and `httpx.AsyncClient`, such as `verify` or `transport`.

    Example:
        with Client("https://api.wyseos.com", api_key="…") as client:
            session = get_session.sync(client=client, session_id="…")
    """

    base_url: str
    api_key: str | None = field(default=None, repr=False, validator=_header_safe)
    jwt_token: str | None = field(default=None, repr=False, validator=_header_safe)
    timeout: float = 30.0
    allow_insecure: bool = False
    max_response_size: int = _LARGEST_ANSWER
    httpx_args: dict[str, Any] = field(factory=dict, repr=False)
    _sync: httpx.Client | None = field(default=None, init=False, repr=False)
    _async: httpx.AsyncClient | None = field(default=None, init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if (self.api_key or self.jwt_token) and not self.allow_insecure and is_clear_text(self.base_url):
            # Security row 3.
            remedy = "use https://, or pass allow_insecure=True where the network is your own"
            raise ValidationError(f"base_url would send the credential in the clear: {remedy}", field="base_url")

    def send(self, call: Call[T]) -> Response[T]:
        """Send a call and read its answer.

        Raises:
            UnexpectedAnswer: the service answers with an error.
            DecodeError: it answers with something else than the schema says.
            NoAnswer: it does not answer.
        """
        if self._sync is None:
            self._sync = httpx.Client(**self._settings())
        with _answered(call), self._sync.stream(**_request(call)) as answer:
            body = _Body(call, self.max_response_size)
            for piece in answer.iter_bytes(_PIECE):
                body.add(piece)
        return _read(call, answer, body.content)

    async def asend(self, call: Call[T]) -> Response[T]:
        """As `send`, awaitable."""
        if self._async is None:
            self._async = httpx.AsyncClient(**self._settings())
        with _answered(call):
            async with self._async.stream(**_request(call)) as answer:
                body = _Body(call, self.max_response_size)
                async for piece in answer.aiter_bytes(_PIECE):
                    body.add(piece)
        return _read(call, answer, body.content)

    def _settings(self) -> dict[str, Any]:
        headers = {"x-api-key": self.api_key, "Authorization": self.jwt_token}
        if self.jwt_token:
            del headers["x-api-key"]
        given = {name: value for name, value in headers.items() if value} | self.httpx_args.get("headers", {})
        return {"base_url": self.base_url, "timeout": self.timeout, **self.httpx_args, "headers": given}

    def close(self) -> None:
        """Close the connections of the sync side."""
        if self._sync is not None:
            self._sync.close()
            self._sync = None

    async def aclose(self) -> None:
        """Close the connections of the async side."""
        if self._async is not None:
            await self._async.aclose()
            self._async = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


@contextmanager
def _answered(call: Call[Any]) -> Iterator[None]:
    try:
        yield
    except httpx.RequestError as failure:
        # httpx may quote the URL, and with it ids; the kind of its error says what happened.
        told = type(failure).__name__
        raise NoAnswer(f"{call.operation} got no answer ({told})", retryable=call.operation.is_read) from failure


def _request(call: Call[Any]) -> dict[str, Any]:
    request: dict[str, Any] = {"method": call.operation.method, "url": call.path, "headers": call.headers}
    request["params"] = {**call.query, **call.repeated}
    if call.json is not None:
        request["content"] = codec.dumps_bytes(call.json)
        request["headers"] = {**call.headers, "Content-Type": call.content_type or "application/json"}
    if call.content is not None:
        request["content"] = call.content
        request["headers"] = {**call.headers, "Content-Type": call.content_type}
    if call.files is not None:
        # The multipart header is httpx's to write: a fixed boundary lets a file's content inject a field.
        request["data"] = call.form
        request["files"] = [(name, (part.file_name, part.content, part.content_type)) for name, part in call.files]
    return request


class _Body:
    """The unpacked body of an answer, up to a limit (security row 8)."""

    def __init__(self, call: Call[Any], limit: int) -> None:
        self._call = call
        self._limit = limit
        self._pieces: list[bytes] = []
        self._size = 0

    def add(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._size > self._limit:
            raise UnexpectedAnswer(f"{self._call.operation} answered with more than {self._limit} bytes")
        self._pieces.append(piece)

    @property
    def content(self) -> bytes:
        return b"".join(self._pieces)


def _read(call: Call[T], answer: httpx.Response, content: bytes) -> Response[T]:
    # Errors are told before a body is parsed as a model: a proxy answers in HTML, the service under any status.
    if call.bare or (answer.is_success and (call.raw or answer.status_code == _NO_CONTENT)):
        return _read_bare(call, answer, content)
    envelope = _envelope(call, answer.status_code, content)
    code, message = envelope.get("code"), str(envelope.get("msg") or "")
    if not answer.is_success or code != 0:
        raise UnexpectedAnswer(
            f"{call.operation} failed: {message or 'no message'}",
            code=code if isinstance(code, int) else None,
            status_code=answer.status_code,
        )
    return Response(
        status_code=answer.status_code,
        headers=answer.headers,
        content=content,
        code=0,
        msg=message,
        parsed=call.parse(envelope.get("data")),
    )


def _read_bare(call: Call[T], answer: httpx.Response, content: bytes) -> Response[T]:
    if not answer.is_success:
        start = content[:_MAX_QUOTED].decode("utf-8", "replace")
        raise UnexpectedAnswer(f"{call.operation} failed: {start!r}", status_code=answer.status_code)
    parsed = call.parse(content if call.raw else codec.loads(content) if content else None)
    return Response(answer.status_code, answer.headers, content, code=0, msg="", parsed=parsed)


def _envelope(call: Call[Any], status: int, content: bytes) -> dict[str, Any]:
    try:
        envelope = codec.loads(content)
    except DecodeError:
        envelope = None
    if isinstance(envelope, dict):
        return envelope
    start = content[:_MAX_QUOTED].decode("utf-8", "replace")
    raise UnexpectedAnswer(f"{call.operation} answered with no envelope: {start!r}", status_code=status)
