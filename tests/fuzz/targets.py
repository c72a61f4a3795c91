"""What is fuzzed: each target takes any bytes, and may refuse them by its own errors alone."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from wyseos.generated.events import decode_event
from wyseos.mate import ConfigError, DecodeError, load_config
from wyseos.mate.rest.retry import read_http_date, read_retry_after
from wyseos.mate.settings.secret import QUOTE_LIMIT, Secret, redact
from wyseos.mate.testing.cassette import CassetteError, load_cassette
from wyseos.mate.testing.redaction import Redactor

CORPUS = Path(__file__).parent / "corpus"
_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_KEY = "wyse-Canary+42/key"


def decoder(data: bytes) -> None:
    """A frame of the service becomes an event that can be written again, or is refused."""
    with contextlib.suppress(DecodeError):
        decode_event(data).to_dict()


def settings(data: bytes) -> None:
    """A settings file of a stranger is read, or refused."""
    with _file(data, "mate.yaml") as place, contextlib.suppress(ConfigError):
        load_config(place)


def cassettes(data: bytes) -> None:
    """A tape of a stranger is read, or refused."""
    with _file(data, "tape.jsonl") as place, contextlib.suppress(CassetteError):
        load_cassette(place)


def dates(data: bytes) -> None:
    """A date of a header is one, or none; a wait is never negative."""
    text = data.decode("latin-1")
    read_http_date(text)
    wait = read_retry_after(text, _NOW)
    assert wait is None or wait >= 0


def secrets(data: bytes) -> None:
    """What is quoted is short and without the key; what is recorded is without it, too."""
    around = data.decode("utf-8", "replace")
    quoted = redact(f"{around} {_KEY} {around}", [Secret(_KEY)])
    assert _KEY not in quoted
    assert len(quoted.encode()) <= QUOTE_LIMIT
    assert _KEY not in Redactor([_KEY]).text(f"{around} {_KEY} {around}")


@contextlib.contextmanager
def _file(data: bytes, name: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / name
        place.write_bytes(data)
        yield place


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target for target in (decoder, settings, cassettes, dates, secrets)
}


def corpus(target: str) -> list[Path]:
    """The kept inputs of a target: where to begin from, and what once failed."""
    return sorted((CORPUS / target).iterdir())
