"""The log carries ids, codes and numbers, and nothing that anybody said."""

import ast
import io
import logging
from uuid import uuid4

import pytest

from lantern.plumbing import logs
from tests.gates.source import python_files, tree


@pytest.fixture
def lines() -> list[str]:
    """What the log prints, line by line, while the test runs."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.OneLine())
    root = logging.getLogger()
    root.addHandler(handler)
    before = root.level
    root.setLevel(logging.INFO)

    class Lines(list[str]):
        def __iter__(self):
            return iter(stream.getvalue().splitlines())

    yield Lines()
    root.removeHandler(handler)
    root.setLevel(before)


def test_ids_and_numbers_are_shown_and_names_are_not(lines: list[str]) -> None:
    child = uuid4()
    logs.get("worker").warning("child.looked_at", child=child, late_seconds=3, state="Zebedee Canary", surname="Canary")
    (line,) = lines
    assert f"child={child}" in line
    assert "late_seconds=3" in line
    assert "state=(withheld)" in line
    assert "Canary" not in line


def logged_keys() -> set[str]:
    """Keywords of every `log.info(...)`, `log.warning(...)` and `log.error(...)` in lantern/."""
    calls = (node for path in python_files("lantern") for node in ast.walk(tree(path)) if isinstance(node, ast.Call))
    return {
        keyword.arg
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in ("info", "warning", "error")
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "log"
        for keyword in call.keywords
        if keyword.arg
    }


def test_every_key_that_is_logged_is_on_the_list_and_nothing_else_is() -> None:
    assert logged_keys() - {"problem"} == logs.KEYS


def test_a_failure_shows_where_and_not_what_it_said(lines: list[str]) -> None:
    try:
        raise ValueError("Zebedee Canary was last seen at the station")
    except ValueError as problem:
        logs.get("intake").error("message.failed", problem=problem)
    (line,) = lines
    assert "error=ValueError" in line
    assert "test_logs.py" in line
    assert "Canary" not in line


def test_a_library_keeps_its_template_and_loses_its_arguments(lines: list[str]) -> None:
    logging.getLogger("some.library").warning("Not found: %s", "/find/?name=Canary")
    logging.getLogger("some.library").warning("Canary was not found")
    first, second = lines
    assert "Not found: %s" in first
    assert "(message withheld)" in second
    assert "Canary" not in first + second
