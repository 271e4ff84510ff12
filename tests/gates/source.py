"""The source files that the gates read."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "lantern"


def python_files(*folders: str) -> Iterator[Path]:
    """Python files under the folders of the repository, without migrations."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


@cache
def tree(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text(), str(path))


def where(path: Path, line: int) -> str:
    """Place in a file, as an editor wants it."""
    return f"{path.relative_to(ROOT)}:{line}"


def docstrings(module: ast.Module) -> set[int]:
    """Ids of the nodes that are docstrings or bare strings beside a constant."""
    return {
        id(node.value)
        for node in ast.walk(module)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
