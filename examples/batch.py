"""Many tasks from a file, each started once; the same program goes on where it was interrupted. See docs/batches.md."""

from pathlib import Path

from wyseos.mate import Client, TaskExecutionOptions

tasks = Path("tasks.csv")
tasks.write_text(
    "key,task,mode\ntrends,Find three trends,\nlanterns,Compare three solar lanterns,deep_search\n", "utf-8"
)

with Client() as client:
    batch = client.batch(tasks, concurrency=20, retries=1, options=TaskExecutionOptions(completion_timeout=120))
    for outcome in batch:
        print(f"{outcome.key}: {outcome.state}")
    for outcome in batch.results():
        print(outcome.number, outcome.final_answer.splitlines()[:1])
