"""A real headless Chromium, told over its own protocol what to open, how wide to be and what to evaluate."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# Seconds that a busy machine may take for anything.
PATIENCE = 120.0
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--no-first-run",
    "--remote-debugging-port=0", "--remote-allow-origins=*", "about:blank",
)  # fmt: skip


class Browser:
    """An open tab.

    Args:
        socket: its end of the protocol.
    """

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._number = 0
        self.complaints: list[str] = []
        """What the page's policy or its scripts complained of."""
        for domain in ("Page", "Log", "Runtime"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Have the browser do something, and return what it answers."""
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": parameters}))
        return dict(self._until(lambda told: told.get("id") == self._number).get("result", {}))

    def open(self, page: Path, *, width: int = 1000, height: int = 900, dark: bool = False) -> None:
        """Open a page, and wait until it is drawn."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.call("Emulation.setDeviceMetricsOverride", **size)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])
        self.call("Page.navigate", url=page.as_uri())
        self._until(lambda told: told.get("method") == "Page.loadEventFired")

    def evaluate(self, expression: str) -> Any:
        """Return what JavaScript makes of the page; ours is evaluated beside it, under no policy of the page's."""
        told = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        return told["result"].get("value")

    def picture(self, *, whole: bool = False) -> bytes:
        """Return what is seen as PNG, or the whole page."""
        told = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        return base64.b64decode(told["data"])

    def first_paint(self) -> float:
        """Return the milliseconds from the navigation to the first content that was drawn."""
        waits = "new Promise(done => new PerformanceObserver(list => done(list.getEntries()[0].startTime))"
        return float(self.evaluate(f"{waits}.observe({{type: 'paint', buffered: true}}))"))

    def _until(self, is_it: Any) -> dict[str, Any]:
        until = time.monotonic() + PATIENCE
        while True:
            told: dict[str, Any] = json.loads(self._socket.recv(timeout=max(0.0, until - time.monotonic())))
            if told.get("method") == "Log.entryAdded":
                self.complaints.append(told["params"]["entry"]["text"])
            if is_it(told):
                return told


@contextmanager
def browser(folder: Path) -> Iterator[Browser]:
    """Run a browser whose profile lies in a folder; it is gone at the end of the `with` block."""
    assert CHROMIUM is not None
    command = [CHROMIUM, f"--user-data-dir={folder}", *_FLAGS]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as program:
        try:
            with connect(_tab(program), max_size=None, proxy=None) as socket:
                yield Browser(socket)
        finally:
            program.terminate()
            assert program.stderr is not None
            program.stderr.read()  # until all of its processes have let go of it


def _tab(program: subprocess.Popen[str]) -> str:
    """Return the address of the tab that is open: the browser tells its own, and knows its tabs."""
    assert program.stderr is not None
    address = next(line.partition(" on ")[2].strip() for line in program.stderr if "DevTools listening on" in line)
    with connect(address, proxy=None) as socket:
        socket.send(json.dumps({"id": 1, "method": "Target.getTargets"}))
        until = time.monotonic() + PATIENCE
        while "result" not in (told := json.loads(socket.recv(timeout=until - time.monotonic()))):
            pass
    [page] = [each["targetId"] for each in told["result"]["targetInfos"] if each["type"] == "page"]
    return f"{address.partition('/devtools/')[0]}/devtools/page/{page}"
