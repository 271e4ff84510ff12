"""A deadline is a number only in packs/: no code knows how many hours or days anybody has."""

import ast
import re

from tests.gates.source import PACKAGE, docstrings, python_files, tree, where

UNITS = {"hours", "days", "weeks", "minutes"}
# "within 72 hours" in a text that people read would say a rule that the pack may say otherwise
IN_WORDS = re.compile(r"\b\d+[ -](working[ -])?(hour|day|week|month)s?\b")
IN_SQL = re.compile(r"interval\s+'\d+", re.IGNORECASE)


def _number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float) and node.value not in (0, 1)


def _rules(module: ast.Module, *, words: bool = True) -> list[int]:
    named = {id(part) for node in module.body if _is_named_constant(node) for part in ast.walk(node)}
    texts = docstrings(module)
    lines = []
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and id(node) not in named:
            lines += [node.lineno for word in node.keywords if word.arg in UNITS and _number(word.value)]
        elif words and isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in texts:
            lines += [node.lineno for pattern in (IN_WORDS, IN_SQL) if pattern.search(node.value)]
    return lines


def _is_named_constant(node: ast.stmt) -> bool:
    """A technical interval has an upper-case name at the top of its file (and, by habit, a reason beside it)."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    names = [part for target in targets for part in (target.elts if isinstance(target, ast.Tuple) else [target])]
    return bool(names) and all(isinstance(name, ast.Name) and name.id.isupper() for name in names)


def test_no_code_knows_a_deadline() -> None:
    # the engine's own texts teach the language of the packs, with examples
    found = [
        where(path, line)
        for path in python_files("lantern")
        for line in _rules(tree(path), words="engine" not in path.parts)
    ]
    assert found == []


def test_no_page_tells_a_deadline_of_its_own() -> None:
    found = []
    for folder in ("pages", "ui"):
        for path in sorted((PACKAGE / folder).rglob("*.html")):
            for number, line in enumerate(path.read_text().splitlines(), 1):
                if IN_WORDS.search(line):
                    found.append(where(path, number))
    assert found == []


def test_the_gate_sees_a_deadline() -> None:
    for code in (
        "timedelta(hours=72)",
        "now + timedelta(days=3)",
        "x = 'within 72 hours'",
        "x = \"interval '3 days'\"",
    ):
        assert _rules(ast.parse(code)), code
    for code in ("PAUSE = timedelta(hours=2)", "timedelta(days=1)", "def f():\n    'within 72 hours'"):
        assert not _rules(ast.parse(code)), code
