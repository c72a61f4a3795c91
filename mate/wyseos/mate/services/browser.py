"""`client.browser`: the browsers of sessions, and their pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any

from wyseos.generated import models
from wyseos.generated.api import browser as operations
from wyseos.mate.pages import ListOptions, Pages, asked_for, walk, walk_async
from wyseos.mate.rest.caller import AsyncCaller, Caller
from wyseos.mate.services import documented_as
from wyseos.mate.terminal.text import plain

__all__ = ["AsyncBrowserService", "BrowserService"]


def _all_browsers(session_id: str, limit: int | None, page_size: int) -> Pages[models.BrowserInfo]:
    return Pages(
        lambda num, size: operations.list_browsers.call(session_id=session_id, page_num=num, page_size=size),
        rows=lambda page: page.browsers,
        key=lambda browser: browser.browser_id,
        limit=limit,
        page_size=page_size,
    )


def _all_pages(browser_id: str, limit: int | None, page_size: int) -> Pages[models.BrowserPageInfo]:
    return Pages(
        lambda num, size: operations.list_browser_pages.call(browser_id=browser_id, page_num=num, page_size=size),
        rows=lambda page: page.pages,
        key=lambda page: page.page_id,
        limit=limit,
        page_size=page_size,
    )


def describe_browser(session_id: str, message: Mapping[str, Any]) -> str:
    """Describe a browser message for people: its text, its action, the length of its screenshot, never the image."""
    body = message.get("message")
    data = body.get("data") if isinstance(body, Mapping) else None
    data = data if isinstance(data, Mapping) else {}
    screenshot = data.get("screenshot") or ""
    lines = {
        "session": session_id,
        "content": message.get("content") or "",
        "action": data.get("action") or "",
        "url": data.get("url") or "",
        "screenshot": f"{len(str(screenshot))} characters" if screenshot else "none",
    }
    # The service's words could hold terminal escapes (security row 13).
    return "\n".join(f"{name}: {plain(str(text))}" for name, text in lines.items() if text)


class BrowserService:
    """Browsers that work for sessions, and the pages open in them."""

    def __init__(self, client: Caller) -> None:
        self._client = client

    def get_info(self, browser_id: str) -> models.BrowserInfo:
        """Return one browser.

        Args:
            browser_id: its id.

        Raises:
            NotFoundError: there is none with this id.
        """
        return self._client.execute(operations.get_browser.call(browser_id))

    def list_browsers(
        self,
        session_id: str,
        options: ListOptions | dict[str, Any] | None = None,
        *,
        page_num: int | None = None,
        page_size: int | None = None,
    ) -> models.ListBrowsersResponse:
        """Return one page of a session's browsers: `.browsers` and `.total`.

        Args:
            session_id: the session.
            options: which page, also as a dict; the first one of 20 if None.
            page_num: the page, counted from 1; instead of `options`.
            page_size: how many rows a page has, 1 to 100; instead of `options`.
        """
        asked = asked_for(options, page_num, page_size)
        return self._client.execute(
            operations.list_browsers.call(session_id=session_id, page_num=asked.page_num, page_size=asked.page_size)
        )

    def iter_browsers(
        self, session_id: str, *, limit: int | None = None, page_size: int = 20
    ) -> Iterator[models.BrowserInfo]:
        """Give all browsers of a session, each once, fetching pages as they are consumed.

        Args:
            session_id: the session.
            limit: the most to give; None for all.
            page_size: how many to fetch at a time, 1 to 100.
        """
        return walk(self._client.execute, _all_browsers(session_id, limit, page_size))

    def list_browser_pages(
        self,
        browser_id: str,
        options: ListOptions | dict[str, Any] | None = None,
        *,
        page_num: int | None = None,
        page_size: int | None = None,
    ) -> models.ListBrowserPagesResponse:
        """Return one page of the pages open in a browser: `.pages` and `.total`.

        Args:
            browser_id: the browser.
            options: which page of the list, also as a dict; the first one of 20 if None.
            page_num: the page, counted from 1; instead of `options`.
            page_size: how many rows a page has, 1 to 100; instead of `options`.
        """
        asked = asked_for(options, page_num, page_size)
        return self._client.execute(
            operations.list_browser_pages.call(
                browser_id=browser_id, page_num=asked.page_num, page_size=asked.page_size
            )
        )

    def iter_browser_pages(
        self, browser_id: str, *, limit: int | None = None, page_size: int = 20
    ) -> Iterator[models.BrowserPageInfo]:
        """Give all pages open in a browser, each once.

        Args:
            browser_id: the browser.
            limit: the most to give; None for all.
            page_size: how many to fetch at a time, 1 to 100.
        """
        return walk(self._client.execute, _all_pages(browser_id, limit, page_size))

    def release_browser(self, browser_id: str) -> None:
        """Give a browser back; its pages are closed.

        Args:
            browser_id: its id.

        Raises:
            NotFoundError: there is none with this id.
        """
        self._client.execute(operations.release_browser.call(browser_id))

    def show_info(self, session_id: str, message: dict[str, Any]) -> None:
        """Print what a browser message tells: content, action and the screenshot's length, never the image.

        Args:
            session_id: the session it belongs to.
            message: the message, as it came.
        """
        print(describe_browser(session_id, message))


@documented_as(BrowserService)
class AsyncBrowserService:
    def __init__(self, client: AsyncCaller) -> None:
        self._client = client

    async def get_info(self, browser_id: str) -> models.BrowserInfo:
        return await self._client.execute(operations.get_browser.call(browser_id))

    async def list_browsers(
        self,
        session_id: str,
        options: ListOptions | dict[str, Any] | None = None,
        *,
        page_num: int | None = None,
        page_size: int | None = None,
    ) -> models.ListBrowsersResponse:
        asked = asked_for(options, page_num, page_size)
        return await self._client.execute(
            operations.list_browsers.call(session_id=session_id, page_num=asked.page_num, page_size=asked.page_size)
        )

    def iter_browsers(
        self, session_id: str, *, limit: int | None = None, page_size: int = 20
    ) -> AsyncIterator[models.BrowserInfo]:
        return walk_async(self._client.execute, _all_browsers(session_id, limit, page_size))

    async def list_browser_pages(
        self,
        browser_id: str,
        options: ListOptions | dict[str, Any] | None = None,
        *,
        page_num: int | None = None,
        page_size: int | None = None,
    ) -> models.ListBrowserPagesResponse:
        asked = asked_for(options, page_num, page_size)
        return await self._client.execute(
            operations.list_browser_pages.call(
                browser_id=browser_id, page_num=asked.page_num, page_size=asked.page_size
            )
        )

    def iter_browser_pages(
        self, browser_id: str, *, limit: int | None = None, page_size: int = 20
    ) -> AsyncIterator[models.BrowserPageInfo]:
        return walk_async(self._client.execute, _all_pages(browser_id, limit, page_size))

    async def release_browser(self, browser_id: str) -> None:
        await self._client.execute(operations.release_browser.call(browser_id))

    def show_info(self, session_id: str, message: dict[str, Any]) -> None:
        print(describe_browser(session_id, message))
