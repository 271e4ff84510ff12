"""How a log reads once its corrections are taken in. The first version of every event stays where it is."""

from collections.abc import Iterable, Mapping
from typing import Any

Line = Mapping[str, Any]
CORRECTED = "corrected"


def corrections(lines: Iterable[Line]) -> dict[str, Line]:
    """For each corrected event's id, the `corrected` line that decides how it reads: the latest by seq.

    A correction of a correction decides how the first event reads.
    """
    roots: dict[str, str] = {}
    deciding: dict[str, Line] = {}
    for line in lines:
        if line["event"] == CORRECTED:
            aimed = str(line.get("corrects", ""))
            root = roots.get(aimed, aimed)
            roots[line["id"]] = root
            deciding[root] = line
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
    header = {
        name: line[name] for name in ("event", "id", "child", "episode", "occurred_at", "recorded_at") if name in line
    }
    return header | dict(better) | {"id": line["id"], "child": line["child"]}
