"""Questions of a task, answered by functions, and in the loop over the events. See docs/answering.md."""

from wyseos.mate import Client
from wyseos.mate.events import Question
from wyseos.mate.plan import Plan
from wyseos.mate.task_runner import TaskExecutionOptions, TaskMode


def on_plan(plan: Plan) -> Plan:
    print(plan.render())
    return Plan(plan.steps[:3])  # True: as it is; text: what to improve


def on_input(question: Question) -> str:
    print(question.text)
    return "That is right."


def on_confirm(question: Question) -> bool:
    print(question.text)
    return False  # stops the task


with Client() as client:
    result = client.run(
        "Prepare a launch", task_mode=TaskMode.Marketing, on_plan=on_plan, on_input=on_input, on_confirm=on_confirm
    )
    print(result.success, result.error)

    by_hand = TaskExecutionOptions(auto_accept_plan=False)
    with client.start("Compare three solar lanterns", options=by_hand) as task:
        for event in task:
            if event.type == "input":
                task.approve()
        print(task.result().success)
