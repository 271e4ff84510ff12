"""The log carries ids, codes and numbers, and nothing that anybody said."""

import io
import logging
from uuid import uuid4

import pytest

from lantern.plumbing import logs


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
    duty = uuid4()
    logs.get("duties").warning("duty.claimed", duty=duty, late_seconds=3, result="Zebedee Canary", surname="Canary")
    (line,) = lines
    assert f"duty={duty}" in line
    assert "late_seconds=3" in line
    assert "result=(withheld)" in line
    assert "Canary" not in line


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
