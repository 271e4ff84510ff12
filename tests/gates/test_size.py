"""Files and functions stay short enough to read; the few that are longer may only shrink."""

import ast
import json
from pathlib import Path

from tests.gates.source import ROOT, python_files, tree

LONGEST_FILE = 300
LONGEST_FUNCTION = 30
RATCHET = Path(__file__).parent / "size_ratchet.json"


def _sizes() -> dict[str, int]:
    """What is longer than the ceiling: file, or file::function, with its lines."""
    found = {}
    for path in python_files("lantern", "tests", "bench"):
        name = str(path.relative_to(ROOT))
        lines = len(path.read_text().splitlines())
        if lines > LONGEST_FILE:
            found[name] = lines
        if name.startswith("lantern/"):
            found |= _functions(name, tree(path))
    return found


def _functions(name: str, module: ast.Module) -> dict[str, int]:
    found = {}
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
            lines = (node.end_lineno or 0) - first.lineno + 1
            if lines > LONGEST_FUNCTION:
                found[f"{name}::{node.name}"] = lines
    return found


def test_nothing_grows_past_the_ceiling() -> None:
    allowed = json.loads(RATCHET.read_text())
    grown = {name: lines for name, lines in _sizes().items() if lines > allowed.get(name, 0)}
    assert grown == {}, "make it shorter; tests/gates/size_ratchet.json only ever shrinks"


def test_the_ratchet_holds_nothing_that_became_shorter() -> None:
    allowed, sizes = json.loads(RATCHET.read_text()), _sizes()
    stale = {name: sizes.get(name, 0) for name, lines in allowed.items() if sizes.get(name, 0) < lines}
    assert stale == {}, "tighten tests/gates/size_ratchet.json to these"
