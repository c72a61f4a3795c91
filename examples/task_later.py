"""A task that asks while nobody is there, and another client that answers it. See docs/later.md."""

from wyseos.mate import Client
from wyseos.mate.policy import Policy

with Client() as client:
    # An empty policy approves nothing: the first question ends the run, and the session waits.
    session_id = client.run("Compare three solar lanterns", policy=Policy()).session_id

with Client() as somebody_else:
    for question in somebody_else.questions([session_id]):
        print(f"{question.title}: {question.text}")
        somebody_else.answer(session_id, approve=True)
    with somebody_else.attach(session_id) as task:
        print(task.result().final_answer)
