"""The guidance's own checklist, answered from what a local protocol states: yes, in part, no or silent, and where."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lantern.engine.explain import of_cite
from lantern.engine.protocols.concepts import Concept
from lantern.engine.protocols.conform import cites_of, own_rules
from lantern.engine.protocols.journey import CONCEPTS
from lantern.engine.protocols.statements import entry_cites, statements
from lantern.engine.rules import Cite, Duty, Pack

YES, PARTLY, NO, SILENT = "yes", "in part", "no", "silent"
_PARAGRAPHS = re.compile(r"paras? ([\d, \-]+)")
_SHARED_BY = 2  # a paragraph behind more questions than this is about the protocol as a whole


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that stands behind a question: a duty, a definition, a class, a decision or a named role."""

    kind: str
    name: str
    cites: tuple[str, ...] = ()  # where the local protocol states it
    by: tuple[str, ...] = ()  # other rules of the local protocol that answer it
    withdrawn: bool = False

    @property
    def said(self) -> str:
        words = self.name if self.kind == "duty" else f"{self.kind} {self.name}"
        return f"{words}, by {' and '.join(self.by)}" if self.by else words


@dataclass(frozen=True, slots=True)
class Answer:
    """One question of the guidance's checklist, answered from what the local protocol states."""

    question: str
    paragraphs: tuple[int, ...]
    stated: tuple[Point, ...]
    left: tuple[Point, ...]

    @property
    def verdict(self) -> str:
        """Whether the local protocol itself states all, some or none of what the guidance asks about."""
        if self.stated:
            return PARTLY if self.left or any(point.by for point in self.stated) else YES
        return NO if any(point.withdrawn for point in self.left) else SILENT

    @property
    def cites(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(cite for point in self.stated for cite in point.cites))

    def as_json(self) -> dict[str, Any]:
        return {
            "question": self.question, "paragraphs": list(self.paragraphs), "verdict": self.verdict,
            "stated": [point.said for point in self.stated], "left_to_guidance": [point.said for point in self.left],
            "cites": list(self.cites),
        }  # fmt: skip


def checklist(local: Pack, guidance: Pack) -> list[Answer]:
    """The guidance's own questions (its duties that hold a checklist), each with what stands behind its paragraphs."""
    questions = [
        str(question)
        for duty in guidance.duties
        if "checklist" in str(duty.contains.get("form", "")).lower()
        for question in duty.contains.get("questions", ())
    ]
    shared = Counter(number for question in questions for number in paragraphs(question))
    return [_answer(question, local, guidance, shared) for question in questions]


def paragraphs(words: str) -> frozenset[int]:
    """Paragraph numbers named in a citation: `paras 16, 20, 23-27` gives 16, 20, 23 … 27."""
    found: set[int] = set()
    for group in _PARAGRAPHS.findall(words):
        for part in group.split(","):
            first, _, last = part.strip(" -").partition("-")
            if first.isdigit():
                found.update(range(int(first), int(last if last.isdigit() else first) + 1))
    return frozenset(found)


def _answer(question: str, local: Pack, guidance: Pack, shared: Counter[int]) -> Answer:
    named = paragraphs(question)
    wanted = frozenset(number for number in named if shared[number] <= _SHARED_BY) or named
    points = list(dict.fromkeys(_points(local, guidance, wanted)))
    words = _PARAGRAPHS.sub("", question).replace("()", "").strip()
    stated, left = (tuple(point for point in points if bool(point.cites) is told) for told in (True, False))
    return Answer(words, tuple(sorted(named)), stated, left)


def _points(local: Pack, guidance: Pack, wanted: frozenset[int]) -> Iterator[Point]:
    """What the guidance states in those paragraphs, each with where the local protocol states it itself."""
    for duty in guidance.duties:
        if _behind(duty.cites, wanted):
            yield _duty(local, guidance, duty)
    for entry in guidance.definitions:
        if any(wanted & paragraphs(place) for place in entry_cites(guidance, entry.get("cite"))):
            yield Point("definition", str(entry["word"]), _defined(local, str(entry["word"])))
    for rule in guidance.classification:
        if _behind(rule.cites, wanted):
            places = (cite for one in local.classification if one.category == rule.category for cite in one.cites)
            yield Point("category", rule.category.replace("_", " "), _places(local, places))
    for decision in guidance.authority:
        if _behind(decision.cites, wanted):
            yield Point("decision", decision.id.replace("_", " "), _decided(local, guidance, decision.decision.types()))


def _duty(local: Pack, guidance: Pack, duty: Duty) -> Point:
    """A duty of the guidance, with the local rules of that name or, failing them, others that answer it."""
    own = own_rules(local, duty.duty)
    if own:
        return Point("duty", duty.duty, cites_of(local, own))
    withdrawn = any(item.get("duty") == duty.duty for item in local.withdraws)
    said = [
        one for concept in CONCEPTS if _answers(concept, guidance, duty) for one in statements(local, concept.parts)
    ]
    others = [one for one in said if not one.inherited]
    places = dict.fromkeys(cite for one in others for cite in one.cites)
    return Point("duty", duty.duty, tuple(places), tuple(dict.fromkeys(one.rule for one in others)), withdrawn)


def _answers(concept: Concept, guidance: Pack, duty: Duty) -> bool:
    return concept.answers and any(one.rule == duty.name for one in statements(guidance, concept.parts))


def _behind(cites: Iterable[Cite], wanted: frozenset[int]) -> bool:
    return any(wanted & paragraphs(cite.at) for cite in cites)


def _places(pack: Pack, cites: Iterable[Cite]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(of_cite(pack, cite) for cite in cites))


def _defined(local: Pack, word: str) -> tuple[str, ...]:
    """The local definition of the word, whatever is said beside it in brackets."""
    plain = word.partition(" (")[0]
    found = (entry for entry in local.definitions if str(entry["word"]).partition(" (")[0] == plain)
    return tuple(place for entry in found for place in entry_cites(local, entry.get("cite")))


def _decided(local: Pack, guidance: Pack, types: frozenset[str]) -> tuple[str, ...]:
    """Who decides in the local protocol's own words; what it took over from its base is not its own."""
    taken = {(rule.id, rule.cites) for rule in guidance.authority}
    rules = (rule for rule in local.authority if rule.decision.types() & types and (rule.id, rule.cites) not in taken)
    return _places(local, (cite for rule in rules for cite in rule.cites))
