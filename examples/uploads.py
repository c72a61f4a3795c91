"""Files: checked, uploaded with progress, ready to be attached. See docs/uploads.md."""

from pathlib import Path
from tempfile import TemporaryDirectory

from wyseos.mate import Client
from wyseos.mate.files import NamedFile

with Client() as client, TemporaryDirectory() as folder:
    notes = Path(folder, "notes.md")
    notes.write_text("# Lanterns\n" + "They shine.\n" * 20_000)

    good, reasons = client.file_upload.validate_file(notes)
    print("Fine." if good else f"Not to be uploaded: {reasons}")

    attachment = client.file_upload.upload_file(
        notes, on_progress=lambda sent, total: print(f"{sent / total:4.0%} of {total} bytes")
    )
    print(attachment["file_name"])

    # Several in one request, also what is no file on disk.
    files = client.file_upload.upload_files([notes, NamedFile("prices.csv", b"lantern,price\nSun,20\n")])
    print([file["file_name"] for file in files])

    print(client.file_upload.validate_file(folder))
