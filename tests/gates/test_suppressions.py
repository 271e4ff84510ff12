"""Whoever silences a tool says which message and why."""

import io
import re
import tokenize
from pathlib import Path

from tests.gates.source import python_files, where

SILENCES = re.compile(r"#\s*(noqa|type:\s*ignore|pragma|ruff:|mypy:|isort:)")
CODES = r"noqa: [A-Z]+[0-9]+(, [A-Z]+[0-9]+)*|type: ignore\[[a-z-]+(, ?[a-z-]+)*\]"
WITH_REASON = re.compile(rf"#\s*({CODES})\s+(# |- )?\w")


def _unexplained(text: str) -> list[int]:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return [
        token.start[0]
        for token in tokens
        if token.type == tokenize.COMMENT and SILENCES.search(token.string) and not WITH_REASON.search(token.string)
    ]


def test_every_suppression_has_a_code_and_a_reason() -> None:
    found = [where(path, line) for path in _files() for line in _unexplained(path.read_text())]
    assert found == []


def _files() -> list[Path]:
    return [path for path in python_files("lantern", "tests", "bench", "docs") if path.name != Path(__file__).name]


def test_the_gate_tells_a_reason_from_none() -> None:
    assert _unexplained("x = 1  # noqa\n") == [1]
    assert _unexplained("x = 1  # noqa: S603\n") == [1]
    assert _unexplained("x = 1  # type: ignore\n") == [1]
    assert _unexplained("x = 1  # noqa: S603  the list is ours\n") == []
