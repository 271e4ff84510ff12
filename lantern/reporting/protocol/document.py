"""What the document says, apart from how it looks: headings, paragraphs and tables, made from the pack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lantern.engine.explain import of_rule
from lantern.engine.packs.duty_names import PHASE_TITLES
from lantern.engine.rules import Duty, Pack
from lantern.engine.wording import of_clause
from lantern.reporting.protocol.words import of_arising, of_condition, of_due, of_events


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (the title), 2 or 3."""

    level: int
    words: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Plain words."""

    words: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of words under named columns."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and what belongs to them; a value may have several lines."""

    rows: tuple[tuple[str, tuple[str, ...]], ...]


STRENGTH = {
    "must": "Must be done by",
    "should": "Should be done by",
    "may": "May be done by",
    "consider": "To be considered by",
}
CONTENTS = {
    "record": "What belongs to it",
    "questions": "To be asked",
    "invitees": "To be invited",
    "recipients": "Sent to",
}

Block = Heading | Paragraph | Table | Facts


def document(pack: Pack) -> list[Block]:
    """The whole document, in reading order."""
    return [*_front(pack), *_duties(pack), *_decisions(pack), *_conflicts(pack), *_sources(pack), *_signatures()]


def _front(pack: Pack) -> Iterator[Block]:
    yield Heading(1, pack.title)
    until = f" until {pack.in_force_until:%-d %B %Y}" if pack.in_force_until else ""
    agreed = (
        f"Agreed by {pack.agreed_by}." if pack.status == "agreed" else "Not yet agreed: it rests on readings of ours."
    )
    yield Paragraph(f"Edition {pack.edition}, in force from {pack.in_force_from:%-d %B %Y}{until}. {agreed}")
    if pack.applies is not None:
        yield Paragraph(f"Whom it is for: {of_condition(pack, pack.applies)}.")
    if pack.base:
        yield Paragraph(f"It stands on {pack.base}: what it does not state itself is taken from there and marked so.")
    timed = sum(1 for duty in pack.duties if duty.due)
    yield Paragraph(
        f"{len(pack.duties)} duties, {timed} with a stated time; {len(pack.assumptions())} rest on a reading where the "
        f"text leaves something open; {len(pack.conflicts)} contradictions or gaps of the text are listed with the "
        "reading chosen."
    )


def _duties(pack: Pack) -> Iterator[Block]:
    for phase, title in PHASE_TITLES.items():
        duties = [duty for duty in pack.duties if duty.phase == phase]
        if duties:
            yield Heading(2, title)
        for duty in duties:
            yield Heading(3, duty.says)
            yield Facts(tuple(_facts(duty, pack)))


def _facts(duty: Duty, pack: Pack) -> Iterator[tuple[str, tuple[str, ...]]]:
    rule = of_rule(pack, duty)
    name = rule["duty"].replace("_", " ")
    given = [
        (STRENGTH[rule["strength"]], (rule["owner"],)),
        ("Together with", (", ".join(rule["with"]),) if rule["with"] else ()),
        ("Arises", of_arising(pack, duty)),
        ("Due", of_due(pack, duty)),
        ("Repeats", _again(pack, duty)),
        ("Met when", of_events(pack, duty.met_by)),
        ("No longer owed when", _ending(pack, duty)),
        ("May be set aside by", _setting_aside(pack, duty)),
        *((CONTENTS.get(key, key.capitalize()), _lines(value)) for key, value in rule["contains"].items()),
        ("Source", tuple(_sources_of(pack, duty))),
        ("Our reading", tuple(rule["assumed"])),
        (
            "Conflicts",
            tuple(f"{item['id']}: {_sentence(item['says'])} Read as: {item['chosen']}" for item in rule["conflicts"]),
        ),
        ("Taken from", (rule["written_in"],) if rule["written_in"] != pack.key else ()),
        ("Name in Lantern", (f"{name}, {rule['variant'].replace('_', ' ')}" if rule["variant"] else name,)),
    ]
    yield from ((label, lines) for label, lines in given if lines)


def _sources_of(pack: Pack, duty: Duty) -> Iterator[str]:
    """Each document once, with every place in it that the duty or its times rest on."""
    places: dict[str, dict[str, None]] = {}
    for cite in (*duty.cites, *(cite for case in duty.due for cite in case.cites)):
        places.setdefault(cite.source, {})[cite.at] = None
    for key, found in places.items():
        source = pack.sources.get(key)
        yield f"{source.title if source else key}: {'; '.join(found)}"


def _sentence(words: str) -> str:
    return words if words.endswith(".") else f"{words}."


def _ending(pack: Pack, duty: Duty) -> tuple[str, ...]:
    """What takes the reason away."""
    if duty.lapses is None:
        return ()
    lapses = duty.lapses
    return (*of_events(pack, lapses.on), *([of_condition(pack, lapses.condition)] if lapses.condition else []))


def _again(pack: Pack, duty: Duty) -> tuple[str, ...]:
    if duty.repeats is None:
        return ()
    until = " or ".join(of_events(pack, duty.repeats.until))
    every = f"every {duty.repeats.every}" if duty.repeats.every else "each time as above"
    return (every + (f" until {until}" if until else ""),)


def _setting_aside(pack: Pack, duty: Duty) -> tuple[str, ...]:
    """Who may, by what, and what has to be recorded."""
    lines = []
    for rule in duty.set_aside:
        who = " or ".join(sorted(pack.role_name(role) for role in rule.by)) or "anyone"
        when = f", when {' or '.join(of_events(pack, rule.event))}" if rule.event else ""
        record = f"; to be recorded: {', '.join(map(of_clause, rule.requires))}" if rule.requires else ""
        lines.append(f"{who}{when}{record}")
    return tuple(lines)


def _lines(value: Any) -> tuple[str, ...]:
    if isinstance(value, dict):
        return tuple(f"{key}: {item}" for key, item in value.items())
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def _decisions(pack: Pack) -> Iterator[Block]:
    if not pack.authority:
        return
    yield Heading(2, "Who may decide")
    rows = tuple(
        (
            rule.says,
            ", ".join(sorted(pack.role_name(role) for role in rule.by)),
            "; ".join(cite.at for cite in rule.cites),
        )
        for rule in pack.authority
    )
    yield Table("Decisions and who may make them", ("Decision", "By", "Place"), rows)


def _conflicts(pack: Pack) -> Iterator[Block]:
    if not pack.conflicts:
        return
    yield Heading(2, "Contradictions and gaps of the text")
    rows = tuple(
        (item.id, item.says, "; ".join(place.at for place in item.places), item.chosen, item.why)
        for item in pack.conflicts
    )
    yield Table("Each with the reading that is computed", ("No.", "What", "Places", "Read as", "Why"), rows)


def _sources(pack: Pack) -> Iterator[Block]:
    yield Heading(2, "Sources")
    rows = tuple((source.title, source.publisher, source.edition) for source in pack.sources.values())
    yield Table("Documents cited", ("Title", "Publisher", "Edition"), rows)
    yield Paragraph(f"Content hash of this edition: {pack.content_hash}")


def _signatures() -> Iterator[Block]:
    yield Heading(2, "Agreement")
    yield Table(
        "To be signed",
        ("For", "Name and post", "Date"),
        tuple((who, " ", " ") for who in ("Local authority", "Police", "Health")),
    )
