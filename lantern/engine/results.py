"""What an evaluation gives: duties with their reasons, how episodes stand, and problems.

Reasons and sentences are made when they are asked for, from the same conditions that gave the verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from lantern.engine import wording
from lantern.engine.because import CANNOT_TELL, YES, Because
from lantern.engine.episode_state import EpisodeState
from lantern.engine.instants import FAR, in_words, to_datetime
from lantern.engine.problems import Problem
from lantern.engine.rules import STRENGTHS, Duty
from lantern.engine.view import View

if TYPE_CHECKING:
    from lantern.engine.arising import Trigger
    from lantern.engine.clocks import DueCase
    from lantern.engine.conditions import Condition
    from lantern.engine.log import Event


def _moment(instant: int | None) -> datetime | None:
    return None if instant is None else to_datetime(instant)


def _iso(instant: int | None) -> str | None:
    return None if instant is None else in_words(instant)


class DutyResult:
    """One time that a duty is owed, as it stands: state, times (aware UTC), citations, the reason as data and in words.

    `arose`, `due` and `met` are the same moments as instants; `by` is the event that closed it; `case` the way in which
    its due time is given.
    """

    __slots__ = ("also", "arose", "by", "case", "due", "instance", "met", "rule", "state", "trigger", "view")

    def __init__(  # noqa: PLR0913, PLR0917 - one argument for each attribute
        self,
        rule: Duty,
        view: View,
        trigger: Trigger | None,
        instance: int,
        arose: int,
        due: int | None,
        case: DueCase,
        state: str,
        met: int | None = None,
        by: Event | None = None,
    ) -> None:
        self.rule = rule
        self.view = view
        self.trigger = trigger
        self.instance = instance
        self.arose = arose
        self.due = due
        self.case = case
        self.state = state
        self.met = met
        self.by = by
        self.also: tuple[DutyResult, ...] = ()  # the same duty under a second pack, due later

    @property
    def duty(self) -> str:
        return self.rule.duty

    @property
    def variant(self) -> str:
        return self.rule.variant

    @property
    def child(self) -> str:
        return self.view.story.child

    @property
    def episode(self) -> str | None:
        return self.view.episode.id if self.view.episode else None

    @property
    def owed_by(self) -> str:
        return self.rule.owed_by

    @property
    def strength(self) -> str:
        """The strongest of those that ask for it."""
        return max((self.rule.strength, *(other.strength for other in self.also)), key=STRENGTHS.index)

    @property
    def says(self) -> str:
        return self.rule.says

    @property
    def serious(self) -> bool:
        return self.rule.serious

    @property
    def contents(self) -> dict[str, Any]:
        return dict(self.rule.contains)

    @property
    def pack(self) -> str:
        return self.view.pack.key

    @property
    def arose_at(self) -> datetime | None:
        return None if self.state in ("cannot_tell", "not_due") else _moment(self.arose)

    @property
    def due_at(self) -> datetime | None:
        return _moment(self.due)

    @property
    def met_at(self) -> datetime | None:
        return _moment(self.met)

    @property
    def key(self) -> str:
        """Unique within a child, and the same at every evaluation."""
        return "/".join((self.episode or "-", self.rule.name, self.owed_by, str(self.instance)))

    @property
    def cites(self) -> list[dict[str, str]]:
        """The citation of the due time first, then the duty's, then those of a second pack; each once."""
        own = [cite.as_json() for cite in (*self.case.cites, *self.rule.cites)]
        if self.also:  # two packs may give their sources the same key, or share a rule of their base
            own = [{**cite, "pack": self.rule.origin} for cite in own]
            own += [
                {**cite, "pack": cite.get("pack", other.rule.origin)} for other in self.also for cite in other.cites
            ]
        return [dict(cite) for cite in dict.fromkeys(tuple(cite.items()) for cite in own)]

    @property
    def assumed(self) -> list[str]:
        """Readings of ours that the duty rests on."""
        return [words for words in (self.case.assumed, self.rule.assumed) if words]

    @property
    def reason(self) -> Because:
        """Why it arose, and what closed it."""
        trigger, by = self.trigger, self.by
        parts: tuple[Because, ...] = ()
        if trigger is not None:
            event, condition = trigger.event, self.rule.arises.condition
            if event is not None:
                parts = (Because(f"{event.type} happened", YES, (event.id,)),)
            if condition is not None:
                parts += (self._because_of(condition, trigger),)
        if by is not None:
            parts += (Because(f"{by.type} closed it", YES, (by.id,)),)
        if self.state != "cannot_tell":
            return Because(self.rule.says, YES, (), (), parts)
        unsure = (part.all_missing() for part in parts if part.verdict == CANNOT_TELL)
        missing = tuple(dict.fromkeys(name for names in unsure for name in names))
        return Because(self.rule.says, CANNOT_TELL, (), missing, parts)

    def _because_of(self, condition: Condition, trigger: Trigger) -> Because:
        if trigger.judged_at <= trigger.at:
            return condition.because(self.view, trigger.at, trigger.event)
        with self.view.waiting_until(trigger.judged_at):
            return condition.because(self.view, trigger.at, trigger.event)

    @property
    def because(self) -> dict[str, Any]:
        return self.reason.as_json()

    @property
    def missing_facts(self) -> list[dict[str, str]]:
        """What could not be told, and the role that could say."""
        if self.state != "cannot_tell":
            return []
        return [{"fact": fact, "who": wording.who_knows(fact)} for fact in self.reason.missing]

    @property
    def in_words(self) -> str:
        return wording.of_duty(self)

    def as_json(self) -> dict[str, Any]:
        """The shape of the `assess` contract, with a few more keys."""
        line: dict[str, Any] = {
            "duty": self.rule.told_as[0],
            "instance": self.instance,
            "child": self.child,
            "episode": self.episode,
            "owed_by": self.owed_by,
            "strength": self.strength,
            "state": self.state,
            "arose_at": None if self.arose_at is None else _iso(self.arose),
            "due_at": _iso(self.due),
            "met_at": _iso(self.met),
            "cites": self.cites,
            "because": self.because,
            "in_words": self.in_words,
        }
        extra = {
            "variant": self.rule.told_as[1],
            "with": list(self.rule.others),
            "assumed": self.assumed,
            "conflicts": list(self.rule.conflicts),
            "missing_facts": self.missing_facts,
            "closed_by": self.by.id if self.by else None,
        }
        line.update({name: value for name, value in extra.items() if value})
        return line


