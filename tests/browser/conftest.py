"""A real Chromium before a real server, with the database of the test run."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """Where the machine's browser is."""
    named = os.environ.get("LANTERN_CHROMIUM")
    return next((found for name in filter(None, (named, *NAMES)) if (found := shutil.which(name))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of this folder carry the mark, and are reported by name as not run where there is no browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if chromium() is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine: see scripts/browser"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for the run."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), headless=True, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def house(transactional_db: None, live_server: Any, browser: Any) -> Iterator[Any]:
    """A child is missing and graded high; it is three o'clock."""
    import time_machine

    from tests.browser.house import build
    from tests.pages.scene import NOW

    built = build(live_server.url, browser, reported=True)
    with time_machine.travel(NOW):
        yield built


@pytest.fixture
def quiet_house(transactional_db: None, live_server: Any, browser: Any) -> Iterator[Any]:
    """Nobody has been reported yet."""
    import time_machine

    from tests.browser.house import build
    from tests.pages.scene import NOW

    built = build(live_server.url, browser, reported=False)
    with time_machine.travel(NOW):
        yield built
