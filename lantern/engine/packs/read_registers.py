"""The registers around the rules: sources, timetables, conflicts and where every rule of the sources went."""

from __future__ import annotations

import re

from lantern.engine.clocks import WEEKDAYS
from lantern.engine.packs.nodes import Node, Problems, expect_keys
from lantern.engine.packs.words import Words
from lantern.engine.rules import Conflict, RegisteredRule, Source, Timetable

HOMES = (
    "duty", "authority", "classification", "contents", "definition", "timetable", "report", "term", "not_tracked",
)  # fmt: skip
_ANCHORED = re.compile(r"[1-9]\d? (week|year)s?")
PERIODS = ("month", "2 months", "quarter", "half-year", "year")


class RegisterReader:
    """Reads the side files of a pack."""

    def __init__(self, problems: Problems, words: Words) -> None:
        self.problems = problems
        self.words = words

    def sources(self, nodes: list[Node]) -> dict[str, Source]:
        found = {}
        optional = ("publisher", "edition", "seen", "note", "file_sha256", "address")
        for node in nodes:
            if expect_keys(node, ("key", "title"), optional, self.problems, "a source"):
                texts = {
                    name: self.words.text(node.get(name))
                    for name in ("key", "title", "publisher", "edition", "seen", "note")
                }
                found[texts["key"]] = Source(**texts)
        return found

    def timetables(self, nodes: list[Node]) -> dict[str, Timetable]:
        found = {}
        optional = ("weekday", "anchor", "day", "cite", "assumed", "covers", "says", "conflicts", "time", "hours")
        for node in nodes:
            if not expect_keys(node, ("id", "every"), optional, self.problems, "a timetable"):
                continue
            every, anchor = self.words.text(node.get("every")), self.words.date(node.get("anchor"))
            if not (every in PERIODS if anchor is None else _ANCHORED.fullmatch(every)):
                expected = ", ".join(PERIODS) + ", or with an anchor date a number of weeks or years"
                self.problems.say("bad_timetable", "a timetable needs a period", node, every, expected)
            found[self.words.text(node.get("id"))] = Timetable(
                self.words.text(node.get("id")),
                every,
                self.words.choice(node.get("weekday"), WEEKDAYS, "weekday"),
                anchor,
                self.words.choice(node.get("day"), ("last working day",), "day"),
                self.words.cites(node.get("cite")),
                self.words.text(node.get("assumed")),
                self.words.texts(node.get("covers")),
            )
        return found

    def conflicts(self, nodes: list[Node]) -> tuple[Conflict, ...]:
        found = []
        for node in nodes:
            if not expect_keys(
                node, ("id", "type", "says", "chosen", "why"), ("places", "touches"), self.problems, "a conflict"
            ):
                continue
            found.append(
                Conflict(
                    self.words.text(node.get("id")),
                    self.words.choice(node.get("type"), ("conflict", "undefined", "defect"), "type", "conflict"),
                    self.words.text(node.get("says")),
                    self.words.cites(node.get("places")),
                    self.words.text(node.get("chosen")),
                    self.words.text(node.get("why")),
                    self.words.texts(node.get("touches")),
                )
            )
        return tuple(found)

    def rules(self, node: Node | None) -> dict[str, RegisteredRule]:
        if node is None or not expect_keys(node, ("rules",), (), self.problems, "register.yaml"):
            return {}
        found: dict[str, RegisteredRule] = {}
        if not node.value["rules"].is_map:
            said = "register.yaml does not hold a mapping"
            self.problems.say("not_a_mapping", said, node.value["rules"], expected="id: {at, says, home}")
            return {}
        for id_, item in node.value["rules"].value.items():
            if not expect_keys(item, ("at", "says", "home"), ("why", "of", "source"), self.problems, f"the rule {id_}"):
                continue
            home = self.words.choice(item.get("home"), HOMES, "home")
            why = self.words.text(item.get("why"))
            if home == "not_tracked" and not why:
                self.problems.say(
                    "missing_reason", f"{id_} is not tracked without a reason", item, expected="a key `why`"
                )
            found[id_] = RegisteredRule(
                id_,
                self.words.text(item.get("at")),
                self.words.text(item.get("says")),
                home,
                why,
                self.words.text(item.get("of")),
                item.line,
            )
        return found
