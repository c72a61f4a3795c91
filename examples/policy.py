"""Rules that answer a task's questions: from a file, and the same in Python. See docs/policies.md."""

from pathlib import Path

from wyseos.mate import Client, TaskMode
from wyseos.mate.events import PolicyDecision
from wyseos.mate.policy import Policy, Rule

from_file = Policy.load(Path(__file__).with_name("policy.yaml"))
in_python = Policy([Rule(name="small plans", kind="plan", most_steps=8, then="approve")])

with Client() as client:
    result = client.run("Prepare a launch", task_mode=TaskMode.Marketing, policy=from_file)
    for decision in result.decisions:
        print(f"{decision['question']} {decision['decision']}, by the rule {decision['rule']!r}")

    with client.start("Compare three solar lanterns", policy=in_python) as task:
        for event in task:
            if isinstance(event, PolicyDecision):
                print(event.content)
        print(task.result().success)
