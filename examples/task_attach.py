"""A task left and found again, as another process would do it; then a second round. See docs/attach.md."""

from itertools import islice

from wyseos.mate import Client
from wyseos.mate.task_runner import TaskExecutionOptions

with Client() as client:
    with client.start("Compare three solar lanterns") as task:
        for event in islice(task, 3):
            print("here:", event.type)
        session_id, cursor = task.session_id, task.cursor
    # Leaving the block closed the connection. The session goes on without us.

    with client.attach(session_id, after=cursor, options=TaskExecutionOptions()) as task:
        for event in task:
            print("there:", event.type)
        print(task.result().success)

        task.next_round("Now compare their prices")
        print(task.result().success)
