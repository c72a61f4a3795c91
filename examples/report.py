"""A session as a page: the answer, the plan with its times, files, sources, screenshots. See docs/reports.md."""

from pathlib import Path

from wyseos.mate import Client
from wyseos.mate.reports import session_report

with Client() as client:
    result = client.run("Compare three solar lanterns")
    for file in result.files:
        print(f"{file.name}: {len(file.text())} characters")
    report = session_report(client, result.session_id)

page = report.save("lanterns.html")
print(f"{page}: {len(page.read_text('utf-8')) // 1000} kB, {len(report.steps)} steps, {len(report.sources)} sources")
Path("lanterns.md").write_text(report.to_markdown(), "utf-8")
