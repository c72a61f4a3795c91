"""Agents that do what a file says: a scenario of one's own. See docs/scenarios.md."""

from pathlib import Path
from tempfile import TemporaryDirectory

from wyseos.mate import Client, ClientOptions
from wyseos.mate.emulator import Emulator

SCENARIO = """
about: Asks for whom, draws a poster, says what it did.
steps:
  - question: "Who is the poster for, {topic}?"
  - progress: "Drawing for {answer}"
    wait: 0.5
  - image:
      - {file_name: poster.png, title: "{topic}", text: "Made for {answer}"}
  - result: "Here is the poster for {answer}."
"""

with TemporaryDirectory() as folder:
    path = Path(folder) / "poster.yaml"
    path.write_text(SCENARIO, "utf-8")
    with (
        Emulator(path, speed=0) as emulator,
        Client(ClientOptions(api_key=emulator.api_key, base_url=emulator.base_url)) as client,
    ):
        result = client.run("Draw a poster", on_input=lambda question: "the spring fair")
        print(result.final_answer)
