"""A task in a terminal: live output above the prompt, questions answered at it, and further tasks after the first.

One thread shows what happens, the main thread reads what is typed. What is piped in is read line by line, each when
the task waits for it. The service's text goes through `plain`, so that it cannot move the cursor (security row 13).
"""

from __future__ import annotations

import importlib
import sys
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from typing import TYPE_CHECKING, TextIO

import attrs

from wyseos.generated.models import InputEvent
from wyseos.mate.errors import SessionExecutionError
from wyseos.mate.plan import Plan, PlanStep
from wyseos.mate.tasks.handlers import WATCHING
from wyseos.mate.tasks.protocol.questions import Question, QuestionKind
from wyseos.mate.terminal.describe import describe
from wyseos.mate.terminal.text import one_line, plain

if TYPE_CHECKING:
    from wyseos.mate.tasks.launch import Order
    from wyseos.mate.tasks.task import Task

_QUITS = frozenset({"exit", "quit", "q"})
_YES = frozenset({"y", "yes"})
_NO = frozenset({"n", "no"})
_CLEAR_LINE = "\r\x1b[K"

_PROMPTS = {
    QuestionKind.PLAN: "Approve the plan? y, edit, or what to improve> ",
    QuestionKind.CONFIRMATION: "May it? y or n> ",
    QuestionKind.REPORT: "Your word on the report> ",
    QuestionKind.TEXT: "Your answer> ",
}
_HELP = "The task is at work. stop, pause and quit are commands; a question is answered when it is asked."
_EDITING = "Edit: `2 New title` renames, `- 2` removes, `+ Title` adds; an empty line approves the plan as it is then."


class Screen:
    """Where a session is shown and typed.

    Args:
        stdin: where lines come from.
        stdout: where lines go.
    """

    def __init__(self, stdin: TextIO, stdout: TextIO) -> None:
        self.prompt: Callable[[], str] = str
        """Gives the prompt as it should be now: it changes while one types, when a question is asked."""
        self._stdin = stdin
        self._stdout = stdout
        self.is_terminal = stdin.isatty() and stdout.isatty()
        self._lock = threading.Lock()
        self._typed: Callable[[], str] = str
        if self.is_terminal:
            # Gives `input` its line editing, and tells what is typed so far. Windows has none.
            with suppress(ImportError):
                self._typed = importlib.import_module("readline").get_line_buffer

    def show(self, text: str) -> None:
        """Shows text above the prompt; what is being typed stays."""
        with self._lock:
            if self.is_terminal:
                self._stdout.write(f"{_CLEAR_LINE}{plain(text)}\n{self.prompt()}{self._typed()}")
            else:
                self._stdout.write(f"{plain(text)}\n")
            self._stdout.flush()

    def read(self, prompt: str) -> str:
        """Returns the next line.

        Raises:
            EOFError: there is none.
            KeyboardInterrupt: Ctrl-C.
        """
        if self.is_terminal:
            return input(prompt).strip()
        line = self._stdin.readline()
        if not line:
            raise EOFError
        return line.strip()


