"""One page to look at: a protocol's duties along the hours after the report and after the return, as SVG.

It fills an upright A4 page: what is to be done, by whom, and when.  The axis is not to scale: each step is about as
wide as the one before it, from minutes to weeks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import log1p
from textwrap import wrap

from lantern.engine.clocks import DueCase
from lantern.engine.conditions import Condition
from lantern.engine.explain import of_case
from lantern.engine.protocols.measure import in_hours
from lantern.engine.rules import Duty, Pack
from lantern.engine.spans import Span
from lantern.engine.standings import Lasted

PANELS = (
    ("From the report", ("reported", "missing", "long-missing", "meetings")),
    ("From the return", ("located", "interview")),
)
WIDTH, WHO, LEFT, RIGHT = 800, 324, 484, 700  # where the column of roles starts and the axis lies
LINE, GAP, HEAD, FOOT = 13, 6, 52, 44
_SAYS, _WHO = 52, 28  # letters of a column's line: the sizes below in a wide typeface
_LETTER = 5.5  # width of a label's letter
_TICKS = (
    (0.0, "now"),
    (1.0, "1 h"),
    (4.0, "4 h"),
    (24.0, "1 d"),
    (72.0, "3 d"),
    (168.0, "7 d"),
    (672.0, "4 wk"),
)
_LAST = 900.0  # hours at the right edge
_DAY = 24.0
_COLOURS = {"must": "#0b5c53", "should": "#1d5fa8", "may": "#6b6b6b"}


@dataclass(frozen=True, slots=True)
class Mark:
    """One due time of one duty."""

    duty: Duty
    hours: float
    words: str
    label: str


def picture(pack: Pack) -> str:
    """The SVG, with a title and a description for those who cannot see it; the table beside it says the same."""
    panels = [(title, marks_of(pack, phases)) for title, phases in PANELS]
    title = f"{pack.title}: when each duty is due"
    heading = wrap(title, 80)
    body: list[str] = []
    top = 26 + 22 * len(heading)
    for words, marks in panels:
        drawn, top = _panel(pack, words, marks, top)
        body += drawn
    height = top + 28
    lines = "".join(
        f'<tspan x="12" dy="{22 if number else 0}">{_(line)}</tspan>' for number, line in enumerate(heading)
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-labelledby="picture-title picture-words" font-family="sans-serif" font-size="12">',
        f'<title id="picture-title">{_(title)}</title>',
        f'<desc id="picture-words">{_(in_sentences(pack))}</desc>',
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="12" y="26" font-size="17" font-weight="bold">{lines}</text>',
    ]
    return "\n".join([*parts, *body, *_legend(top), "</svg>"]) + "\n"


def marks_of(pack: Pack, phases: Sequence[str]) -> list[Mark]:
    """Every due time that the pack states in these phases, the earliest first."""
    marks: dict[tuple[float, str, str], Mark] = {}
    for duty in pack.duties:
        for mark in _times(duty) if duty.phase in phases else ():
            marks.setdefault((mark.hours, duty.says, duty.owed_by), mark)
    return sorted(marks.values(), key=lambda mark: (mark.hours, mark.duty.duty))


def _times(duty: Duty) -> Iterator[Mark]:
    """When after the start the duty is due; one that arises after so long away starts there."""
    away = max((part.span for part in _lasted(duty.arises.condition)), key=in_hours, default=None)
    begun = in_hours(away) if away else 0.0
    after = f"after {away}" if away else "at once"
    for case in _cases(duty.due):
        if case.within:
            words = str(case.within) if case.within.number else "same day"
            yield Mark(duty, begun + _hours(case.within), of_case(case), f"{after} + {words}" if away else words)
        elif case.immediately:
            yield Mark(duty, begun, of_case(case), after)
    if away and not duty.due:
        yield Mark(duty, begun, "as soon as possible", after)


def _cases(cases: Sequence[DueCase]) -> Iterator[DueCase]:
    """Each way of giving the time, those inside "the earlier of" too."""
    for case in cases:
        if case.earliest:
            yield from _cases(case.earliest)
        else:
            yield case


def _hours(span: Span) -> float:
    """No days at all is the end of the same day."""
    return in_hours(span) if span.number else _DAY


def _lasted(condition: Condition | None) -> Iterator[Lasted]:
    if isinstance(condition, Lasted):
        yield condition
    for part in condition.parts() if condition is not None else ():
        yield from _lasted(part)


def in_sentences(pack: Pack) -> str:
    """The picture in words."""
    marks = [mark for _title, phases in PANELS for mark in marks_of(pack, phases)]
    return " ".join(f"{mark.duty.says}: {mark.words}." for mark in marks)


def _x(hours: float) -> float:
    return LEFT + (RIGHT - LEFT) * log1p(min(hours, _LAST)) / log1p(_LAST)


def _(words: str) -> str:
    return escape(words)


def _panel(pack: Pack, heading: str, marks: list[Mark], top: int) -> tuple[list[str], int]:
    """What is drawn, and where it ends."""
    rows: list[str] = []
    y = top + HEAD
    for number, mark in enumerate(marks):
        says, owner = wrap(mark.duty.says, _SAYS), wrap(pack.role_name(mark.duty.owed_by), _WHO)
        height = GAP + LINE * max(len(says), len(owner))
        if number % 2 == 0:
            rows.append(f'<rect x="8" y="{y}" width="{WIDTH - 16}" height="{height}" fill="#f3f5f6"/>')
        rows += [*_column(12, y, says, 12), *_column(WHO, y, owner, 11), *_mark(mark, y + height / 2)]
        y += height
    parts = [f'<text x="12" y="{top + 18}" font-size="14" font-weight="bold">{heading}</text>']
    grid = []
    for hours, words in _TICKS:
        x = _x(hours)
        grid.append(f'<line x1="{x:.1f}" y1="{top + HEAD - 8}" x2="{x:.1f}" y2="{y}" stroke="#c3cace"/>')
        parts.append(
            f'<text x="{x:.1f}" y="{top + HEAD - 14}" text-anchor="middle" font-size="10.5" '
            f'fill="#505a5f">{words}</text>'
        )
    shades = [row for row in rows if row.startswith("<rect")]
    return [*shades, *parts, *grid, *(row for row in rows if not row.startswith("<rect"))], y + FOOT


def _column(x: int, y: int, lines: list[str], size: int) -> list[str]:
    return [
        f'<text x="{x}" y="{y + LINE * (number + 1)}" font-size="{size}">{_(line)}</text>'
        for number, line in enumerate(lines)
    ]


def _mark(mark: Mark, y: float) -> list[str]:
    x, colour = _x(mark.hours), _COLOURS[mark.duty.strength]
    fill = f'fill="#ffffff" stroke="{colour}" stroke-width="2"' if mark.duty.consider else f'fill="{colour}"'
    room = x + 9 + _LETTER * len(mark.label) < WIDTH - 8
    anchor, at, above = ("start", x + 9, -4.0) if room else ("end", x + 5, 8.0)
    return [
        f'<line x1="{LEFT}" y1="{y:.1f}" x2="{x:.1f}" y2="{y:.1f}" stroke="{colour}" stroke-width="2"/>',
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" {fill}/>',
        f'<text x="{at:.1f}" y="{y - above:.1f}" text-anchor="{anchor}" font-size="10.5">{_(mark.label)}</text>',
    ]


def _legend(top: int) -> list[str]:
    words = (
        ("must", "must", False),
        ("should", "should", False),
        ("may", "may", False),
        ("may", "to be considered", True),
    )
    parts, x = [], 18
    for strength, said, hollow in words:
        colour = _COLOURS[strength]
        fill = f'fill="#ffffff" stroke="{colour}" stroke-width="2"' if hollow else f'fill="{colour}"'
        parts.append(f'<circle cx="{x}" cy="{top - 4}" r="5" {fill}/><text x="{x + 10}" y="{top}">{said}</text>')
        x += 34 + 7 * len(said)
    parts.append(f'<text x="{x}" y="{top}" fill="#505a5f">Duties without a stated length of time are not drawn.</text>')
    return parts
