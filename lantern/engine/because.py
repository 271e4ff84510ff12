"""The shape of a reason.  No sentences here: `wording` makes them from these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

NO, YES, CANNOT_TELL = 0, 1, 2  # plain integers: conditions are evaluated millions of times in a replay
VERDICT_WORDS = ("no", "yes", "cannot tell")


@dataclass(slots=True)  # not frozen: a replay that says why makes several for each duty
class Because:
    """One clause, its verdict, the ids of the events it rests on, the facts it lacked, and its parts."""

    clause: str
    verdict: int
    events: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    parts: tuple[Because, ...] = ()

    def as_json(self) -> dict[str, Any]:
        tree: dict[str, Any] = {"clause": self.clause, "verdict": VERDICT_WORDS[self.verdict]}
        if self.events:
            tree["events"] = list(self.events)
        if self.missing:
            tree["missing"] = list(self.missing)
        if self.parts:
            tree["parts"] = [part.as_json() for part in self.parts]
        return tree

    def all_missing(self) -> list[str]:
        """Every fact that was lacking, each once, in the order met."""
        found = dict.fromkeys(self.missing)
        for part in self.parts:
            if part.verdict == CANNOT_TELL:
                found.update(dict.fromkeys(part.all_missing()))
        return list(found)
