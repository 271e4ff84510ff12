"""What a duty's row follows from, without wording it: the same marks, the same row.

A reason is judged at a moment and rests on what had happened by then. So it can only change when the packs change, or
the duty's own state and times, or when something that lies before that moment is recorded late, corrected or held void.
"""

from bisect import bisect_right

from lantern import engine
from lantern.evaluations.history import History


class Known:
    """What had happened by any moment, as the log has it now, told by its number: a log only grows."""

    def __init__(self, history: History) -> None:
        self._moments = sorted(event.at for event in history.events)
        self.corrections = ",".join(history.corrections)

    def by(self, moment: int) -> int:
        """How many events had happened by a moment (UTC microseconds)."""
        return bisect_right(self._moments, moment)


def follows_from(duty: engine.DutyResult, key: str, case: str, known: Known) -> str:
    """Everything that decides the words, reasons and citations of a duty; `case` tells how its due time is given."""
    trigger = duty.trigger
    arisen = f"{trigger.event.id if trigger.event else ''} {known.by(trigger.judged_at)}" if trigger else ""
    also = [(other.pack, other.key, other.due) for other in duty.also]
    return (
        f"{key}|{duty.pack}|{duty.state}|{duty.arose}|{duty.due}|{duty.met}|{duty.by.id if duty.by else ''}|{arisen}"
        f"|{case}|{also or ''}|{known.corrections}|{sorted(duty.view.void) if duty.view.void else ''}"
    )
