"""The streams of a marketing task: drafts as they are written, then the whole data. See docs/marketing.md."""

from wyseos.mate import Client
from wyseos.mate.events import StreamClosed, Streams
from wyseos.mate.task_runner import TaskMode

with Client() as client:
    streams = Streams()
    with client.start("Launch a lantern", task_mode=TaskMode.Marketing) as task:
        for event in task:
            if isinstance(event, StreamClosed):
                print(f"{event.stream} is complete: {event.data}"[:100])
            elif streams.add(event):
                print(f"{len(streams.replies)} replies, {len(streams.drafts)} drafts so far")
    for draft_id, draft in streams.drafts.items():
        print(f"{draft_id}: {draft}")
