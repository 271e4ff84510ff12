"""Where a local protocol is weaker than, silent beside, or stricter than the guidance it stands on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lantern.engine.explain import of_case, of_cite
from lantern.engine.protocols.compare import rules_of
from lantern.engine.protocols.measure import STRENGTHS, Strictness, of_duties
from lantern.engine.rules import Duty, Pack

WEAKER, SILENT, SAME, STRICTER, OTHERWISE = "weaker", "silent", "as strict", "stricter", "otherwise"
_PARAGRAPHS = re.compile(r"paras? ([\d, \-]+)")


@dataclass(frozen=True, slots=True)
class Finding:
    """One duty of the guidance and how the local protocol stands to it."""

    duty: str
    verdict: str
    why: str
    guidance: str
    local: str
    cites: tuple[str, ...]
    local_cites: tuple[str, ...] = ()
    departs_from: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "duty": self.duty, "verdict": self.verdict, "why": self.why, "guidance": self.guidance,
            "local": self.local, "cites": list(self.cites), "local_cites": list(self.local_cites),
            "departs_from": self.departs_from,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """One question of the guidance's own checklist, answered from what the local protocol states."""

    question: str
    paragraphs: tuple[int, ...]
    stated: tuple[str, ...]
    inherited: tuple[str, ...]

    @property
    def verdict(self) -> str:
        """`answered`, `only by the guidance`, or `cannot tell`: no rule of the guidance stands behind the question."""
        if self.stated:
            return "answered" if not self.inherited else "answered in part"
        return "only by the guidance" if self.inherited else "cannot tell"

    def as_json(self) -> dict[str, Any]:
        return {
            "question": self.question, "paragraphs": list(self.paragraphs), "verdict": self.verdict,
            "stated": list(self.stated), "inherited": list(self.inherited),
        }  # fmt: skip


def conform(local: Pack, guidance: Pack) -> list[Finding]:
    """Every duty of the guidance, in its order."""
    names = dict.fromkeys(duty.duty for duty in guidance.duties)
    return [_finding(name, local, guidance) for name in names]


def own_rules(pack: Pack, name: str) -> list[Duty]:
    """Rules of that name that the pack itself states, not those it takes from its base."""
    return [duty for duty in rules_of(pack, name) if duty.origin == pack.key]


def _finding(name: str, local: Pack, guidance: Pack) -> Finding:
    theirs, ours = rules_of(guidance, name), own_rules(local, name)
    cites = tuple(dict.fromkeys(of_cite(guidance, cite) for duty in theirs for cite in duty.cites))
    words = _words(guidance, theirs)
    if not ours:
        withdrawn = any(item.get("duty") == name for item in local.withdraws)
        why = "withdrawn by the local protocol" if withdrawn else "the local protocol leaves it to the guidance"
        return Finding(name, WEAKER if withdrawn else SILENT, why, words, "", cites)
    verdict, why = _verdict(of_duties(theirs), of_duties(ours))
    local_cites = tuple(dict.fromkeys(of_cite(local, cite) for duty in ours for cite in duty.cites))
    departs = next((str(duty.departs_from) for duty in ours if duty.departs_from), "")
    return Finding(name, verdict, why, words, _words(local, ours), cites, local_cites, departs)


def _words(pack: Pack, rules: list[Duty]) -> str:
    said = []
    for duty in rules:
        due = " or ".join(of_case(case) for case in duty.due) or "no time stated"
        strength = "considers" if duty.consider else duty.strength
        said.append(f"{pack.role_name(duty.owed_by)} {strength}: {due}")
    return "; ".join(dict.fromkeys(said))


def _verdict(guidance: Strictness, local: Strictness) -> tuple[str, str]:
    weaker, stricter = [], []
    if local.strength < guidance.strength:
        weaker.append(f"{STRENGTHS[local.strength]} where the guidance says {STRENGTHS[guidance.strength]}")
    elif local.strength > guidance.strength:
        stricter.append(f"{STRENGTHS[local.strength]} where the guidance says {STRENGTHS[guidance.strength]}")
    _hold_times(guidance.longest, local.longest, weaker, stricter)
    if weaker and stricter:
        return OTHERWISE, "; ".join([*weaker, *stricter])
    if weaker:
        return WEAKER, "; ".join(weaker)
    return (STRICTER, "; ".join(stricter)) if stricter else (SAME, "the same strength and time")


def _hold_times(guidance: float | None, local: float | None, weaker: list[str], stricter: list[str]) -> None:
    if guidance is None and local is not None:
        stricter.append("a time where the guidance states none")
    elif guidance is not None and local is None:
        weaker.append("no time where the guidance states one")
    elif guidance is not None and local is not None and local > guidance:
        weaker.append("a later time")
    elif guidance is not None and local is not None and local < guidance:
        stricter.append("an earlier time")


def checklist(local: Pack, guidance: Pack) -> list[Answer]:
    """The guidance's own questions (its duties that hold a checklist), each with the rules behind its paragraphs."""
    questions = [
        str(question)
        for duty in guidance.duties
        if "checklist" in str(duty.contains.get("form", "")).lower()
        for question in duty.contains.get("questions", ())
    ]
    return [_answer(question, local, guidance) for question in questions]


def _answer(question: str, local: Pack, guidance: Pack) -> Answer:
    wanted = paragraphs(question)
    names = dict.fromkeys(
        duty.duty for duty in guidance.duties if any(wanted & paragraphs(cite.at) for cite in duty.cites)
    )
    stated = tuple(name for name in names if own_rules(local, name))
    inherited = tuple(name for name in names if not own_rules(local, name))
    return Answer(_PARAGRAPHS.sub("", question).replace("()", "").strip(), tuple(sorted(wanted)), stated, inherited)


def paragraphs(words: str) -> frozenset[int]:
    """Paragraph numbers named in a citation: `paras 16, 20, 23-27` gives 16, 20, 23 … 27."""
    found: set[int] = set()
    for group in _PARAGRAPHS.findall(words):
        for part in group.split(","):
            first, _, last = part.strip(" -").partition("-")
            if first.isdigit():
                found.update(range(int(first), int(last if last.isdigit() else first) + 1))
    return frozenset(found)
