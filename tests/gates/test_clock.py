"""Only plumbing/clock.py reads the clock; everybody else is told what time it is."""

import ast

from tests.gates.source import PACKAGE, python_files, tree, where

CLOCK = PACKAGE / "plumbing" / "clock.py"
READERS = {"now", "utcnow", "today", "localtime", "gmtime", "time", "time_ns", "monotonic", "perf_counter", "localdate"}
OWNERS = {"datetime", "date", "time", "timezone", "_datetime", "dt"}
FIELD_CLOCKS = {"auto_now", "auto_now_add"}


def _reads(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute) and node.attr in READERS:
        owner = node.value
        name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
        return name in OWNERS
    if isinstance(node, ast.ImportFrom) and node.module == "time":
        return True
    return isinstance(node, ast.keyword) and node.arg in FIELD_CLOCKS


def test_nobody_but_the_clock_reads_the_time() -> None:
    found = [
        where(path, getattr(node, "lineno", 0))
        for path in python_files("lantern")
        if path != CLOCK
        for node in ast.walk(tree(path))
        if _reads(node)
    ]
    assert found == []


def test_the_gate_sees_the_usual_ways_of_reading_it() -> None:
    for code in (
        "datetime.now(UTC)",
        "timezone.now()",
        "date.today()",
        "time.time()",
        "datetime.datetime.utcnow()",
        "from time import time",
        "DateTimeField(auto_now_add=True)",
    ):
        assert any(_reads(node) for node in ast.walk(ast.parse(code))), code
    assert not any(_reads(node) for node in ast.walk(ast.parse("clock.now()")))
