"""Browsers and their tabs."""

from __future__ import annotations

from wyseos.mate.emulator.scenario.actions import Json
from wyseos.mate.emulator.server.endpoints.paging import cut
from wyseos.mate.emulator.state.service_state import Requester, ServiceState


def get_browser(state: ServiceState, requester: Requester, browser_id: str) -> Json:
    """Tell of a browser."""
    return state.find("browser", browser_id)


def list_browsers(
    state: ServiceState, requester: Requester, page_num: int, page_size: int, session_id: str = ""
) -> Json:
    """List the browsers of a session."""
    found = [browser for browser in state.shelves["browser"].values() if session_id in ("", browser["session_id"])]
    return {"browsers": cut(found, page_num, page_size), "total": len(found)}


def list_browser_pages(
    state: ServiceState, requester: Requester, browser_id: str, page_num: int, page_size: int
) -> Json:
    """List the tabs of a browser."""
    pages = state.find("browser", browser_id)["pages"]
    return {"pages": cut(pages, page_num, page_size), "total": len(pages)}


def release_browser(state: ServiceState, requester: Requester, browser_id: str) -> None:
    """Take a browser away; it is still told of."""
    state.shelves["browser"].put(browser_id, state.find("browser", browser_id) | {"status": "released"})


HANDLERS = {handler.__name__: handler for handler in (get_browser, list_browsers, list_browser_pages, release_browser)}
