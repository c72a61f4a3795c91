"""`wyse completion SHELL`: the script that a shell loads, as click makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.shell_completion import get_completion_class

if TYPE_CHECKING:
    from wyseos.mate.cli.invocation import Invocation

COMPLETE_VARIABLE = "_WYSE_COMPLETE"


def completion(invocation: Invocation, shell: str) -> None:
    """Print the script: `eval "$(wyse completion bash)"`."""
    script = get_completion_class(shell)
    assert script is not None  # noqa: S101 the table offers only shells that click knows
    program = click.get_current_context().find_root().command
    click.echo(script(program, {}, "wyse", COMPLETE_VARIABLE).source())
