"""One page to look at: a protocol's duties along the hours after the report and after the return, as SVG.

The axis is not to scale: each step is about as wide as the one before it, from minutes to weeks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import log1p

from lantern.engine.conditions import Condition
from lantern.engine.explain import of_case
from lantern.engine.protocols.measure import in_hours
from lantern.engine.rules import Duty, Pack
from lantern.engine.standings import Lasted

PANELS = (
    ("From the report", ("reported", "missing", "long-missing", "meetings")),
    ("From the return", ("located", "interview")),
)
WIDTH, LEFT, RIGHT, ROW, TOP = 1120, 440, 40, 22, 46
_TICKS = (
    (0.0, "at once"),
    (1.0, "1 h"),
    (4.0, "4 h"),
    (24.0, "1 day"),
    (72.0, "3 days"),
    (168.0, "7 days"),
    (672.0, "4 weeks"),
)
_LAST = 900.0  # hours at the right edge
_COLOURS = {"must": "#0b5c53", "should": "#1d5fa8", "may": "#6b6b6b"}


@dataclass(frozen=True, slots=True)
class Mark:
    """One due time of one duty."""

    duty: Duty
    hours: float
    words: str


def picture(pack: Pack) -> str:
    """The SVG, with a title and a description for those who cannot see it; the table beside it says the same."""
    panels = [(title, marks_of(pack, phases)) for title, phases in PANELS]
    height = sum(TOP + ROW * len(marks) + 34 for _, marks in panels) + 70
    title = f"{escape(pack.title)}: when each duty is due"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-labelledby="picture-title picture-words" font-family="sans-serif" font-size="13">',
        f'<title id="picture-title">{title}</title>',
        f'<desc id="picture-words">{escape(in_sentences(pack))}</desc>',
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="20" y="30" font-size="18" font-weight="bold">{title}</text>',
    ]
    top = 50
    for heading, marks in panels:
        parts += _panel(pack, heading, marks, top)
        top += TOP + ROW * len(marks) + 34
    parts.append(_legend(top))
    return "\n".join([*parts, "</svg>"]) + "\n"


def marks_of(pack: Pack, phases: Sequence[str]) -> list[Mark]:
    """Every due time that the pack states in these phases, the earliest first."""
    marks: dict[tuple[float, str, str], Mark] = {}
    for duty in pack.duties:
        for hours, words in _times(duty) if duty.phase in phases else ():
            marks.setdefault((hours, duty.says, duty.owed_by), Mark(duty, hours, words))
    return sorted(marks.values(), key=lambda mark: (mark.hours, mark.duty.duty))


def _times(duty: Duty) -> Iterator[tuple[float, str]]:
    """Hours after the start at which the duty's due times lie; one that arises after so long away starts there."""
    away = max((in_hours(part.span) for part in _lasted(duty.arises.condition)), default=0.0)
    for case in duty.due:
        if case.within:
            yield away + in_hours(case.within), of_case(case)
        elif case.immediately:
            yield away, of_case(case)
    if away and not duty.due:
        yield away, "as soon as possible"


def _lasted(condition: Condition | None) -> Iterator[Lasted]:
    if isinstance(condition, Lasted):
        yield condition
    for part in condition.parts() if condition is not None else ():
        yield from _lasted(part)


def in_sentences(pack: Pack) -> str:
    """The picture in words."""
    marks = [mark for _, phases in PANELS for mark in marks_of(pack, phases)]
    return " ".join(f"{mark.duty.says}: {mark.words}." for mark in marks)


def _x(hours: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * log1p(min(hours, _LAST)) / log1p(_LAST)


def _panel(pack: Pack, heading: str, marks: list[Mark], top: int) -> list[str]:
    bottom = top + TOP + ROW * len(marks)
    parts = [f'<text x="20" y="{top + 18}" font-size="15" font-weight="bold">{heading}</text>']
    for hours, words in _TICKS:
        x = _x(hours)
        parts.append(f'<line x1="{x:.1f}" y1="{top + 30}" x2="{x:.1f}" y2="{bottom}" stroke="#d0d5d9"/>')
        parts.append(f'<text x="{x:.1f}" y="{top + 24}" text-anchor="middle" fill="#505a5f">{words}</text>')
    for number, mark in enumerate(marks):
        parts += _mark(pack, mark, top + TOP + ROW * number)
    return parts


def _mark(pack: Pack, mark: Mark, y: int) -> list[str]:
    x, colour = _x(mark.hours), _COLOURS[mark.duty.strength]
    says = mark.duty.says if len(mark.duty.says) < 64 else mark.duty.says[:62].rsplit(" ", 1)[0] + " …"
    owner = escape(pack.role_name(mark.duty.owed_by))
    anchor, at = ("end", x - 10) if x > WIDTH - 220 else ("start", x + 10)
    hollow = f' fill="#ffffff" stroke="{colour}" stroke-width="2"' if mark.duty.consider else f' fill="{colour}"'
    return [
        f'<text x="20" y="{y + 5}">{escape(says)}</text>',
        f'<line x1="{LEFT}" y1="{y}" x2="{x:.1f}" y2="{y}" stroke="{colour}" stroke-width="3"/>',
        f'<circle cx="{x:.1f}" cy="{y}" r="6"{hollow}/>',
        f'<text x="{at:.1f}" y="{y + 4}" text-anchor="{anchor}" fill="#0b0c0c" font-size="11" '
        f'stroke="#ffffff" stroke-width="4" paint-order="stroke">{owner}</text>',
    ]


def _legend(top: int) -> str:
    words = (
        "Green: must. Blue: should. Grey: may. Hollow: to be considered. Duties without a stated time are not drawn."
    )
    return f'<text x="20" y="{top + 8}" fill="#505a5f">{words}</text>'
