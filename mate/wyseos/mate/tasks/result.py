"""What a task is run with, and what comes out of it."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias

from wyseos.mate.errors import SessionExecutionError
from wyseos.mate.rest.flow import Progress
from wyseos.mate.tasks.mode import TaskMode as TaskMode
from wyseos.runtime import records
from wyseos.runtime.dumping import Dumping

if TYPE_CHECKING:
    from wyseos.mate.reports.session import SessionReport

Mode: TypeAlias = TaskMode | Literal["", "deep_search", "marketing"]
"""A kind of task, also as the word itself."""


@records.define(kw_only=True)
class TaskExecutionOptions(Dumping):
    """How a task is run. Times in seconds.

    Args:
        verbose: print what happens, a line an event.
        auto_accept_plan: approve each plan, unless an `on_plan` handler decides.
        capture_screenshots: keep screenshots in the result.
        enable_browser_logging: keep browser actions in the result's logs.
        enable_event_logging: keep every event in the result's logs; None follows `verbose`.
        completion_timeout: how long the whole round may take.
        max_user_input_timeout: how long an answer is waited for; 0: as long as the round may take.
        stop_on_x_confirm: stop the task where it asks permission for an action in the browser, instead of confirming;
            an `on_confirm` handler decides before that.
        heartbeat_interval: the service is pinged at least this often; a dead one is noticed within 25 s in any case.
        max_message_size: bytes of the largest message; a larger one is read by REST.
        memory_budget: bytes of events that may wait to be consumed before nothing more is read. Nothing is dropped.
    """

    verbose: bool = False
    auto_accept_plan: bool = True
    capture_screenshots: bool = False
    enable_browser_logging: bool = True
    enable_event_logging: bool | None = None
    completion_timeout: float = 300
    max_user_input_timeout: float = 0
    stop_on_x_confirm: bool = False
    heartbeat_interval: float = 30
    max_message_size: int = 64 * 2**20
    memory_budget: int = 64 * 2**20

    def to_dict(self) -> dict[str, Any]:
        """Return the options ready for JSON."""
        return records.asdict(self)

    @property
    def event_logging_enabled(self) -> bool:
        """Whether every event is kept in the result's logs: `logs_events` as 0.3.x names it."""
        return self.logs_events

    @property
    def logs_events(self) -> bool:
        """Whether every event is kept in the result's logs."""
        return self.verbose if self.enable_event_logging is None else self.enable_event_logging


_Bytes: TypeAlias = bytes  # `bytes` is a method's name below


class ResultSource(Protocol):
    """What fetches on behalf of a result: its files, and what it cost."""

    def save(self, file: ResultFile, folder: str | PathLike[str], limit: int, on_progress: Progress | None) -> Path: ...
    def read(self, file: ResultFile, limit: int, on_progress: Progress | None) -> _Bytes: ...
    def usage(self, session_id: str) -> Usage | None: ...
    async def asave(
        self, file: ResultFile, folder: str | PathLike[str], limit: int, on_progress: Progress | None
    ) -> Path: ...
    async def aread(self, file: ResultFile, limit: int, on_progress: Progress | None) -> _Bytes: ...
    async def ausage(self, session_id: str) -> Usage | None: ...


@records.frozen(kw_only=True)
class Usage(Dumping):
    """What a session used.

    Args:
        prompt_tokens: tokens read, by all models.
        completion_tokens: tokens written.
        models: the same for each model: `{prompt_tokens, completion_tokens}` by its id.
        credits: what the session cost, None where the service does not tell.
    """

    prompt_tokens: int = 0
    completion_tokens: int = 0
    models: dict[str, dict[str, int]] = records.field(factory=dict)
    credits: float | None = None

    @property
    def total_tokens(self) -> int:
        """Tokens read and written."""
        return self.prompt_tokens + self.completion_tokens

    def to_dict(self) -> dict[str, Any]:
        """Return it ready for JSON."""
        return records.asdict(self)