Waiting = Callable[[Sequence[DutyResult]], list[DutyResult]]


@dataclass(slots=True)
class Evaluation:
    """The answer: the same packs, log, `as_of` and `known_at` give the same one for ever.

    `duties` come child after child, episode after episode, in the order of the packs.
    """

    packs: list[dict[str, str]]
    as_of_instant: int
    known_at_instant: int
    episodes: list[EpisodeState] = field(default_factory=list)
    duties: list[DutyResult] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    next_change: int = FAR
    waiting: Waiting = lambda _: []

    @property
    def as_of(self) -> datetime:
        return to_datetime(self.as_of_instant)

    @property
    def known_at(self) -> datetime:
        return to_datetime(self.known_at_instant)

    @property
    def next_change_at(self) -> datetime | None:
        """The first instant after `as_of` at which something changes though nothing happens."""
        return None if self.next_change >= FAR else to_datetime(self.next_change)

    @property
    def by_due(self) -> list[DutyResult]:
        """The duties in due order, for those who list them."""
        return sorted(self.duties, key=in_due_order)

    @property
    def not_due(self) -> list[DutyResult]:
        """Duties of the packs that nothing has made arise. Many; so made only when they are asked for."""
        return self.waiting(self.duties)

    def to_json(self) -> dict[str, Any]:
        """The object of the `assess` contract."""
        arisen = {(duty.rule.told_as[0], duty.child, duty.episode) for duty in self.duties}
        waiting = (duty for duty in self.not_due if (duty.rule.told_as[0], duty.child, duty.episode) not in arisen)
        duties = sorted((*self.duties, *waiting), key=in_due_order)
        return {
            "pack": self.packs,
            "as_of": in_words(self.as_of_instant),
            "known_at": in_words(self.known_at_instant),
            "episodes": [
                {
                    "child": episode.child,
                    "episode": episode.episode,
                    "category": episode.category,
                    "risk": episode.risk,
                    "state": episode.state,
                }
                for episode in self.episodes
            ],
            "duties": [duty.as_json() for duty in duties],
            "problems": [problem.as_json() for problem in self.problems],
        }


def in_due_order(result: DutyResult) -> tuple[int, str, str, str, str, int]:
    """By due time (none comes last), then name, then whatever else tells two apart."""
    due, rule = result.due, result.rule
    return (
        FAR if due is None else due,
        rule.told_as[0],
        result.child,
        result.episode or "",
        rule.place,
        result.instance,
    )
