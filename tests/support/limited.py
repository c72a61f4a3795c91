"""Runs a program whose memory has an end: a budget that does not hold is a MemoryError there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
MIB = 2**20

# The imports come first: what is measured is what a hostile service adds to them.
_BEGIN = """
import json, os, resource, sys, threading, time, warnings
import httpx, websockets.asyncio.client, yaml, orjson
from wyseos.mate import *
from wyseos.mate.client import AsyncClient, Client
from wyseos.mate.tasks import task as _task
warnings.simplefilter("ignore")
client = Client(ClientOptions(api_key="key-of-a-test", base_url=sys.argv[1], timeout=10, deadline=40))
def held():
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) * 1024 for line in file if line.startswith("VmData"))
def peak():
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) * 1024 for line in file if line.startswith("VmHWM"))
base, before = held(), peak()
resource.setrlimit(resource.RLIMIT_DATA, (base + int(sys.argv[2]), base + int(sys.argv[2])))
told = {}
"""
_END = """
print(json.dumps({**told, "grown": peak() - before}))
sys.stdout.flush()
os._exit(0)
"""


def run_limited(program: str, base_url: str, mib: int, timeout: float = 240.0) -> dict[str, Any]:
    """Run a program that has a `client` of a service and notes what it finds in `told`.

    Args:
        program: Python's words.
        base_url: the service.
        mib: how much it may take beyond what its imports take.
        timeout: seconds.

    Returns:
        What it told, and `grown`: bytes that its memory was larger at its largest.
    """
    if sys.platform != "linux":
        pytest.skip("the limits of Linux are needed")
    # One arena of memory a process, or each thread reserves 64 MiB that nothing uses.
    environ = {name: value for name, value in os.environ.items() if not name.startswith("WYSEOS_")}
    environ |= {"MALLOC_ARENA_MAX": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", _BEGIN + program + _END, base_url, str(mib * MIB)],
        env=environ, capture_output=True, text=True, timeout=timeout, check=False, cwd="/",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