@records.frozen
class ResultFile(Dumping):
    """A file that a task made. It is fetched when it is asked for; the client may be closed by then.

    Args:
        name: its name, as the service tells it. `save` makes a safe one of it.
        url: where it lies.
        extension: without the dot; empty where it has none.

    Each method raises `NetworkError` where it can't be fetched, `APIError` where it is not given out, and `DecodeError`
    where it is larger than `max_size`. No credential goes to a foreign host (security row 7).

    Example:
        for file in client.run("Write a report").files:
            print(file.save("reports"))
    """

    name: str
    url: str
    extension: str = ""
    _source: ResultSource | None = records.field(default=None, repr=False, eq=False, alias="source")

    def save(
        self, folder: str | PathLike[str] = ".", *, max_size: int = 2**30, on_progress: Progress | None = None
    ) -> Path:
        """Save it into a folder, piece by piece; nothing is overwritten or leaves the folder (security row 11).

        Args:
            folder: where to; it is made if it is not there.
            max_size: bytes; a larger file is refused.
            on_progress: called with the bytes that came and the bytes in all, None where nobody tells.

        Returns:
            Where it is now.
        """
        return self._fetches().save(self, folder, max_size, on_progress)

    def bytes(self, *, max_size: int = 2**27, on_progress: Progress | None = None) -> _Bytes:
        """Return its content; arguments as of `save`."""
        return self._fetches().read(self, max_size, on_progress)

    def text(self, *, encoding: str = "utf-8", max_size: int = 2**27) -> str:
        """Return its content as text; what can't be read as that is replaced."""
        return self.bytes(max_size=max_size).decode(encoding, "replace")

    async def asave(
        self, folder: str | PathLike[str] = ".", *, max_size: int = 2**30, on_progress: Progress | None = None
    ) -> Path:
        """As `save`, awaited."""
        return await self._fetches().asave(self, folder, max_size, on_progress)

    async def abytes(self, *, max_size: int = 2**27, on_progress: Progress | None = None) -> _Bytes:
        """As `bytes`, awaited."""
        return await self._fetches().aread(self, max_size, on_progress)

    async def atext(self, *, encoding: str = "utf-8", max_size: int = 2**27) -> str:
        """As `text`, awaited."""
        return (await self.abytes(max_size=max_size)).decode(encoding, "replace")

    def to_dict(self) -> dict[str, Any]:
        """Return what is known of it, ready for JSON."""
        return {"name": self.name, "url": self.url, "extension": self.extension}

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.name, self.url, self.extension)  # what fetches holds the key

    def _fetches(self) -> ResultSource:
        if self._source is None:
            raise SessionExecutionError(
                f"{self.name} was copied from its result: fetch it from there", hint="Or get it by its url."
            )
        return self._source


def _size(entries: list[dict[str, Any]]) -> str:
    """A result with screenshots is shown without its megabytes."""
    return f"[{len(entries)}]"


