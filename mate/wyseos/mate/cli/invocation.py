"""One run of a command: its client, its output, and what has to be closed after it."""

from __future__ import annotations

import contextlib
import sys
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

import click

if TYPE_CHECKING:
    from wyseos.mate.client import Client
    from wyseos.mate.config import ClientOptions


class Invocation:
    """What a command is given besides its own parameters.

    Args:
        config: a settings file, instead of the one that is found.
        emulated: whether the service is the embedded emulator.
        scenario: what the emulator's agents do.
    """

    def __init__(self, config: Path | None = None, emulated: bool = False, scenario: str | None = None) -> None:
        self.config = config
        self.emulated = emulated or scenario is not None
        self._scenario = scenario
        self._stack = contextlib.ExitStack()
        self.answered_at: datetime | None = None
        """When the service answered last, by its own clock; None where it told no time."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @cached_property
    def options(self) -> ClientOptions:
        """The settings: those of the environment and the settings file, or the emulator's."""
        from wyseos.mate.config import load_config, options_apart

        if not self.emulated:
            return load_config(str(self.config) if self.config else None)
        from wyseos.mate.emulator import Emulator, ScenarioError

        try:
            served = self._stack.enter_context(Emulator(self._scenario))
        except ScenarioError as error:
            raise click.BadParameter(str(error), param_hint="'--scenario'") from None
        return options_apart(served.base_url, served.api_key)

    @cached_property
    def client(self) -> Client:
        """The client, made when it is first asked for."""
        from wyseos.mate.client import Client
        from wyseos.mate.errors import ConfigError
        from wyseos.mate.settings.table import CREDENTIALS

        if all(self.options.kept(name) is None for name in CREDENTIALS):
            raise ConfigError(
                "No credential is set: run `wyse config init`, set WYSEOS_API_KEY, or write api_key into mate.yaml.",
                field="api_key",
            )
        return self._stack.enter_context(Client(self.options))

    @staticmethod
    def note(text: str) -> None:
        """Tell the person something beside the output, on standard error."""
        from wyseos.mate.terminal.text import plain

        print(plain(text), file=sys.stderr, flush=True)
