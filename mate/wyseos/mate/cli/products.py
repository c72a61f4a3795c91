"""Commands about products and their reports."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wyseos.mate.cli import transfers
from wyseos.mate.cli.output import write_record
from wyseos.mate.errors import AnalysisTimeoutError

if TYPE_CHECKING:
    from wyseos.generated.models import ProductReport
    from wyseos.mate.cli.invocation import Invocation

_POLL_SECONDS = 20.0
_EMULATED_POLL_SECONDS = 0.2


def analyze(
    invocation: Invocation, product: str, attach: tuple[Path, ...], report: Path | None, timeout: float, as_json: bool
) -> None:
    """Have a product analysed, and show the report."""
    from wyseos.mate.terminal.progress import status_line

    client = invocation.client
    attachments = transfers.upload(client, attach)
    interval = _EMULATED_POLL_SECONDS if invocation.emulated else _POLL_SECONDS
    with status_line(f"Analysing {product}") as told:
        try:
            found = client.product.create_and_wait(
                product,
                attachments,
                poll_interval=interval,
                max_attempts=sys.maxsize,  # the deadline ends it
                on_poll=lambda attempt, status: told(f"{status}, asked {attempt} times"),
                deadline=timeout or None,
            )
        except AnalysisTimeoutError as error:
            error.hint = f"It goes on: wyse product show {error.product_id}"
            raise
    _show(invocation, found, report, as_json)


def show(invocation: Invocation, product: str, report: Path | None, as_json: bool) -> None:
    """Show a product, and its report where there is one."""
    info = invocation.client.product.get_info(product)
    analysis = info.analysis_result
    if analysis is None or not analysis.report_id:
        write_record(info, as_json=as_json)
        return
    _show(invocation, invocation.client.product.get_report(analysis.report_id), report, as_json)


def _show(invocation: Invocation, found: ProductReport, report: Path | None, as_json: bool) -> None:
    if report is not None:
        from wyseos.mate.reports import product_report

        invocation.note(f"Report: {product_report(found).save(report)}")
    if not as_json and sys.stdout.isatty():
        _print_page(found)
        return
    write_record(found if as_json else _readable(found), as_json=as_json)


def _print_page(found: ProductReport) -> None:
    """Show the report as a page, as `--report` writes it."""
    from rich.markdown import Markdown

    from wyseos.mate.reports import product_report
    from wyseos.mate.terminal.screen import console_for
    from wyseos.mate.terminal.text import plain

    console_for(sys.stdout).print(Markdown(plain(product_report(found).to_markdown()), hyperlinks=False))


def _readable(found: ProductReport) -> dict[str, Any]:
    return {name: _words(value) for name, value in found.to_dict().items() if value}


def _words(value: Any) -> Any:
    is_list_of_words = isinstance(value, list) and all(isinstance(row, str) for row in value)
    return "; ".join(value) if is_list_of_words else value
