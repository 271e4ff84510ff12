"""Running the scenarios that stand beside a pack: a story in short lines, and what is owed at several moments.

A story line is `2026-03-02 16:00 report_received received_by=police by=foster_carer`: a London time, an event,
and values.  `told=` gives the moment of recording, `ep=` and `child=` another episode or child.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from lantern.engine.evaluate import evaluate
from lantern.engine.instants import LONDON, london
from lantern.engine.log import Log
from lantern.engine.packs.nodes import Node, Problems, expect_keys, read_file, read_value
from lantern.engine.problems import BadLog, Problem
from lantern.engine.results import DutyResult, Evaluation
from lantern.engine.rules import Pack

_SHORT = {"by": "by_role", "ep": "episode"}
_SCENARIO = ("name", "story", "expect")
_OPTIONAL = ("agreed_by", "child", "children", "cite", "says", "known_at", "with_pack")
_EXPECT = ("duties", "not", "category", "risk", "problems", "words", "state", "known_at")
PROFILE_LEAD = timedelta(days=30)


@dataclass(slots=True)
class Outcome:
    """What one scenario gave: nothing in `failures` is a pass."""

    name: str
    agreed_by: str
    file: str
    line: int
    failures: list[Problem] = field(default_factory=list)


def run_scenarios(pack: Pack, folder: Path, shown_as: str) -> list[Outcome]:
    """Every scenario of the folder's `scenarios/`, run against the pack."""
    outcomes = []
    for path in sorted((folder / "scenarios").glob("*.yaml")):
        problems = Problems()
        shown = f"{shown_as}/scenarios/{path.name}"
        node = read_file(path, shown, problems)
        if node is not None and expect_keys(node, ("scenarios",), (), problems, path.name):
            outcomes += [_Runner(pack, item).run() for item in node.value["scenarios"]]
        if problems:
            outcomes.append(Outcome(path.name, "", shown, 1, problems))
    return outcomes


class _Runner:
    """One scenario."""

    def __init__(self, pack: Pack, node: Node) -> None:
        self.pack = pack
        self.node = node
        self.problems = Problems()
        self.outcome = Outcome("", "", node.file, node.line, self.problems)

    def run(self) -> Outcome:
        node = self.node
        if not expect_keys(node, _SCENARIO, _OPTIONAL, self.problems, "a scenario"):
            return self.outcome
        self.outcome.name = str(node.value["name"].value)
        self.outcome.agreed_by = str(node.value["agreed_by"].plain()) if node.get("agreed_by") else "author"
        try:
            log = Log.of(list(self._lines()), source=f"{node.file}:{node.line}")
        except (BadLog, ValueError) as error:
            self.problems.say("bad_story", str(error).splitlines()[0], node)
            return self.outcome
        for expected in node.value["expect"]:
            if expect_keys(expected, ("at",), _EXPECT, self.problems, "an expectation"):
                self._check(expected, log)
        return self.outcome

    def _lines(self) -> Iterator[dict[str, Any]]:
        story = [_story_line(str(item.value)) for item in self.node.value["story"]]
        first = min(line["occurred_at"] for line in story)
        children, only = self.node.get("children"), self.node.get("child")
        profiles = children.plain() if children else {"C1": only.plain() if only else {}}
        for child, facts in profiles.items():
            if facts:
                at = first - PROFILE_LEAD
                yield {
                    "event": "profile_recorded",
                    "id": f"profile-{child}",
                    "child": child,
                    "occurred_at": at,
                    "recorded_at": at,
                    **facts,
                }
        for number, line in enumerate(story, start=1):
            yield {"id": f"e{number}", **line}

    def _check(self, expected: Node, log: Log) -> None:
        at = _london(str(expected.value["at"].value))
        known = expected.get("known_at")
        evaluation = evaluate([self.pack], log, at, _london(str(known.value)) if known else None)
        for name, wanted in (expected.value["duties"].value if expected.get("duties") else {}).items():
            if name == "not":
                self._check_absent(wanted, evaluation)
            else:
                self._check_duty(name, wanted, evaluation)
        if expected.get("not"):
            self._check_absent(expected.value["not"], evaluation)
        self._check_episode(expected, evaluation)

    def _check_absent(self, names: Node, evaluation: Evaluation) -> None:
        for item in names:
            found = _named(evaluation, str(item.value))
            if found:
                self.problems.say(
                    "not_expected",
                    f"{item.value} has arisen: {found[0].state}",
                    item,
                    expected="that it has not arisen",
                )

    def _check_duty(self, name: str, wanted: Node, evaluation: Evaluation) -> None:
        found = _named(evaluation, name)
        if not found:
            self.problems.say("not_arisen", f"{name} has not arisen", wanted, expected=str(wanted.plain()))
            return
        wants = wanted.plain() if wanted.is_map else {"state": wanted.value}
        for key, value in wants.items():
            given = [_shown(result, key) for result in found]
            if str(value) not in given:
                self.problems.say("otherwise", f"{name}: {key} is {' / '.join(given)}", wanted, expected=str(value))

    def _check_episode(self, expected: Node, evaluation: Evaluation) -> None:
        for key in ("category", "risk", "state"):
            node = expected.get(key)
            if node is None:
                continue
            episode = evaluation.episodes[-1]
            given: Any = {
                "category": episode.category,
                "risk": episode.risk and episode.risk["level"],
                "state": episode.state,
            }[key]
            wanted = node.plain()
            same = all(given[side] == value for side, value in wanted.items()) if key == "category" else given == wanted
            if not same:
                self.problems.say("otherwise", f"{key} is {given}", node, expected=str(wanted))
        codes = [problem.code for problem in evaluation.problems]
        for item in expected.get("problems") or ():
            if item.value not in codes:
                self.problems.say("otherwise", f"problems are {codes}", item, expected=str(item.value))
        words = expected.get("words")
        if words is not None and not any(words.value in duty.in_words for duty in evaluation.duties):
            self.problems.say("otherwise", "no duty is worded so", words, expected=str(words.value))


