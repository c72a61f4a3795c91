"""`create_task_runner` under the name by which programs of 0.3.x import it."""

from wyseos.mate.task_runner import create_task_runner as create_task_runner
