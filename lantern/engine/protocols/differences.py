"""The difference between protocols in one concept, in plain words: silent, who, by when, from what, how strongly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from lantern.engine.protocols.measure import Strictness, of_duties
from lantern.engine.protocols.statements import Statement

Said = Mapping[str, Sequence[Statement]]
SAME = "the same"
_MOST = 3  # more values than this for one protocol are read in its cell
_MOST_COUNTS = 8  # thresholds are what their row is about


def in_words(said: Said) -> str:
    """One sentence for each way in which the protocols differ; `said` gives the statements of each by its name."""
    own = {name: [one for one in found if not one.inherited] for name, found in said.items()}
    stating = {name: found for name, found in own.items() if found}
    if len({frozenset(one.words for one in found) for found in said.values()}) == 1:
        return SAME
    told = _silent(said, own)
    if len({frozenset(one.words for one in found) for found in stating.values()}) > 1:
        ways = _values("owner", stating, _owners) + _earliest(stating) + _values("time", stating, _times)
        ways += _values("strength", stating, _strengths) + _values("threshold", stating, _counts, _MOST_COUNTS)
        ways += _values("lists", stating, _lists)
        told += ways or ["worded otherwise"]
    return "; ".join(told) or "named otherwise"


def _silent(said: Said, own: Mapping[str, Sequence[Statement]]) -> list[str]:
    silent = [name for name, found in said.items() if not found]
    leaving = [name for name, found in said.items() if found and not own[name]]
    told = [f"{_and(silent)} {'does' if len(silent) == 1 else 'do'} not state it"] if silent else []
    return told + ([f"{_and(leaving)} leave{'s' if len(leaving) == 1 else ''} it to the guidance"] if leaving else [])


def _values(what: str, stating: Said, read: Callable[[Sequence[Statement]], list[str]], most: int = _MOST) -> list[str]:
    """`owner: a and b (x), c (y)`, unless all are the same or there are too many to be told apart."""
    values = {name: read(found) for name, found in stating.items()}
    values = {name: sorted(set(found)) for name, found in values.items() if found}
    if len({tuple(found) for found in values.values()}) < 2 or any(len(found) > most for found in values.values()):
        return []
    return [f"{what}: " + ", ".join(f"{name} {' / '.join(found)}" for name, found in values.items())]


def _owners(found: Sequence[Statement]) -> list[str]:
    return [one.owner.replace("_", " ") for one in found if one.owner]


def _times(found: Sequence[Statement]) -> list[str]:
    return [one.times for one in found if one.times]


def _strengths(found: Sequence[Statement]) -> list[str]:
    return [one.strength for one in found if one.strength]


def _counts(found: Sequence[Statement]) -> list[str]:
    return [words for one in found for words in one.counts]


def _lists(found: Sequence[Statement]) -> list[str]:
    return [one.lists for one in found if one.lists]


def _earliest(stating: Said) -> list[str]:
    """Who is earliest, where all clocks start at the same moment, and who states no time."""
    measured = {name: [one.duty for one in found if one.duty] for name, found in stating.items()}
    measures = {name: of_duties(duties) for name, duties in measured.items() if duties}
    timed = {name: one for name, one in measures.items() if one.shortest is not None}
    if not timed or len(measures) < 2:
        return []
    without = [name for name in measures if name not in timed]
    return _first(timed, len(measures)) + (
        [f"{_and(without)} state{'s' if len(without) == 1 else ''} no time"] if without else []
    )


def _first(timed: Mapping[str, Strictness], measured: int) -> list[str]:
    """Those with the shortest time, unless all have it or their clocks start at different moments."""
    shortest = min(one.shortest or 0.0 for one in timed.values())
    first = [name for name, one in timed.items() if one.shortest == shortest]
    if shortest > 0 and len({one.start for one in timed.values()}) > 1:
        return ["the clocks start at different moments"]
    if len(first) == measured:
        return []
    return [f"{_and(first)} {'is' if len(first) == 1 else 'are'} the earliest"]


def _and(names: Iterable[str]) -> str:
    return " and ".join(names)
