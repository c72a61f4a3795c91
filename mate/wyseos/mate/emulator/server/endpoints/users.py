"""A user's keys, and what was called with them."""

from __future__ import annotations

from wyseos.mate.emulator.scenario.actions import Json
from wyseos.mate.emulator.server.endpoints.paging import page
from wyseos.mate.emulator.server.refusal import Refusal
from wyseos.mate.emulator.state.service_state import Requester, ServiceState, without

FIRST_KEY = 1


def create_api_key(state: ServiceState, requester: Requester, body: Json) -> Json:
    """Make a key that works from now on; this is the only time it is shown whole."""
    secret = state.new_secret("wyse-made")
    state.add_key(body["name"], secret)
    return {"api_key": secret}


def delete_api_key(state: ServiceState, requester: Requester, id: int) -> Json:
    """Delete a key; it stops working at once. The emulator's own key stays."""
    state.find("key", str(id))
    if id == FIRST_KEY:
        raise Refusal(403, "the emulator's own key cannot be deleted", 403)
    state.shelves["key"].drop(str(id))
    return {}


def list_api_keys(state: ServiceState, requester: Requester, page_num: int, page_size: int) -> Json:
    """List the keys, most of each hidden."""
    keys = [without(key, "secret") | {"api_key": "****" + key["secret"][-4:]} for key in state.shelves["key"].values()]
    return page(keys, page_num, page_size)


def list_calls(
    state: ServiceState,
    requester: Requester,
    page_num: int,
    page_size: int,
    platform: str = "",
    api_key_name: str = "",
    start_date: str = "",
    end_date: str = "",
    order_field: str = "created_at",
    order: str = "desc",
    status: str = "",
) -> Json:
    """List what was called and what it cost."""
    found = [
        call
        for call in state.shelves["call"].values()
        if platform in ("", call["platform"])
        and api_key_name in ("", call["api_key_name"])
        and status in ("", call["status"])
        and start_date <= call["created_at"][:10] <= (end_date or "9999")
    ]
    found.sort(key=_ORDERS[order_field], reverse=order == "desc")
    return page([without(call, "platform") for call in found], page_num, page_size)


_ORDERS = {
    "created_at": lambda call: call["created_at"],
    "total_cost": lambda call: call["cost"]["total_credit"],
}


def get_call_filter_values(state: ServiceState, requester: Requester) -> Json:
    """Tell the values that calls can be filtered by."""
    calls = state.shelves["call"].values()
    return {
        "api_key_names": sorted({call["api_key_name"] for call in calls}),
        "platforms": sorted({call["platform"] for call in calls}),
        "states": sorted({call["status"] for call in calls}),
    }


HANDLERS = {
    handler.__name__: handler
    for handler in (create_api_key, delete_api_key, list_api_keys, list_calls, get_call_filter_values)
}