_VALUE = re.compile(
    r"""([a-z0-9_]+)=(\{.*?\}(?=\s|$)|\[.*?\](?=\s|$)|"[^"]*"|'[^']*'"""
    r"""|\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?|\S*)(?:\s+|$)"""
)


def _story_line(words: str) -> dict[str, Any]:
    day, clock, event, *rest = words.split(None, 3)
    at = _london(f"{day} {clock}")
    line: dict[str, Any] = {"event": event, "child": "C1", "episode": "E1", "occurred_at": at, "recorded_at": at}
    tail = rest[0] if rest else ""
    if _VALUE.sub("", tail).strip():
        raise ValueError(f"a story line has something that is not key=value: {_VALUE.sub('', tail).strip()}")
    for key, value in _VALUE.findall(tail):
        if key == "told":
            line["recorded_at"] = _london(value)
        elif key.endswith("_at"):
            line[key] = _london(value).isoformat()
        else:
            line[_SHORT.get(key, key)] = _value(value) if value else ""
    if event == "profile_recorded":
        line.pop("episode")
    return line


def _value(words: str) -> Any:
    """What stands behind a `=`, as in the files of a pack. Raises ValueError where that is nothing they can hold."""
    problems = Problems()
    node = read_value(words, "a story line", problems)
    if problems:
        raise ValueError(problems[0].message)
    return node.plain() if node is not None else None


def _london(words: str) -> datetime:
    """`2026-03-02 16:00` (seconds may follow) as a London time; an instant with an offset as it is."""
    moment = datetime.fromisoformat(words.replace(" ", "T", 1))
    return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)


def _named(evaluation: Evaluation, name: str) -> list[DutyResult]:
    """Duties by `name#variant@owner/instance:episode`, each part after the name optional."""
    name, _, episode = name.partition(":")
    name, _, number = name.partition("/")
    name, _, owner = name.partition("@")
    name, _, variant = name.partition("#")
    return [
        duty
        for duty in evaluation.duties
        if duty.duty == name
        and (not variant or duty.variant == variant)
        and (not owner or duty.owed_by == owner)
        and (not number or str(duty.instance) == number)
        and (not episode or duty.episode == episode)
    ]


def _shown(result: DutyResult, key: str) -> str:
    instants = {"due": result.due, "arose": result.arose, "met": result.met}
    if key in instants:
        instant = instants[key]
        if instant is None:
            return "None"
        local = london(instant)
        return f"{local:%Y-%m-%d %H:%M}" + (f":{local.second:02}" if local.second else "")
    return str(
        {"state": result.state, "owed_by": result.owed_by, "strength": result.strength, "cites": len(result.cites)}.get(
            key, ""
        )
    )
