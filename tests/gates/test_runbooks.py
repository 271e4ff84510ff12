"""Every operational alert has a runbook: each warning or error code that the log prints is answered by a page."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUNBOOKS = ROOT / "docs" / "runbooks"
PAGES = sorted(path for path in RUNBOOKS.glob("*.md") if path.name != "README.md")
CHAPTERS = ("## What it means", "## What to do", "## How you know it is over")


def codes_in_the_code() -> set[str]:
    """First arguments of `log.warning(...)` and `log.error(...)` anywhere in lantern/."""
    return {code for path in (ROOT / "lantern").rglob("*.py") for code in codes_of(path.read_text())}


def codes_of(source: str) -> set[str]:
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in ("warning", "error")
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "log"
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }


def answered(page: Path) -> set[str]:
    """The codes of a page's line `Alerts:`."""
    found = re.search(r"^Alerts: (.+)$", page.read_text(), re.MULTILINE)
    return set(re.findall(r"`([^`]+)`", found[1])) if found else set()


def test_codes_are_found_in_source():
    assert codes_of('log.error("a.b", child=1)\nlog.info("c.d")\nlog.warning("e.f")') == {"a.b", "e.f"}


def test_every_alert_has_exactly_one_runbook_and_every_runbook_answers_real_ones():
    pages = [code for page in PAGES for code in answered(page)]
    assert sorted(pages) == sorted(codes_in_the_code())


def test_pages_that_the_code_names_are_there():
    named = {
        name
        for path in (ROOT / "lantern").rglob("*.py")
        for name in re.findall(r"docs/runbooks/([a-z-]+\.md)", path.read_text())
    }
    assert named <= {page.name for page in PAGES}
    assert "worker-silent.md" in named


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_runbook_says_what_it_means_what_to_do_and_when_it_is_over(page: Path):
    text = page.read_text()
    assert [text.count(chapter) for chapter in CHAPTERS] == [1, 1, 1]
    assert f"({page.name})" in (RUNBOOKS / "README.md").read_text()
