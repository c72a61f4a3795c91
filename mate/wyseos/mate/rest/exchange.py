"""One call from its request to its data: credential, tries, waits, errors. A flow: written once for both clients."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from wyseos.mate.config import ClientOptions
from wyseos.mate.errors import APIError, AuthenticationError, ConfigError, WyseError, fault_of
from wyseos.mate.logs import logger
from wyseos.mate.rest.auth import Credential
from wyseos.mate.rest.flow import Flow, Send, Sleep
from wyseos.mate.rest.request import Request, make_request
from wyseos.mate.rest.response import Response, read_answer
from wyseos.mate.rest.retry import Failure, wait_before_next_try
from wyseos.mate.settings.table import read_headers
from wyseos.runtime import records
from wyseos.runtime.call import Call, Operation

__all__ = ["Exchange"]

T = TypeVar("T")


@records.frozen
class Exchange:
    """How the calls of one client are made.

    Args:
        options: its settings.
        credential: its key or token.
        clock: the time in seconds, never running backwards.
        draw: a number from 0 to 1, drawn anew at each call.
    """

    options: ClientOptions
    credential: Credential
    clock: Callable[[], float]
    draw: Callable[[], float]

    def data(self, call: Call[T]) -> Flow[T]:
        """Make a call and read its data.

        Raises:
            WyseError: what the fault table says, after all tries that it allows.
        """
        parsed: T = yield from self._try(call, self._read)
        if self.options.strict:
            from wyseos.mate.rest.strict import refuse_departures

            refuse_departures(parsed, call.operation)
        return parsed

    def response(self, call: Call[Any]) -> Flow[Response]:
        """Make a call and return its answer whatever its status; only faults of the network are tried again."""
        response: Response = yield from self._try(call, lambda _, answer: answer)
        return response

    def _try(self, call: Call[Any], read: Callable[[Call[Any], Response], Any]) -> Flow[Any]:
        until = self.clock() + self.options.deadline
        faults: list[Failure] = []
        renewed = False
        while True:
            request = self._request(call, attempt=len(faults) + 1)
            credential = self.credential.header()
            try:
                response = yield Send(request, credential, self.options.timeout, until)
                self._show(response)
                return read(call, response)
            except WyseError as error:
                failure = error
            if isinstance(failure, AuthenticationError) and not renewed and self.credential.renew(credential[1]):
                renewed = True
                continue
            faults.append(fault_of(failure))
            wait = self.wait_after(failure, faults, call.operation, until)
            if wait is None:
                raise failure
            logger.info("%s; try %d in %.1f s", failure.message, len(faults) + 1, wait)
            yield Sleep(wait)

    def _request(self, call: Call[Any], attempt: int) -> Request:
        request = make_request(call, self.options.headers, self.options.query)
        request.attempt = attempt
        for hook in self.options.before_request:
            hook(request)
            _check_headers(request)
        return request

    def _show(self, response: Response) -> None:
        logger.debug("%s: HTTP %d in %.3f s", response.operation, response.status_code, response.elapsed)
        for hook in self.options.after_response:
            hook(response)

    def _read(self, call: Call[T], response: Response) -> T:
        outcome = read_answer(call, response, self.credential.secrets)
        if outcome[1] is not None:
            raise outcome[1]
        return outcome[0]

    def wait_after(self, failure: WyseError, faults: list[Failure], operation: Operation, until: float) -> float | None:
        """Tell how long to wait before the next try, None where there is to be none.

        Args:
            failure: what went wrong last.
            faults: what went wrong so far, that included.
            operation: what is tried.
            until: when the whole call must be over, on `clock`.
        """
        return wait_before_next_try(
            faults,
            is_read=operation.is_read,
            max_retries=self.options.max_retries,
            left=until - self.clock(),
            jitter=self.draw(),
            told=failure.retry_after if isinstance(failure, APIError) else None,
        )


def _check_headers(request: Request) -> None:
    """Refuse a header of a hook that could not be sent as it is (security row 6)."""
    try:
        read_headers(request.headers)
    except ValueError as error:
        reason = str(error)
    else:
        return
    raise ConfigError(f"headers that a before_request hook has changed {reason}.", field="before_request")
