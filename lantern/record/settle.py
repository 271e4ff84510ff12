"""How a log reads once its corrections are taken in. The first version of every event stays where it is."""

from collections.abc import Iterable, Mapping
from typing import Any

Line = Mapping[str, Any]
CORRECTED = "corrected"
# who, where and when stay as they were where a correction does not say them; so the engine reads it too
STAYS = ("event", "id", "child", "episode", "by_role", "agency", "occurred_at", "recorded_at")


def corrections(lines: Iterable[Line]) -> dict[str, Line]:
    """For each corrected event's id, the `corrected` line that decides how it reads: the latest by seq.

    A correction of a correction decides how the first event reads; one that says the correction was recorded in error
    brings back what was there before.
    """
    heard = [line for line in lines if line["event"] == CORRECTED]
    aims = {line["id"]: str(line.get("corrects", "")) for line in heard}
    deciding: dict[str, Line] = {}
    undone: set[str] = set()
    for line in reversed(heard):
        aimed = aims[line["id"]]
        if line["id"] in undone:
            continue
        if aimed in aims and not line.get("corrected_event"):
            undone.add(aimed)
            continue
        root, steps = aimed, 0
        while root in aims and steps <= len(aims):
            root, steps = aims[root], steps + 1
        deciding.setdefault(root, line)
    return deciding


def settled(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """The lines as they read now, in the given order: corrected ones replaced, those recorded in error left out."""
    lines = list(lines)
    deciding = corrections(lines)
    found = (now_reads(line, deciding.get(line["id"])) for line in lines if line["event"] != CORRECTED)
    return [line for line in found if line is not None]


def now_reads(line: Line, correction: Line | None) -> dict[str, Any] | None:
    """`line` as its correction has it; None when it was recorded in error."""
    if correction is None:
        return dict(line)
    better = correction.get("corrected_event")
    if not better:
        return None
    header = {name: line[name] for name in STAYS if name in line}
    said = {name: value for name, value in better.items() if value is not None}
    return header | said | {"id": line["id"], "child": line["child"]}
