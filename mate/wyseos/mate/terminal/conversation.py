"""A task in a terminal: live output above the prompt, questions answered at it, until the task has ended.

One thread shows what happens, the main thread reads what is typed. What is piped in is read line by line, each when
the task waits for it. Nothing is read ahead: what the task did not need is there for the program that comes after it.
The service's text goes through `plain`, so that it cannot move the cursor (security row 13).
"""

from __future__ import annotations

import io
import select
import sys
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, TextIO

from wyseos.generated.models import InputEvent
from wyseos.mate.errors import SessionExecutionError
from wyseos.mate.plan import Plan
from wyseos.mate.terminal.answers import PROMPTS, answer_with
from wyseos.mate.terminal.describe import describe
from wyseos.mate.terminal.plan_editor import HELP, edited, numbered
from wyseos.mate.terminal.text import one_line, plain
from wyseos.runtime import records

if TYPE_CHECKING:
    from wyseos.mate.tasks.launch import Order
    from wyseos.mate.tasks.protocol.questions import Question
    from wyseos.mate.tasks.task import Task

_QUITS = frozenset({"exit", "quit", "q"})
_SLICE = 0.1  # seconds between two checks whether the task has ended, while a line is waited for
_CLEAR_LINE = "\r\x1b[K"

_HELP = "The task is at work. stop, pause and quit are commands; a question is answered when it is asked."


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
        self.is_terminal = not stdin.closed and stdin.isatty() and stdout.isatty()
        self._lock = threading.Lock()

    def show(self, text: str) -> None:
        """Show text above the prompt; what is being typed is kept by the terminal."""
        with self._lock:
            if self.is_terminal:
                self._stdout.write(f"{_CLEAR_LINE}{plain(text)}\n{self.prompt()}")
            else:
                self._stdout.write(f"{plain(text)}\n")
            self._stdout.flush()

    def read(self, prompt: str, is_over: Callable[[], bool] = lambda: False) -> str | None:
        """Return the next line, None where there is nothing left to read it for.

        Args:
            prompt: what a terminal shows before it.
            is_over: tells whether the line is not wanted any more.

        Raises:
            EOFError: there is none.
            KeyboardInterrupt: Ctrl-C.
        """
        if self._stdin.closed:
            raise EOFError
        if self.is_terminal:
            self._stdout.write(prompt)
            self._stdout.flush()
            while not self._can_read():
                if is_over():
                    return None
        line = self._stdin.readline()
        if not line:
            raise EOFError
        return line.strip()

    def _can_read(self) -> bool:
        if sys.platform == "win32":
            return True  # a console cannot be waited for there: a line is read, also where it comes too late
        return bool(select.select([self._stdin], [], [], _SLICE)[0])


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
        self._shown: Question | None = None  # what the prompt asks: a line answers that, and nothing newer
        self._watcher: threading.Thread | None = None
        screen.prompt = self._prompt

    def run(self) -> None:
        """Go on until the task has ended, the person leaves, or nothing more can be read."""
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
        """Read and obey a line, and return whether there is to be another."""
        try:
            if not self._screen.is_terminal:
                self._wait_for_turn()
            if self._over:
                return False
            line = self._screen.read(self._prompt(), lambda: self._over)
            return line is not None and self._obey(line)
        except EOFError:
            return False

    def _wait_for_turn(self) -> None:
        """Wait until the task asks, or is over: a piped line is an answer to that."""
        while not self._over and self._task.question is None:
            self._turn.wait()
            self._turn.clear()

    def _prompt(self) -> str:
        if self._over:
            return ""
        self._shown = question = self._task.question
        return "> " if question is None else PROMPTS[question.kind]

    # ---- what is typed

    def _obey(self, line: str) -> bool:
        """Do what a line says, and return whether the conversation goes on."""
        if line.lower() in _QUITS:
            return False
        try:
            self._act_on(line)
        except SessionExecutionError as error:
            self._screen.show(f"! {error.message}")
        return True

    def _act_on(self, line: str) -> None:
        question = self._shown
        if line.lower() == "stop":
            self._task.stop()
        elif line.lower() == "pause":
            self._task.pause()
        elif question is not None:
            self._answer(question, line)
        elif line:
            self._screen.show(_HELP)

    def _answer(self, question: Question, line: str) -> None:
        if answer_with(question, line) == "edit":
            question.approve(self._edited(question.plan or Plan()))

    def _edited(self, plan: Plan) -> Plan:
        self._screen.show(HELP)
        while True:
            self._screen.show(numbered(plan))
            line = self._screen.read("edit> ")
            if not line:
                return plan
            plan = edited(plan, line)

    def _interrupted(self) -> bool:
        """Ctrl-C: asks what is meant; a second one leaves at once."""
        try:
            said = (self._screen.read("\nStop the task, leave it running, or go on? s, l or Enter> ") or "").lower()
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
        """See to it that there is a thread that shows what happens in the round."""
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
    """Run a task in the terminal until it has ended, or the person leaves it.

    Args:
        begun: begins a task.
        order: the task. Its options decide what is asked. Without them the defaults do, but that permission for an
            action in the browser is asked for.
        stdin: where lines come from; the program's own where it is None.
        stdout: where lines go.
    """
    if order.options is not None:
        order = records.evolve(order, options=records.evolve(order.options, verbose=False))
    elif order.rules is None:
        order = records.evolve(order, confirm="ask")  # a person is there, and nobody said that it may act unasked
    with begun(order) as task:
        # A program without a console has no standard input at all.
        Conversation(task, Screen(stdin or sys.stdin or io.StringIO(), stdout or sys.stdout)).run()
