"""A first task: started, waited for, its answer printed. See docs/tasks.md."""

from wyseos.mate import Client

with Client() as client:
    result = client.run("Compare three solar lanterns")
    print(result.final_answer if result.success else f"It did not work: {result.error}")
    print(f"{result.message_count} messages in {result.session_duration:.1f} s, session {result.session_id}")
