"""What was wrong with a pack or a log, as data: code, place, what was said, what was expected, a hint.

EngineError
├── BadPack    a pack that cannot be used
├── BadLog     a log that cannot be answered
└── UnknownName   a pack, edition or duty that is not there
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong.  `line` counts from 1; `file` is the path as the user gave it."""

    code: str
    message: str
    file: str = ""
    line: int | None = None
    said: str = ""
    expected: str = ""
    hint: str = ""
    event: str = ""
    cite: str = ""

    def as_json(self) -> dict[str, Any]:
        """Only what is known, so that a reader sees no empty boxes."""
        return {key: value for key, value in asdict(self).items() if value not in ("", None)}

    def in_one_line(self) -> str:
        place = f"{self.file}:{self.line}: " if self.line else f"{self.file}: " if self.file else ""
        tail = f" (said: {self.said})" if self.said else ""
        tail += f"; expected {self.expected}" if self.expected else ""
        tail += f". {self.hint}" if self.hint else ""
        return _printable(f"{place}{self.code}: {self.message}{tail}")


def _printable(line: str) -> str:
    """What was said may hold anything; a line of a report is one line and nothing that a terminal obeys."""
    return line if line.isprintable() else "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in line)


class EngineError(Exception):
    """Base of what the engine raises; carries problems, and words only in `__str__`."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__()

    def __str__(self) -> str:
        return "\n".join(problem.in_one_line() for problem in self.problems)


class BadPack(EngineError):
    """The pack has problems; none of it is used."""


class BadLog(EngineError):
    """The log has problems; no part of it is answered."""


class UnknownName(EngineError):
    """There is no pack, edition or duty of that name."""
