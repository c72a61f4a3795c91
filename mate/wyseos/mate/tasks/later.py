"""Questions that are answered later and from elsewhere: the process that started the task may be gone.

What is open is told by the session's history, read by REST and played through the task machine. An answer goes over a
connection of its own, once the machine has seen there that the question is still open.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from wyseos.generated.events import event_from_dict
from wyseos.generated.models import InputEvent
from wyseos.mate.errors import SessionExecutionError, ValidationError
from wyseos.mate.plan import Plan
from wyseos.mate.services.session import AsyncSessionService
from wyseos.mate.tasks.handlers import WATCHING, Handlers
from wyseos.mate.tasks.launch import Setup, attach_async
from wyseos.mate.tasks.open_question import OpenQuestion
from wyseos.mate.tasks.protocol.commands import Answer, Attach
from wyseos.mate.tasks.protocol.inputs import Resynced
from wyseos.mate.tasks.protocol.local_events import LOCAL_EVENTS, PolicyDecision
from wyseos.mate.tasks.protocol.machine import TaskMachine
from wyseos.mate.tasks.protocol.policy import Ruling
from wyseos.mate.tasks.protocol.questions import Question, refuse_misfit, request_id_of
from wyseos.mate.tasks.protocol.states import OVER
from wyseos.mate.tasks.result import TaskExecutionOptions
from wyseos.runtime import records
from wyseos.runtime.reading import source_of

if TYPE_CHECKING:
    from wyseos.mate.rest.caller import AsyncCaller
    from wyseos.mate.tasks.async_task import AsyncTask

MOST_AT_ONCE: Final = 16
"""Sessions that are asked for at the same time."""
TAKEN_PATIENCE: Final = 10.0
"""Seconds in which the service shows, by what its agents do, that an answer was taken; then it is asked."""


@records.frozen(kw_only=True)
class Reply:
    """What the user answers: one of these.

    Args:
        text: the answer to a question that wants text.
        approve: True gives permission for a plan or an action.
        reject: True refuses it; a text says what to improve.
        plan: the plan as it should be; that approves it.
        question: the `request_id` of the question that is meant; None where the session asks only one.

    Raises:
        ValidationError: none of the first four is given, or more than one.
    """

    text: str | None = None
    approve: bool = False
    reject: bool | str = False
    plan: Plan | None = None
    question: str | None = None

    def __post_init__(self) -> None:
        given = [name for name in ("text", "approve", "reject", "plan") if getattr(self, name) not in (None, False)]
        if len(given) != 1:
            has = f"{' and '.join(given)} were given" if given else "none was given"
            raise ValidationError(f"{has}; give one: a text, approve=True, reject=…, or plan=…", field="text")
        if self.text is not None and (not isinstance(self.text, str) or not self.text.strip()):
            raise ValidationError("text is empty; say the answer in words", field="text")

    def command(self, request_id: str) -> Answer:
        """Return the command that answers a question."""
        why = self.reject if isinstance(self.reject, str) else None
        text = self.text if why is None else why
        return Answer(accepted=not self.reject, text=text, plan=self.plan, request_id=request_id)

    def meant(self, session_id: str, questions: Sequence[OpenQuestion]) -> OpenQuestion:
        """Return the question that is meant.

        Raises:
            SessionExecutionError: it is not open, several are, or it wants something else; nothing was sent.
        """
        found = [each for each in questions if self.question in (None, each.request_id)]
        if not found:
            raise _not_open(session_id, self.question)
        if len(found) > 1:
            named = ", ".join(f"{each.request_id} ({each.kind})" for each in found)
            raise SessionExecutionError(
                f"the session asks {len(found)} questions: {named}; nothing was sent",
                session_id=session_id,
                hint="Name the one that you answer: question=…",
            )
        [question] = found
        refuse_misfit(
            _plain(question),
            self.command(question.request_id),
            by_text="a text",
            by_permission="approve=True or reject=…",
        )
        return question


async def questions_of(rest: AsyncCaller, session_ids: Iterable[str] | None) -> list[OpenQuestion]:
    """Return the open questions of sessions, in the order of the sessions.

    Args:
        rest: asks the service.
        session_ids: the sessions; None for those that the service has in progress.

    Raises:
        NotFoundError: there is no such session.
    """
    if session_ids is None:
        session_ids = [info.session_id for info in await AsyncSessionService(rest).list_current()]
    gate = asyncio.Semaphore(MOST_AT_ONCE)

    async def within(session_id: str) -> list[OpenQuestion]:
        async with gate:
            return await open_questions(rest, session_id)

    asked = [asyncio.ensure_future(within(session_id)) for session_id in dict.fromkeys(session_ids)]
    try:
        return [question for each in await asyncio.gather(*asked) for question in each]
    finally:
        for each in asked:  # those that an error leaves behind
            each.cancel()
        await asyncio.gather(*asked, return_exceptions=True)


async def open_questions(rest: AsyncCaller, session_id: str) -> list[OpenQuestion]:
    """Return the open questions of one session, in the order in which they were asked."""
    sessions = AsyncSessionService(rest)
    info = await sessions.get_info(session_id)
    if info.status in OVER or info.status == "created":
        return []
    rows = [row async for row in sessions.iter_messages(session_id, page_size=100)]
    events = [event_from_dict(source_of(row)) for row in rows]
    machine = TaskMachine(WATCHING)
    machine.receive(Attach(), 0)
    machine.replay(events, 0)
    machine.receive(Resynced(info.status), 0)
    times = {request_id_of(event): event.created_at for event in events if isinstance(event, InputEvent)}
    title = info.name or (info.task[0].content if info.task else None) or session_id
    return [
        OpenQuestion(
            session_id=session_id,
            title=title,
            kind=each.kind,
            text=each.text,
            request_id=each.request_id,
            plan=each.plan,
            asked_at=_aware(times.get(each.request_id)),
        )
        for each in machine.questions.values()
    ]


async def answer_question(rest: AsyncCaller, session_id: str, reply: Reply) -> OpenQuestion:
    """Answer the open question of a session, and leave.

    Args:
        rest: asks the service.
        session_id: the session.
        reply: the answer.

    Raises:
        SessionExecutionError: the question is not open, or wants something else; nothing was sent. Or it was sent,
            and the service does not show that it took it.
    """
    question = reply.meant(session_id, await open_questions(rest, session_id))
    setup = Setup(
        session_id=session_id,
        policy=records.evolve(WATCHING, judge=lambda asked: _ruling(asked, question, reply)),
        handlers=Handlers(),
        options=TaskExecutionOptions(),
    )
    async with await attach_async(rest, setup) as task:
        if not await _is_sent(task, question):
            raise _not_open(session_id, question.request_id)
        await _see_taken(rest, task, question)
    return question


def _ruling(asked: Question, question: OpenQuestion, reply: Reply) -> Ruling:
    """Answer the question that is meant, at the moment in which it is known to be open; leave all others."""
    is_meant = asked.request_id == question.request_id
    told = PolicyDecision(
        decision="answer" if is_meant else "ask", rule="the caller", kind=asked.kind, request_id=asked.request_id
    )
    return Ruling(told, reply.command(asked.request_id) if is_meant else None)


async def _is_sent(task: AsyncTask, question: OpenQuestion) -> bool:
    async for event in task:
        if isinstance(event, PolicyDecision) and event.request_id == question.request_id:
            return True
    return False


async def _see_taken(rest: AsyncCaller, task: AsyncTask, question: OpenQuestion) -> None:
    """Wait for what the agents do next; where they do nothing, ask the service whether the question is still open."""
    try:
        async with asyncio.timeout(TAKEN_PATIENCE):
            async for event in task:
                if not isinstance(event, LOCAL_EVENTS):
                    return
            return
    except TimeoutError:
        still_open = await open_questions(rest, question.session_id)
    if any(each.request_id == question.request_id for each in still_open):
        raise SessionExecutionError(
            "the answer was sent, and the service does not show that it took it",
            session_id=question.session_id,
            hint="Look at the open questions again before you answer once more.",
        )


def _not_open(session_id: str, request_id: str | None) -> SessionExecutionError:
    which = "no question of the session is open" if request_id is None else f"the question {request_id} is not open"
    return SessionExecutionError(
        f"{which}: it was answered, here or elsewhere, or never asked; nothing was sent",
        session_id=session_id,
        hint="client.questions([session_id]) and `wyse questions` list what is open.",
    )


def _plain(question: OpenQuestion) -> Question:
    return Question(question.kind, question.request_id, question.text, plan=question.plan)


def _aware(moment: datetime | None) -> datetime | None:
    """The service's times without a zone are UTC."""
    return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=UTC)
