"""A product's report in the manner of 0.3.x: its lists are joined, its failure is an APIError. See docs/migrate.md."""

from pathlib import Path

from wyseos.mate import Client
from wyseos.mate.config import load_config
from wyseos.mate.errors import APIError
from wyseos.mate.models import ListOptions

Path("brief.md").write_text("# A lantern that the sun fills\n", "utf-8")

client = Client(load_config("mate.yaml"))
upload = client.file_upload.upload_file("brief.md")
attachments = [{"file_name": upload["file_name"], "file_url": upload["file_url"]}]

try:
    report = client.product.create_and_wait("Solar lantern", attachments=attachments, poll_interval=0)
except APIError as error:
    print("no report:", error.message, error.details)
else:
    print(report.report_id, report.status, report.product_name)
    print("Keywords:", ", ".join(report.keywords))
    print("Links:", "; ".join(report.related_links))
    print(report.model_dump_json(exclude_none=True)[:60])

for team in client.team.get_list("all", ListOptions(page_num=1, page_size=10)).data:
    print(team.name, team.get("team_id"), len(team.agents))
client.close()
