"""A task watched event by event. See docs/events.md."""

from wyseos.mate import Client
from wyseos.mate.events import Gap, PlanStatusEvent, ProgressEvent, SearchEvent, TextEvent

with Client() as client, client.start("Compare three solar lanterns") as task:
    for event in task:
        match event:
            case ProgressEvent() | TextEvent():
                print(f"{event.source}: {event.content}")
            case SearchEvent():
                print(f"found {len(event.message.data or [])} pages")
            case PlanStatusEvent() if task.plan is not None:
                print(task.plan.render())
            case Gap():
                print(f"messages are missing: {event.reason}")
            case _:
                pass
    print(task.result().final_answer)
