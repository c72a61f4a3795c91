"""Which of the received events go on to the task, and in which order.

The rules:

1. A message is known by its id and what it says. The same id with other content is news: services update a message in
   place, and give a result the id of its text. `""`, `0` and absent are no ids (of messages, chunks and cursors).
2. A chunk of a stream is known by its message's id, its own id, its index and what it says. Without an index it can't
   be told from a double, and comes.
3. What has no id is known by what it says and the message with an id that stands before it, which is none of the
   user's own. Live it always comes, unless that message is repeated with it.
4. After a reconnect live events are held back until the history of the missed time is in; then come the missed events
   in the order of the history, then what is only live, in the order in which it came (fault rows 18, 19, 22 and 23).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any
from zlib import crc32

from wyseos.mate.tasks.protocol.small_sets import EMPTY
from wyseos.runtime import records
from wyseos.runtime.reading import embedded, source_of

if TYPE_CHECKING:
    from wyseos.generated.events import Event

REMEMBERED = 10_000
"""Messages older than so many are forgotten: a double that late has never been seen, and memory has an end."""
_TAG = "~"
NO_IDS = frozenset({None, "", "0"})
# A longer text inside a message's data, such as a screenshot, is not compared: its message's other fields tell enough.
_LONG = 2048


@records.frozen
class Missed:
    """What the history told, oldest first.

    Args:
        events: what was missed; the user's own messages are among it.
        keys: the key of each, None where it has no id.
        names: what each is known by among the others of its history.
        before: what stood before that and was seen, here or elsewhere.
        predecessors: by the `id` of a missed event, what stands directly before it, where that had come already.
        fills_gap: whether what came behind a gap stands behind all that was missed.
        end: the place behind all that.
    """

    events: list[Event]
    keys: list[int | None]
    names: list[int]
    before: list[Event]
    predecessors: Mapping[int, Event]
    fills_gap: bool
    end: Places


class Places:
    """Names messages one after the other; one without an id by what it says and the one with an id before it.

    Args:
        is_known: whether it is known what stands before the first one: nothing.
    """

    __slots__ = ("_is_known", "_last", "_since", "first")

    def __init__(self, *, is_known: bool = True) -> None:
        self._is_known = is_known
        self._last: int | None = None
        self._since: Counter[int] = Counter()  # by content, what came since
        self.first: int | None = None
        """Where it was not known: the first message with an id, behind which it is."""

    def copy(self) -> Places:
        """Return one that names what comes next alike, of a place that is known."""
        copied = Places()
        copied._last, copied._since = self._last, self._since.copy()
        return copied

    def pass_by(self, key: int) -> None:
        """Note that the next message is one with an id."""
        if not self._is_known:
            self.first = key
        self._last, self._is_known = key, True
        self._since.clear()

    def name(self, event: Event, key: int | None) -> int | None:
        """Return the name of the next message, None where its place is not known."""
        if key is not None:
            if not is_own(event):  # live connections don't have those
                self.pass_by(key)
            return key
        if not self._is_known:
            return None
        content = content_of(event)
        self._since[content] += 1
        return hash((self._last, content, self._since[content]))


class Delivery:
    """The memory of what one task has passed on, kept over all its connections.

    Args:
        after: a cursor: what was already seen elsewhere; delivery goes on after it.
    """

    __slots__ = (
        "_behind_gap",
        "_breaks",
        "_cursor_behind_gap",
        "_firsts",
        "_from_history",
        "_held",
        "_is_gap_at_the_start",
        "_is_holding",
        "_loose",
        "_order",
        "_places",
        "_seen",
        "_users",
        "after",
        "cursor",
        "doubles",
        "held_size",
    )

    def __init__(self, after: str | None = None) -> None:
        self.after = after if after not in NO_IDS else None
        self.cursor = self.after
        """Tells the last message passed on: its id, and for a chunk its place in the message."""
        self.doubles = 0
        self.held_size = 0
        self._seen: set[int] = set()
        self._order: list[int] = []
        self._firsts: dict[str, int] = {}  # by its id, what a message said when it first came
        self._places = Places()
        self._loose: dict[Places, Counter[int]] = {}  # by content, what came without an id and in no known place
        self._users: dict[int | None, Places] = {}  # where the user's own messages stand: a history may begin with one
        self._from_history: Counter[int] = Counter()  # by content, what the history brought without an id
        self._behind_gap: set[int] | None = None
        self._is_gap_at_the_start = False
        self._cursor_behind_gap: str | None = None  # of what came last behind it
        self._held: list[Event] = []
        self._breaks: frozenset[int] = EMPTY  # where in it a new connection begins
        self._is_holding = False

    @property
    def is_holding(self) -> bool:
        """Whether live events are held back."""
        return self._is_holding

    def hold(self) -> None:
        """Begin to hold live events back; those already held stay so (fault row 19)."""
        self._is_holding = True
        self._breaks |= {len(self._held)}

    def live(self, events: Sequence[Event], size: int) -> Sequence[Event]:
        """Take events as they come from a connection, `size` bytes together, and return those to be passed on now."""
        if self._is_holding:
            self._held.extend(events)
            self.held_size += size
            return ()
        if self._behind_gap is not None or self._from_history:
            fresh = [event for event in events if self._pass(event, key_of(event))]
        else:
            fresh = self._pass_all(events)
        self._forget()
        return fresh

    def _pass_all(self, events: Sequence[Event]) -> list[Event]:
        """What `_pass` does with each of them, where none is known to the history; all live events come this way."""
        seen, order, firsts, fresh = self._seen, self._order, self._firsts, []
        key: int | None = None
        named = None
        for event in events:
            before, key = key, key_of(event)
            if key is None:
                if before is not None:
                    self._places.pass_by(before)
                fresh += [event] if self._pass(event, None) else []
                continue
            if key in seen:
                self.doubles += 1
                continue
            seen.add(key)
            order.append(key)
            fresh.append(event)
            if event.message_id is not None:
                firsts.setdefault(event.message_id, key)
                named = event, key
        if key is not None:
            self._places.pass_by(key)
        if named is not None:
            self.cursor = self.cursor_after(*named) or self.cursor
        return fresh

    def pass_on(self, missed: Missed) -> list[Event]:
        """Return those of the missed events that were not passed on yet; live events are still held back."""
        fresh = []
        for event, key, name in zip(missed.events, missed.keys, missed.names, strict=True):
            if self._pass(event, key, name):
                fresh.append(event)
                if key is None:
                    self._from_history[content_of(event)] += 1
        if missed.fills_gap:
            self.cursor = self._cursor_behind_gap or self.cursor
        if self._is_holding:
            self._places = missed.end
        self._forget()
        return fresh

    def release(self) -> list[Event]:
        """End the holding back, and return the held events, each once."""
        held, self._held, self.held_size, self._is_holding = self._held, [], 0, False
        fresh, after_history = [], self._places
        for index, event in enumerate(held):
            if index in self._breaks:
                self._places = Places(is_known=False)
            if self._pass(event, key_of(event)):
                fresh.append(event)
        if len(held) in self._breaks:
            self._places = after_history  # the connection has brought nothing yet
        self._breaks = EMPTY
        self._forget()
        return fresh

    def open_gap(self) -> None:
        """Note that what comes from now on comes behind a gap: the history is read back to before it."""
        if self._behind_gap is None:
            self._behind_gap, self._cursor_behind_gap = set(), None
            self._is_gap_at_the_start = self.cursor is None
        self._places = Places(is_known=False)

    @property
    def is_untouched(self) -> bool:
        """Whether nothing was passed on, or nothing before the open gap: the history needs to reach nowhere."""
        return self.cursor is None or (self.has_gap and self._is_gap_at_the_start)

    @property
    def has_gap(self) -> bool:
        """Whether there is a gap that is neither filled nor settled."""
        return self._behind_gap is not None

    def close_gap(self) -> bool:
        """Note that the gap is filled or settled, and return whether there was one."""
        was_open, self._behind_gap = self._behind_gap is not None, None
        return was_open

    def knows(self, event: Event, key: int | None) -> bool:
        """Tell whether the history reaches back to what was passed on, here or, as the cursor tells, elsewhere."""
        if self._behind_gap is not None and key in self._behind_gap:
            return False
        return key in self._seen or (self.after is not None and self._is_at_cursor(event))

    def mark(self, events: Iterable[Event]) -> None:
        """Note events as passed on that never are: what stood in the session before this task."""
        for event in events:
            self._pass(event, key_of(event))

    def split(self, history: Sequence[Event]) -> Missed:
        """Tell what of the history, oldest first, was missed. What stands before all that is known was not."""
        at_cursor = self._find_cursor(history)
        keys = [key_of(event) for event in history]
        known = [index for index, event in enumerate(history) if index in at_cursor or self.knows(event, keys[index])]
        first, last = (max(at_cursor, default=known[0]), known[-1]) if known else (-1, -1)
        passed, loose = set(known), self._loose_in(keys, known)
        names, end = self._names(history, keys)
        missed = []
        for index, event in enumerate(history[first + 1 :], first + 1):
            if index in passed or names[index] in self._seen:
                continue
            if keys[index] is not None or not self._was_loose(event, names[index], index, loose):
                missed.append(index)
        came = {index - 1 for index in missed if index}.difference(missed)
        return Missed(
            [history[index] for index in missed],
            [keys[index] for index in missed],
            [names[index] for index in missed],
            list(history[: last + 1]),
            {id(history[index + 1]): history[index] for index in came},
            bool(missed) and not (self._behind_gap or EMPTY).isdisjoint(keys[missed[-1] + 1 :]),
            end,
        )

    def _names(self, history: Sequence[Event], keys: Sequence[int | None]) -> tuple[list[int], Places]:
        """Return what each message of a history is known by, and the place behind it."""
        if not history:
            return [], Places(is_known=False)
        names, places = [], self._users.get(keys[0], Places()).copy()
        for index, event in enumerate(history):
            key = keys[index]
            names.append(places.name(event, key) or 0)
            if key is not None and is_own(event) and key not in self._users:
                self._users[key] = places.copy()
        return names, places

    def _loose_in(self, keys: Sequence[int | None], known: Sequence[int]) -> list[tuple[int, Counter[int]]]:
        """Tell what came without an id and in no known place, and before which index of a history it has to stand."""
        ends: dict[int | None, int] = {key: index for index, key in enumerate(keys) if key is not None}
        oldest = keys[known[0]] if known else None
        older = set(self._order[: self._order.index(oldest)]) if oldest is not None else set()
        older -= self._behind_gap or set()  # it came before what the history fills the gap with, and is newer
        return [
            (ends.get(places.first, len(keys)), contents)
            for places, contents in self._loose.items()
            if places.first in ends or places.first not in older
        ]

    def _was_loose(self, event: Event, name: int, index: int, loose: Iterable[tuple[int, Counter[int]]]) -> bool:
        """Tell whether what has no id came in no known place; now its place is known."""
        content = content_of(event)
        for end, contents in loose:
            if index < end and contents[content]:
                contents[content] -= 1
                self._seen.add(name)
                self._order.append(name)
                return True
        return False

    def _find_cursor(self, history: Sequence[Event]) -> set[int]:
        """Note what was seen elsewhere: the chunks of its message, or the first message of its id; later ones are news.

        Once it was found it has served: the same id with other content is news from then on. Its places are returned.
        """
        found = [index for index, event in enumerate(history) if self._is_at_cursor(event)]
        whole = [index for index in found if not history[index].chunk_id]
        seen = set(found) - set(whole[1:])
        for index in seen:
            self._remember(history[index])
        if found:
            self.after = None
        return seen

    def cursor_after(self, event: Event, key: int | None = None) -> str | None:
        """Return what a task's cursor is after this event, None where the event has no id; its key, where it is known.

        It is the message's id; for a chunk with its place in the message, for one whose id was used before with a
        check sum of its content, so that none of them is taken for another.
        """
        cursor = cursor_of(event)
        if cursor is None or event.chunk_id or self._firsts.get(cursor) in (None, key or key_of(event)):
            return cursor
        return f"{cursor}{_TAG}{_checksum(event)}"

    def _is_at_cursor(self, event: Event) -> bool:
        """Tell whether what was seen elsewhere ends with this event, as far as the cursor tells."""
        if self.after is None:
            return False  # there is none, or it was found
        name, tag, checksum = self.after.rpartition(_TAG)
        if tag and name == event.message_id:
            return checksum == _checksum(event)
        return self.after in (event.message_id, cursor_of(event))

    def has_passed(self, key: int | None) -> bool:
        """Tell whether the event of that key was passed on here."""
        return key in self._seen

    def _pass(self, event: Event, key: int | None, name: int | None = None) -> bool:
        """Note an event as passed on, and return False where it was before.

        Args:
            event: what is passed on.
            key: its key.
            name: what the history knows it by; None for a live one.
        """
        known_as = self._places.name(event, key) if name is None else name
        if key is None and name is None and self._from_history and self._is_late(content_of(event)):
            return False
        if known_as is None:
            self._loose.setdefault(self._places, Counter())[content_of(event)] += 1
            return True
        if known_as in self._seen:
            self.doubles += 1
            return False
        self._seen.add(known_as)
        self._order.append(known_as)
        if self._behind_gap is not None and name is None:
            self._behind_gap.add(known_as)
        if key is not None:
            self._note_first(event, key)
            if (cursor := self.cursor_after(event, key)) is not None:
                self.cursor = cursor
                self._cursor_behind_gap = cursor if name is None else self._cursor_behind_gap
            if name is None and self._from_history:
                self._from_history.clear()  # what comes live is as new as the history now
        return True

    def _is_late(self, content: int) -> bool:
        """Tell whether what has no id came from the history before it came live."""
        if not self._from_history[content]:
            return False
        self._from_history[content] -= 1
        self.doubles += 1
        return True

    def _note_first(self, event: Event, key: int) -> None:
        if event.message_id is not None:
            self._firsts.setdefault(event.message_id, key)

    def _remember(self, event: Event) -> None:
        """Note what was seen elsewhere."""
        key = key_of(event)
        if key is not None and key not in self._seen:
            self._seen.add(key)
            self._order.append(key)
            self._note_first(event, key)

    def _forget(self) -> None:
        # Many at once: to find the first key of a dict costs a search, and a deque for each task much memory.
        most = REMEMBERED + REMEMBERED // 10
        if len(self._firsts) > most:
            for name in list(islice(self._firsts, len(self._firsts) - REMEMBERED)):
                del self._firsts[name]
        if len(self._order) > most:
            gone = self._order[:-REMEMBERED]
            del self._order[:-REMEMBERED]
            self._seen.difference_update(gone)
            if self._behind_gap is not None:
                self._behind_gap.difference_update(gone)
            for places in [each for each in self._loose if each.first in gone]:
                del self._loose[places]
            for key in self._users.keys() & gone:
                del self._users[key]


def _checksum(event: Event) -> str:
    """Unlike a hash, the same in every process."""
    return f"{crc32((event.content or '').encode()):08x}"


def key_of(event: Event) -> int | None:
    """Return what an event is known by, None where it can't be told from a double."""
    message, chunk = event.message_id, event.chunk_id
    if not chunk:
        return hash((message, content_of(event))) if message not in NO_IDS else None
    if event.chunk_index is None:
        return None
    return hash((message, chunk, event.chunk_index, content_of(event)))


def content_of(event: Event) -> int:
    """Return a number for what an event says; null, empty and absent are the same."""
    content = event.content or None
    if getattr(event, "message", None) is None:
        return hash((event.type, content))
    return hash((event.type, content, _digest(embedded(source_of(event).get("message")))))


def _digest(value: Any) -> Any:
    kind = type(value)
    if kind is str:
        return value if 0 < len(value) <= _LONG else None
    if kind is dict:
        return frozenset([(name, part) for name, held in value.items() if (part := _digest(held)) is not None])
    if kind is list:
        return tuple(map(_digest, value)) or None
    return value


def cursor_of(event: Event) -> str | None:
    """Return what a task's cursor is after this event, None where the event has no id."""
    message, chunk = event.message_id, event.chunk_id
    if message in NO_IDS or message is None:
        return None
    return message if not chunk else f"{message}#{chunk}#{event.chunk_index or 0}"


def is_own(event: Event) -> bool:
    """Tell a message of the user: the history has them, live connections don't, so that they are not delivered."""
    return event.source_component == "user"
