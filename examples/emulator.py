"""The whole service on this machine: a task without a key, a network or a bill. See docs/emulator.md."""

from wyseos.mate import Client, ClientOptions
from wyseos.mate.emulator import Emulator

with (
    Emulator(speed=0) as emulator,
    Client(ClientOptions(api_key=emulator.api_key, base_url=emulator.base_url)) as client,
):
    result = client.run("Compare three note apps")
    print(result.final_answer)

    (session,) = emulator.sessions.values()
    print(f"{len(session.messages)} messages, {len(emulator.violations)} violations, {session.waited:.1f} s of waits")
