"""Pages: one at a time with `ListOptions`, or all items one after the other with the `iter_…` methods.

The walk over pages is written once, in `Pages`; `walk` and `walk_async` only fetch what it asks for.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, SupportsIndex, TypeVar, overload

from wyseos.runtime import records
from wyseos.runtime.call import Call
from wyseos.runtime.errors import ValidationError
from wyseos.runtime.model import Dumping
from wyseos.runtime.reading import plain

__all__ = ["ListOptions", "Pages", "PaginatedResponse", "walk", "walk_async"]

T = TypeVar("T")

MAX_PAGE_SIZE = 100
# So many pages in a row that bring nothing new are the end, whatever the service says of more.
_MOST_STALE = 2
# Rows are shifted from a page to the next ones: those of far earlier pages need not be known any more.
_REMEMBERED = 100_000


def _check_whole(name: str, value: object, low: int, high: int | None = None) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < low or (high is not None and value > high):
        limits = f"from {low} to {high}" if high is not None else f"of at least {low}"
        raise ValidationError(f"{name} must be a whole number {limits}, not {value!r:.40}", field=name)


@records.define
class ListOptions(Dumping):
    """Which page of a list is asked for.

    Args:
        page_num: the page, counted from 1.
        page_size: how many rows a page has, 1 to 100.

    Raises:
        ValidationError: one of them is out of its range.
    """

    page_num: int = 1
    page_size: int = 20

    def __post_init__(self) -> None:
        _check_whole("page_num", self.page_num, 1)
        _check_whole("page_size", self.page_size, 1, MAX_PAGE_SIZE)

    def to_dict(self) -> dict[str, Any]:
        """Return it as a plain dict."""
        return records.asdict(self)


def asked_for(
    options: ListOptions | Mapping[str, Any] | None, page_num: int | None = None, page_size: int | None = None
) -> ListOptions:
    """Return which page is asked for, however it was told.

    Raises:
        ValidationError: a number is out of its range, a name is unknown, or it is told twice.
    """
    told = {name: value for name, value in (("page_num", page_num), ("page_size", page_size)) if value is not None}
    if options is not None and told:
        raise ValidationError(
            f"{next(iter(told))} is given beside options; give one of the two", field=next(iter(told))
        )
    if isinstance(options, ListOptions):
        return options
    if not isinstance(options, Mapping | None):
        raise ValidationError(
            f"options is of type {type(options).__name__}; give ListOptions(page_num=…, page_size=…) or a dict of them",
            field="options",
        )
    given = dict(options or told)
    for name in given.keys() - {"page_num", "page_size"}:
        raise ValidationError(f"options has no {name!r}; give page_num and page_size", field=f"options.{name}")
    return ListOptions(**given)


class Rows(Dumping, Sequence[T]):
    """What is iterated, indexed and measured by its rows, and still reads as the dict of its fields."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as a plain, JSON-ready dict."""
        return {name: plain(value) for name, value in records.asdict(self, recurse=False).items()}

    def to_records(self) -> list[dict[str, Any]]:
        """Return the rows as plain dicts, a row each: `pandas.DataFrame(page.to_records())`."""
        return [plain(row) for row in self._rows]

    def keys(self) -> Iterable[str]:
        """Return the names of its fields, so that `dict(page)` gives them."""
        return self.to_dict().keys()

    @property
    def _rows(self) -> list[T]:
        raise NotImplementedError

    @overload
    def __getitem__(self, place: SupportsIndex) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> list[T]: ...
    @overload
    def __getitem__(self, place: str) -> Any: ...
    def __getitem__(self, place: Any) -> Any:
        return self.to_dict()[place] if isinstance(place, str) else self._rows[place]

    def __len__(self) -> int:
        return len(self._rows)

    def __bool__(self) -> bool:
        return True  # a page that came is there, also an empty one


@records.define
class PaginatedResponse(Rows[T]):
    """One page of a list: iterate over it, index it or measure it, or read its `data`.

    Args:
        page_num: this page's number, counted from 1.
        page_size: how many rows a page has.
        total: how many rows there are in all.
        total_page: how many pages there are.
        data: the rows of this page.
    """

    page_num: int
    page_size: int
    total: int
    total_page: int
    data: list[T] = records.field(factory=list)

    @property
    def _rows(self) -> list[T]:
        return self.data