@records.define(kw_only=True)
class TaskResult(Dumping):
    """How a round ended. Everything in it is ready for JSON.

    Args:
        success: whether the task came to its answer.
        final_answer: the answer, in markdown.
        error: why there is none.
        screenshots: `{timestamp, url, action, text, screenshot}` each, the image as base64; kept where asked for.
        execution_logs: browser actions, and all events where asked for.
        plan_history: `{timestamp, type, status, plan}` for each change of the plan; beyond 32 MiB the oldest are gone.
            Steps that did not change in between are the same objects.
        files: what the task made, to be saved or read; each once, the latest of a name and place.
        replies: tweets and the answers that were drafted to them, as of `MarketingData.reply`.
        drafts: tweets that were drafted, as of `MarketingData.tweet`.
        session_duration: seconds from the start to the end.
        message_count: delivered messages, but for ping and pong.
        session_id: the session; `client.attach(session_id)` goes on there.
        question: what the task still asks, where it ended for want of an answer.
        code: the code of the service's error.
        decisions: what a policy has decided, in order, as of `PolicyDecision`.
        stop_confirmed: False where the task was to be stopped and the service never confirmed it: the session may go
            on; None where nobody stopped it.
        suggestions: what the service suggests to ask next, `{content, display_type}` each, as far as it has come: a
            result does not wait for it; after a loop over the events all is there.
    """

    success: bool = False
    final_answer: str = ""
    error: str | None = None
    screenshots: list[dict[str, Any]] = records.field(factory=list, repr=_size)
    execution_logs: list[dict[str, Any]] = records.field(factory=list, repr=_size)
    plan_history: list[dict[str, Any]] = records.field(factory=list, repr=_size)
    session_duration: float = 0.0
    message_count: int = 0
    session_id: str = ""
    files: list[ResultFile] = records.field(factory=list)
    replies: list[dict[str, Any]] = records.field(factory=list, repr=_size)
    drafts: list[dict[str, Any]] = records.field(factory=list, repr=_size)
    question: dict[str, Any] | None = None
    code: int | None = None
    stop_confirmed: bool | None = None
    decisions: list[dict[str, Any]] = records.field(factory=list, repr=_size)
    suggestions: list[dict[str, Any]] = records.field(factory=list, repr=_size)
    _source: ResultSource | None = records.field(default=None, repr=False, eq=False, alias="source")
    _usage: Usage | None = records.field(default=None, init=False, repr=False, eq=False)

    @property
    def usage(self) -> Usage | None:
        """What the session used, None where the service does not tell; asked for by REST when it is first read.

        In an event loop await `fetch_usage` instead, which does not block.
        """
        if self._usage is None and self._source is not None:
            self._usage = self._source.usage(self.session_id)
        return self._usage

    @property
    def known_usage(self) -> Usage | None:
        """What the session used if that was asked for already; asks nobody."""
        return self._usage

    async def fetch_usage(self) -> Usage | None:
        """As `usage`, awaited."""
        if self._usage is None and self._source is not None:
            self._usage = await self._source.ausage(self.session_id)
        return self._usage

    def to_dict(self) -> dict[str, Any]:
        """Return the result ready for JSON."""
        told = records.asdict(self, recurse=False, leave=lambda name: name.startswith("_"))
        return told | {"files": [file.to_dict() for file in self.files]}

    def to_json(self) -> str:
        """Return the result as the text of a JSON object."""
        return self.model_dump_json()

    def to_markdown(self) -> str:
        """Return it as Markdown: answer, plan, files, drafts. `reports.session_report` has the timeline, too."""
        return self._report().to_markdown()

    def to_html(self) -> str:
        """Return it as one self-contained HTML page, as `to_markdown`.

        Raises:
            ConfigError: the extra `reports` is not installed; the message has the command.
        """
        return self._report().to_html()

    def _repr_html_(self) -> str | None:
        """What a notebook shows: the answer, or why there is none; without the extra `reports` its plain form."""
        return self._report()._repr_html_()

    def save_screenshots(self, folder: str | PathLike[str] = ".") -> list[Path]:
        """Save the screenshots that were kept (`capture_screenshots=True`), numbered in order; nothing is overwritten.

        Args:
            folder: where to; it is made if it is not there.

        Returns:
            Where they are now.
        """
        from wyseos.mate.tasks.io.safe_names import written
        from wyseos.mate.terminal.pictures import decoded

        pictures = [decoded(row.get("screenshot")) for row in self.screenshots]
        width = len(str(len(pictures)))
        return [
            written(Path(folder), f"screenshot-{number:0{width}}.{picture.kind}", picture.content)
            for number, picture in enumerate(pictures, 1)
            if picture is not None
        ]

    def _report(self) -> SessionReport:
        from wyseos.mate.reports.gather import result_report

        return result_report(self, usage=None if self._usage is None else self._usage.to_dict())

    def __getstate__(self) -> dict[str, Any]:
        told = records.asdict(self, recurse=False)
        return told | {"_source": None}  # what fetches holds the key

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, value in state.items():
            setattr(self, name, value)