class Conversation:
    """What is said between a person and a task.

    Args:
        task: the running task.
        screen: where the person sits.
    """

    def __init__(self, task: Task, screen: Screen) -> None:
        self._task = task
        self._screen = screen
        self._turn = threading.Event()
        self._over = False
        self._watcher: threading.Thread | None = None
        screen.prompt = self._prompt

    def run(self) -> None:
        """Goes on until the person leaves, or nothing more can be read."""
        goes_on = True
        try:
            while goes_on:
                # Ctrl-C may come at any time, not only while a line is read.
                try:
                    self._watch()
                    goes_on = self._one_line()
                except KeyboardInterrupt:
                    goes_on = self._interrupted()
        finally:
            self._task.close()
            self._join()

    def _one_line(self) -> bool:
        """Reads and obeys a line, and returns whether there is to be another."""
        try:
            if not self._screen.is_terminal:
                self._wait_for_turn()
            return self._obey(self._screen.read(self._prompt()))
        except EOFError:
            return False

    def _wait_for_turn(self) -> None:
        """Waits until the task asks, or is over: a piped line is an answer to that."""
        while not self._over and self._task.question is None:
            self._turn.wait()
            self._turn.clear()

    def _prompt(self) -> str:
        question = self._task.question
        if question is not None:
            return _PROMPTS[question.kind]
        return "Next task> " if self._over else "> "

    # ---- what is typed

    def _obey(self, line: str) -> bool:
        """Does what a line says, and returns whether the conversation goes on."""
        if line.lower() in _QUITS:
            return False
        try:
            self._act_on(line)
        except SessionExecutionError as error:
            self._screen.show(f"! {error.message}")
        return True

    def _act_on(self, line: str) -> None:
        question = self._task.question
        if line.lower() == "stop":
            self._task.stop()
        elif line.lower() == "pause":
            self._task.pause()
        elif question is not None:
            self._answer(question, line)
        elif self._over and line:
            self._next_round(line)
        elif line:
            self._screen.show(_HELP)

    def _answer(self, question: Question, line: str) -> None:
        if question.kind is QuestionKind.PLAN:
            self._answer_plan(question, line)
        elif question.kind is not QuestionKind.CONFIRMATION:
            self._task.respond(line)
        elif line.lower() in _YES:
            self._task.approve()
        elif line.lower() in _NO:
            self._task.reject()

    def _answer_plan(self, question: Question, line: str) -> None:
        if line.lower() in _YES:
            self._task.approve()
        elif line.lower() in {"e", "edit"}:
            self._task.approve(self._edited(question.plan or Plan()))
        elif line:
            self._task.reject(line)

    def _edited(self, plan: Plan) -> Plan:
        self._screen.show(_EDITING)
        while True:
            self._screen.show(_numbered(plan))
            line = self._screen.read("edit> ")
            if not line:
                return plan
            plan = edited(plan, line)

    def _next_round(self, line: str) -> None:
        self._join()
        self._over = False
        self._task.next_round(line)

    def _interrupted(self) -> bool:
        """Ctrl-C: asks what is meant; a second one leaves at once."""
        try:
            said = self._screen.read("\nStop the task, leave it running, or go on? s, l or Enter> ").lower()
        except (KeyboardInterrupt, EOFError):
            said = "l"
        if said in {"s", "stop"}:
            return self._obey("stop")
        if said in {"l", "leave"}:
            self._screen.show(f"It goes on without us: client.attach({self._task.session_id!r})")
            return False
        return True

    # ---- what happens

    def _watch(self) -> None:
        """Sees to it that there is a thread that shows what happens in the round."""
        if self._watcher is None:
            self._watcher = threading.Thread(target=self._show_events, name="wyseos-terminal", daemon=True)
            self._watcher.start()

    def _join(self) -> None:
        if self._watcher is not None:
            self._watcher.join()
            self._watcher = None

    def _show_events(self) -> None:
        for event in self._task:
            if (words := describe(event)) is not None:
                self._screen.show(words)
            if isinstance(event, InputEvent):
                self._turn.set()
        self._over = True  # before the end is shown, for the prompt below it
        self._show_end()
        self._turn.set()

    def _show_end(self) -> None:
        try:
            result = self._task.result()
        except SessionExecutionError:
            return  # we closed it ourselves
        self._screen.show("Done." if result.success else f"! {one_line(result.error or 'not finished')}")


def run_session(
    begun: Callable[[Order], AbstractContextManager[Task]],
    order: Order,
    stdin: TextIO | None = None,
    stdout: TextIO | None = None,
) -> None:
    """Runs a task and those after it in the terminal.

    Args:
        begun: begins a task.
        order: the first one. Without options each question is put to the person, and there is no time limit.
        stdin: where lines come from; the program's own where it is None.
        stdout: where lines go.
    """
    if order.options is None:
        order = attrs.evolve(order, policy=WATCHING)
    else:
        order = attrs.evolve(order, options=attrs.evolve(order.options, verbose=False))
    with begun(order) as task:
        Conversation(task, Screen(stdin or sys.stdin, stdout or sys.stdout)).run()


def edited(plan: Plan, line: str) -> Plan:
    """Returns the plan as an edit line changes it: `2 Title` renames, `- 2` removes, `+ Title` adds; else unchanged."""
    word, _, rest = line.partition(" ")
    steps = Plan(plan.steps).steps
    if word == "+" and rest:
        return Plan([*steps, PlanStep(id=str(len(steps) + 1), title=rest, status="not_started")])
    number = rest if word == "-" else word
    if not number.isdecimal() or not 1 <= int(number) <= len(steps):
        return plan
    if word == "-":
        del steps[int(number) - 1]
    elif rest:
        steps[int(number) - 1].title = rest
    return Plan(steps)


def _numbered(plan: Plan) -> str:
    return "\n".join(f"{number}. {one_line(step.title or '')}" for number, step in enumerate(plan.steps, 1))