def page_of(page: Any, asked: ListOptions) -> PaginatedResponse[Any]:
    """Make the documented page of a generated one (`TeamPage`, …).

    Args:
        page: the page as the service sent it; any of its numbers may be missing.
        asked: what was asked for, to fill them in.
    """
    rows = page.data or []
    size = page.page_size or asked.page_size
    total = page.total if page.total is not None else len(rows)
    pages = page.total_page if page.total_page is not None else -(-total // size)
    return PaginatedResponse(page.page_num or asked.page_num, size, total, pages, rows)


class Pages(Generic[T]):
    """A walk over all pages of a list: what to fetch next, and which items of it are new.

    Items come in the order of the pages. While rows are added, those that were seen may come again, shifted onto the
    next page: they are dropped by their key.

    Args:
        call: makes the call for a page, given its number and size.
        rows: takes the items out of what the call gave.
        key: names an item; None for one that has no name, and is always new.
        limit: the most items to give; None for all.
        page_size: how many rows to fetch at a time.

    Raises:
        ValidationError: limit or page size is out of its range.
    """

    def __init__(
        self,
        call: Callable[[int, int], Call[Any]],
        rows: Callable[[Any], Sequence[T] | None],
        key: Callable[[T], object],
        *,
        limit: int | None = None,
        page_size: int = 20,
    ) -> None:
        ListOptions(page_size=page_size)
        if limit is not None:
            _check_whole("limit", limit, 0)
        self._call = call
        self._rows = rows
        self._key = key
        self._left = limit
        self._page_size = page_size
        self._page_num = 0
        self._received = 0
        self._stale = 0
        self._seen: dict[int, None] = {}  # by the hash of its key, in the order in which they came
        self._last: Sequence[T] = ()
        self._done = limit == 0

    def next_call(self) -> Call[Any] | None:
        """Return the call for the next page, None after the last one."""
        if self._done:
            return None
        self._page_num += 1
        return self._call(self._page_num, self._page_size)

    def receive(self, page: Any) -> list[T]:
        """Take a page and return its new items."""
        rows = self._rows(page) or []
        self._received += len(rows)
        # What has no key is known by its page: a service that gives the same one for ever has an end, too.
        new = [row for row in rows if self._is_new(row)] if rows != self._last else []
        self._last = rows
        self._stale = 0 if new else self._stale + 1
        self._done = self._is_last(page, len(rows))
        if self._left is not None:
            new = new[: self._left]
            self._left -= len(new)
            self._done = self._done or self._left == 0
        return new

    def _is_last(self, page: Any, count: int) -> bool:
        """Whether nothing follows. What came is believed before what is told of it: services cap pages and miscount."""
        total, pages = getattr(page, "total", None), getattr(page, "total_page", None)
        follows = pages is not None and self._page_num < pages
        if count == 0 or self._stale == _MOST_STALE:
            return not follows or self._stale == _MOST_STALE
        if follows:
            return False
        if self._received == total:
            return True
        return count < (getattr(page, "page_size", None) or self._page_size)

    def _is_new(self, row: T) -> bool:
        key = self._key(row)
        if key is None:
            return True
        name = hash(key)
        known = name in self._seen
        self._seen[name] = None
        if len(self._seen) > _REMEMBERED:
            del self._seen[next(iter(self._seen))]
        return not known


def walk(run: Callable[[Call[Any]], Any], pages: Pages[T]) -> Iterator[T]:
    """Give all items of a list, fetching each page when the one before is used up.

    Args:
        run: makes a call.
        pages: the walk.
    """
    while (call := pages.next_call()) is not None:
        yield from pages.receive(run(call))


async def walk_async(run: Callable[[Call[Any]], Awaitable[Any]], pages: Pages[T]) -> AsyncIterator[T]:
    """Give all items of a list as `walk` does, awaiting each page."""
    while (call := pages.next_call()) is not None:
        for item in pages.receive(await run(call)):
            yield item
