"""evaluate(packs, log, as_of, known_at): the recipe of the engine, readable in one screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from lantern.engine.arising import triggers
from lantern.engine.authority import judge_decisions, judge_setting_aside
from lantern.engine.because import YES
from lantern.engine.clocks import DueCase
from lantern.engine.instants import FAR, from_datetime
from lantern.engine.log import Log
from lantern.engine.merge import merged
from lantern.engine.problems import Problem
from lantern.engine.results import DutyResult, EpisodeState, Evaluation, in_due_order
from lantern.engine.rules import Duty, Pack
from lantern.engine.states import Instance, instances
from lantern.engine.story import Story, told_of
from lantern.engine.view import View


def evaluate(packs: Sequence[Pack], log: Log, as_of: datetime, known_at: datetime | None = None) -> Evaluation:
    """What is owed at `as_of`, by what had been recorded at `known_at` (default: `as_of`).

    With two packs the first is the responsible authority's and the second the host's: the duties are their union,
    and the same duty of the same owner stands once with the earlier due time and both citations.
    Raises nothing for what a log may hold; oddities of the story are in `problems`.
    """
    at = from_datetime(as_of)
    known = at if known_at is None else from_datetime(known_at)
    evaluation = Evaluation([_named(pack) for pack in packs], at, known, problems=list(log.problems))
    stories = {child: told_of(child, events, at, known) for child, events in log.children.items()}
    for story in stories.values():
        story.log = stories
    editions = [[(_Views(edition, at), start, end) for edition, start, end in pack.editions()] for pack in packs]
    for story in stories.values():
        if story.events:
            _add_child(evaluation, editions, story)
        evaluation.problems += story.problems
    evaluation.duties.sort(key=in_due_order)
    return evaluation


def _named(pack: Pack) -> dict[str, str]:
    return {"name": pack.name, "edition": pack.edition, "hash": pack.content_hash}


def _add_child(evaluation: Evaluation, packs: list[list[_Edition]], story: Story) -> None:
    by_pack = []
    for number, editions in enumerate(packs):
        found: list[DutyResult] = []
        for views, start, end in editions:
            for view in views.of(story):
                arisen = _duties(view, evaluation.problems)
                found += [duty for duty in arisen if start <= duty.instance_.arose_at < end]
                evaluation.next_change = min(evaluation.next_change, view.pending)
                if views is editions[-1][0]:
                    evaluation.not_due += _not_due(view, arisen)
                    _add_episode(evaluation, view, first=number == 0)
            evaluation.problems += views.problems.pop(story.child)
        by_pack.append(found)
    evaluation.duties += merged(by_pack)
    if len(packs) > 1 or len(packs[0]) > 1:
        _once(evaluation)


def _add_episode(evaluation: Evaluation, view: View, *, first: bool) -> None:
    """How the episode stands, by the first pack."""
    if view.episode is not None and first:
        episode = EpisodeState.of(view, view.episode.id)
        evaluation.episodes.append(episode)
        evaluation.problems += episode.disagreements()


class _Views:
    """What one edition of a pack sees of each child, made once: rules that count look at other episodes, too."""

    def __init__(self, pack: Pack, at: int) -> None:
        self.pack = pack
        self.at = at
        self.made: dict[str, list[View]] = {}
        self.problems: dict[str, list[Problem]] = {}

    def of(self, story: Story) -> list[View]:
        """The child's record as a whole, then each episode in the order of their start."""
        views = self.made.get(story.child)
        if views is None:
            views = [View(self.pack, story, None, self.at)] if self.pack.child_duties else []
            views += [View(self.pack, story, episode, self.at) for episode in story.in_order]
            self.made[story.child] = views
            for view in views:
                view.views_of = self.of
            self.problems[story.child] = judge_decisions(views)
        return views


_Edition = tuple[_Views, int, int]  # the instants between which a duty that arises is judged by it


def _duties(view: View, problems: list[Problem]) -> list[DutyResult]:
    found: list[DutyResult] = []
    for duty in view.pack.episode_duties if view.episode else view.pack.child_duties:
        if view.episode is not None and not duty.set_aside_types.isdisjoint(view.by_type):
            problems += judge_setting_aside(duty, view)
        if duty.arising_types is not None and duty.arising_types.isdisjoint(view.by_type):
            continue
        found += [DutyResult(duty, view, instance) for instance in _instances(duty, view)]
    return found


def _instances(duty: Duty, view: View) -> list[Instance]:
    """Those of every trigger. Each variant counts for itself, so that a number once given stays.

    While a repeated duty runs another trigger starts nothing: exactly one instance is open at a time.
    """
    found: list[Instance] = []
    running_until = -FAR
    for trigger in triggers(duty, view):
        if trigger.at < running_until:
            continue
        found += instances(duty, view, trigger, len(found) + 1)
        if duty.repeats is not None and trigger.verdict == YES:
            last = found[-1].by
            running_until = FAR if last is None else max(last.at, trigger.at)
    return found


_NEVER = DueCase()


def _not_due(view: View, found: list[DutyResult]) -> list[DutyResult]:
    arisen = {result.rule.duty for result in found if result.view is view}
    waiting: dict[str, Duty] = {}
    for duty in view.pack.episode_duties if view.episode else view.pack.child_duties:
        if duty.duty not in arisen:
            waiting.setdefault(f"{duty.duty}/{duty.owed_by}", duty)
    return [DutyResult(duty, view, Instance(1, FAR, None, "not_due", _NEVER)) for duty in waiting.values()]


def _once(evaluation: Evaluation) -> None:
    """Under several packs or editions the same problem, and the same duty not yet due, are listed once."""
    evaluation.problems = list(dict.fromkeys(evaluation.problems))
    arisen = {(duty.duty, duty.owed_by, duty.episode) for duty in evaluation.duties}
    waiting = {(duty.duty, duty.owed_by, duty.episode): duty for duty in reversed(evaluation.not_due)}
    evaluation.not_due = [duty for key, duty in waiting.items() if key not in arisen]
