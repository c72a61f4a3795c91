"""REST: a call from its request to its data, over one transport that knows httpx.

The names that the signatures of a client need are loaded when somebody looks them up, or makes the first call.
"""

from wyseos.runtime import hints as _t
from wyseos.runtime.hints import TYPE_CHECKING as _TYPE_CHECKING
from wyseos.runtime.lazy import attribute as _attribute

if _TYPE_CHECKING:
    from wyseos.mate.rest.dependent import Dependent as Dependent
    from wyseos.mate.rest.exchange import Exchange as Exchange
    from wyseos.mate.rest.flow import Flow as Flow
    from wyseos.mate.rest.flow import Send as Send
    from wyseos.mate.rest.flow import Step as Step
    from wyseos.mate.rest.flow import T as T
    from wyseos.mate.rest.flow import run as run
    from wyseos.mate.rest.flow import run_async as run_async
    from wyseos.mate.rest.request import Request as Request
    from wyseos.mate.rest.request import bare_call as bare_call
    from wyseos.mate.rest.response import Response as Response
    from wyseos.mate.rest.transport import AsyncTransport as AsyncTransport
    from wyseos.mate.rest.transport import SyncTransport as SyncTransport
    from wyseos.runtime.call import Call as Call

_HOME_OF = {
    "AsyncTransport": "transport",
    "Call": "request",
    "Dependent": "dependent",
    "Exchange": "exchange",
    "Flow": "flow",
    "Request": "request",
    "Response": "response",
    "Send": "flow",
    "Step": "flow",
    "SyncTransport": "transport",
    "T": "flow",
    "bare_call": "request",
    "run": "flow",
    "run_async": "flow",
}


def __getattr__(name: str) -> "_t.Any":
    return _attribute(__name__, _HOME_OF, name)
