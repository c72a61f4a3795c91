"""Reports as a real headless browser draws them: light and dark, on a phone, with their filters and their gallery."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mate.reports.test_batch import ended
from tests.support.browser import CHROMIUM, Browser, browser
from wyseos.mate import Client
from wyseos.mate.emulator import Emulator
from wyseos.mate.reports import batch_report, product_report, session_report

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed")

BACKGROUND = "getComputedStyle(document.body).backgroundColor"
SHOWN_ROWS = "[...document.querySelectorAll('.row')].filter(row => getComputedStyle(row).display != 'none').length"


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("browser")) as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A page of each kind."""
    folder = tmp_path_factory.mktemp("pages")
    with Emulator(speed=0) as emulator, Client(base_url=emulator.base_url, api_key=emulator.api_key) as client:
        done = client.run("Compare lanterns", confirm="approve")
        marketing = client.run("Promote lanterns", task_mode="marketing", confirm="approve")
        product = client.product.create_and_wait("Lantern", poll_interval=0)
        found = {
            "session": session_report(client, done.session_id),
            "marketing": session_report(client, marketing.session_id),
            "product": product_report(product),
            "batch": batch_report([("lantern", done), ("a" * 80, ended(False, error="no credits"))]),
        }
    return {name: page.save(folder / f"{name}.html") for name, page in found.items()}


@pytest.mark.parametrize("kind", ["session", "marketing", "product", "batch"])
@pytest.mark.parametrize("width", [360, 1200])
def test_a_page_fits_phone_and_desk_and_breaks_none_of_its_own_rules(
    tab: Browser, pages: dict[str, Path], kind: str, width: int
) -> None:
    tab.open(pages[kind], width=width)
    assert tab.evaluate("document.documentElement.scrollWidth") == width
    assert tab.evaluate("document.querySelector('h1').offsetHeight") > 0
    assert tab.complaints == []


def test_a_page_follows_the_systems_light_and_dark(tab: Browser, pages: dict[str, Path]) -> None:
    tab.open(pages["session"])
    light = tab.evaluate(BACKGROUND)
    tab.open(pages["session"], dark=True)
    assert (light, tab.evaluate(BACKGROUND)) == ("rgb(251, 251, 249)", "rgb(20, 23, 28)")


def test_a_filter_hides_its_lines_and_shows_them_again(tab: Browser, pages: dict[str, Path]) -> None:
    tab.open(pages["session"])
    every = tab.evaluate(SHOWN_ROWS)
    told = int(tab.evaluate("document.querySelector('label:has(#f4) .soft').textContent"))
    tab.evaluate("document.querySelector('#f4').click()")
    assert tab.evaluate(SHOWN_ROWS) == every - told
    tab.evaluate("document.querySelector('#f4').click()")
    assert tab.evaluate(SHOWN_ROWS) == every


def test_a_screenshot_is_enlarged_by_a_click_and_put_back_by_another(tab: Browser, pages: dict[str, Path]) -> None:
    tab.open(pages["session"])
    wide = "document.querySelector('#shot1 img').getBoundingClientRect().width"
    small = tab.evaluate(wide)
    tab.evaluate("document.querySelector('#shot1 a').click()")
    assert tab.evaluate(wide) > small
    tab.evaluate("document.querySelector('#shot1 .close').click()")
    assert tab.evaluate(wide) == small


def test_a_batch_can_show_only_what_is_not_done(tab: Browser, pages: dict[str, Path]) -> None:
    tab.open(pages["batch"])
    rows = "[...document.querySelectorAll('tbody tr')].filter(row => row.offsetHeight > 0).length"
    tab.evaluate("document.querySelector('#undone').click()")
    assert tab.evaluate(rows) == 1
