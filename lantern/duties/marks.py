"""What a duty's row follows from, without wording it: the same marks, the same row.

A reason is judged at a moment and rests on what had happened by then. So it can only change when the packs change, or
the duty's own state and times, or when something that lies before that moment is recorded late, corrected or held void.
"""

from bisect import bisect_right
from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

from lantern import engine
from lantern.engine.instants import from_datetime
from lantern.evaluations.lines import Line, instant
from lantern.record.settle import CORRECTED


class Known:
    """A hash over everything that had happened by any moment, as the log has it now."""

    def __init__(self, lines: Sequence[Line]) -> None:
        happened = sorted((from_datetime(instant(line["occurred_at"])), str(line["id"])) for line in lines)
        running = blake2b(digest_size=16)
        self._moments = [at for at, _ in happened]
        self._hashes = [""]
        for _, id_ in happened:
            running.update(id_.encode())
            self._hashes.append(running.hexdigest())
        self.corrections = [str(line["id"]) for line in lines if line["event"] == CORRECTED]

    def by(self, moment: int) -> str:
        """The hash as of a moment (UTC microseconds)."""
        return self._hashes[bisect_right(self._moments, moment)]


def follows_from(duty: engine.DutyResult, known: Known) -> list[Any]:
    """Everything that decides the words, reasons and citations of a duty."""
    trigger = duty.trigger
    return [
        duty.key,
        duty.pack,
        duty.state,
        duty.arose,
        duty.due,
        duty.met,
        duty.by.id if duty.by else "",
        [trigger.event.id if trigger.event else "", known.by(trigger.judged_at)] if trigger else [],
        [[cite.source, cite.at] for cite in duty.case.cites],
        duty.case.assumed,
        [[other.pack, other.key, other.due] for other in duty.also],
        known.corrections,
        sorted(duty.view.void),
    ]
