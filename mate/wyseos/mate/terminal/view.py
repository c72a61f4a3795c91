"""What every view of a task can do, and the views that write lines: for pipes, scripts and plain terminals."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Protocol, Self, TextIO

from wyseos.mate.terminal.summaries import Summary, summary_of
from wyseos.mate.terminal.text import one_line, plain
from wyseos.runtime.codec import dumps

if TYPE_CHECKING:
    from wyseos.mate.plan import Plan
    from wyseos.mate.tasks.protocol.events import TaskEvent
    from wyseos.mate.tasks.protocol.questions import Question
    from wyseos.mate.tasks.result import TaskResult


class View(Protocol):
    """Something that shows a task, and stands aside while a person is asked."""

    tokens: int
    """What the session used so far, as far as that is told."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *_: object) -> None: ...

    def show(self, event: TaskEvent, plan: Plan | None) -> None:
        """Show an event; `plan` is the plan as it was then."""

    def note(self, summary: Summary) -> None:
        """Show a line of our own."""

    def asking(self, question: Question, subject: str) -> AbstractContextManager[None]:
        """Show what a question is about and the question; the answer is typed inside the `with` block."""

    def standing_aside(self) -> AbstractContextManager[None]:
        """Leave the screen to whatever is printed inside the `with` block."""

    def say(self, text: str) -> None:
        """Tell the person something, beside the output."""

    def finish(self, result: TaskResult, saved: dict[str, str]) -> None:
        """Show how it ended; `saved` gives the path of each file that was saved, by its URL."""


class _Lines:
    """What the views share that write one thing after the other."""

    tokens = 0

    def __init__(self, out: TextIO, notes: TextIO) -> None:
        self._out = out
        self._notes = notes

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def note(self, summary: Summary) -> None:
        """Nothing: a script is told by the events."""

    @contextmanager
    def asking(self, question: Question, subject: str) -> Iterator[None]:
        """Ask beside the output, so that it stays parseable."""
        if subject:
            self.say(subject)
        self.say(f"? {one_line(question.text)}")
        yield

    def standing_aside(self) -> AbstractContextManager[None]:
        """Nothing is in the way."""
        return nullcontext()

    def say(self, text: str) -> None:
        """Write on standard error."""
        print(plain(text), file=self._notes, flush=True)

    def _write(self, line: str) -> None:
        self._out.write(f"{line}\n")
        self._out.flush()


class PlainView(_Lines):
    """One line an event, `label<TAB>text`; the answer comes last.

    Args:
        task: what was asked for.
        session_id: the session.
        out: where the lines go.
        notes: where questions go.
    """

    def __init__(self, task: str, session_id: str, out: TextIO | None = None, notes: TextIO | None = None) -> None:
        super().__init__(out or sys.stdout, notes or sys.stderr)
        self.note(Summary("session", session_id))
        self.note(Summary("task", one_line(task)))

    def note(self, summary: Summary) -> None:
        """Write a line."""
        self._write(f"{summary.label}\t{summary.text}")

    def show(self, event: TaskEvent, plan: Plan | None) -> None:
        """Write the event's line."""
        summary = summary_of(event)
        # The result is written once, whole, by `finish`.
        if summary is not None and summary.label != "result":
            self.note(summary)

    def finish(self, result: TaskResult, saved: dict[str, str]) -> None:
        """Write how it ended."""
        self.note(Summary("seconds", f"{result.session_duration:.1f}"))
        self.note(Summary("messages", str(result.message_count)))
        for file in result.files:
            self.note(Summary("file", one_line(saved.get(file.url) or f"{file.name} {file.url}")))
        if result.success:
            self.note(Summary("result", one_line(result.final_answer)))
        else:
            self.note(Summary("failed", one_line(result.error or "")))


class JsonView(_Lines):
    """One JSON object a line: each event as the service sent it, a `question` where one is asked, the `result` last."""

    def __init__(self, session_id: str, out: TextIO | None = None, notes: TextIO | None = None) -> None:
        super().__init__(out or sys.stdout, notes or sys.stderr)
        self._session_id = session_id

    def show(self, event: TaskEvent, plan: Plan | None) -> None:
        """Write the event."""
        self._write(dumps(event.to_dict()))

    @contextmanager
    def asking(self, question: Question, subject: str) -> Iterator[None]:
        """Write the question, whose answer is then read, one line of standard input."""
        self._write(dumps({"type": "question", **question.to_dict()}))
        yield

    def finish(self, result: TaskResult, saved: dict[str, str]) -> None:
        """Write how it ended."""
        files = [file.to_dict() | {"path": saved.get(file.url)} for file in result.files]
        told = {name: getattr(result, name) for name in ("session_id", "success", "final_answer", "error", "question")}
        self._write(dumps({"type": "result", **told, "files": files}))


class TextView(_Lines):
    """Nothing but the final answer, its Markdown as it is."""

    def __init__(self, out: TextIO | None = None, notes: TextIO | None = None) -> None:
        super().__init__(out or sys.stdout, notes or sys.stderr)

    def show(self, event: TaskEvent, plan: Plan | None) -> None:
        """Nothing: the answer alone counts."""

    def finish(self, result: TaskResult, saved: dict[str, str]) -> None:
        """Write the answer; why there is none goes to standard error."""
        if result.success:
            self._write(result.final_answer if not self._out.isatty() else plain(result.final_answer))
        else:
            self.say(result.error or "the task was not finished")
