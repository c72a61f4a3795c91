"""A connection that is cut at event 17, and a busy service: what a program of yours does then. See docs/faults.md."""

from wyseos.mate import Client, ClientOptions
from wyseos.mate.emulator import Emulator

with (
    Emulator(speed=0) as emulator,
    Client(ClientOptions(api_key=emulator.api_key, base_url=emulator.base_url)) as client,
):
    cut = emulator.fault("cut", frame=17)
    busy = emulator.fault("status", operation="create_session", status=429, code=4201, retry_after=0)

    result = client.run("Compare three note apps")

    print(f"The connection was cut {cut.hits} time, the service was busy {busy.hits} time; success: {result.success}")
    print(f"{result.message_count} messages came, and none twice.")
