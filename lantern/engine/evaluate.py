"""evaluate(packs, log, as_of, known_at): the recipe of the engine, readable in one screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from lantern.engine.authority import judge_decisions, judge_setting_aside
from lantern.engine.clocks import AS_SOON_AS_POSSIBLE
from lantern.engine.episode_state import EpisodeState
from lantern.engine.instants import FAR, from_datetime
from lantern.engine.log import Log
from lantern.engine.merge import merged
from lantern.engine.plans import ready
from lantern.engine.problems import Problem
from lantern.engine.results import DutyResult, Evaluation
from lantern.engine.rules import Duty, Pack
from lantern.engine.story import Story, told_of
from lantern.engine.view import View


def evaluate(packs: Sequence[Pack], log: Log, as_of: datetime, known_at: datetime | None = None) -> Evaluation:
    """What is owed at `as_of`, by what had been recorded at `known_at` (default: `as_of`).

    With two packs the first is the responsible authority's and the second the host's: the duties are their union,
    and the same duty of the same owner stands once, open before closed, then the earlier due, with both citations.
    Raises nothing for what a log may hold; oddities of the story are in `problems`.
    """
    at = from_datetime(as_of)
    known = at if known_at is None else from_datetime(known_at)
    evaluation = Evaluation([_named(pack) for pack in packs], at, known, problems=list(log.problems))
    stories = {child: told_of(child, events, at, known) for child, events in log.children.items()}
    editions = [
        [(_Views(edition, stories, at), start, end) for edition, start, end in pack.editions()] for pack in packs
    ]
    looked_at: list[_Looked] = []
    for story in stories.values():
        if story.events:
            _add_child(evaluation, editions, story, looked_at)
        evaluation.problems += story.problems
    several = len(editions) > 1 or len(editions[0]) > 1
    if several:
        evaluation.problems = list(dict.fromkeys(evaluation.problems))
    evaluation.waiting = partial(_not_due, looked_at, several)
    for views, _, _ in (edition for each in editions for edition in each):
        views.made.clear()  # made again where a reason asks for them; else the whole log would be one knot in memory
    return evaluation


def _named(pack: Pack) -> dict[str, str]:
    return {"name": pack.name, "edition": pack.edition, "hash": pack.content_hash}


def _add_child(evaluation: Evaluation, packs: list[list[_Edition]], story: Story, looked_at: list[_Looked]) -> None:
    by_pack = []
    for number, editions in enumerate(packs):
        found: list[DutyResult] = []
        newest = editions[-1][0]
        for views, start, end in editions:
            for view in views.of(story):
                arisen = _duties(views, view, evaluation.problems)
                found += arisen if len(editions) == 1 else [duty for duty in arisen if start <= duty.arose < end]
                evaluation.next_change = min(evaluation.next_change, view.pending)
                if views is newest:
                    looked_at.append((view, arisen))
                    if number == 0:
                        _add_episode(evaluation, view)
            evaluation.problems += views.problems.pop(story.child)
        by_pack.append(found)
    evaluation.duties += merged(by_pack)


def _add_episode(evaluation: Evaluation, view: View) -> None:
    """How the episode stands, by the first pack."""
    if view.episode is not None:
        episode = EpisodeState(view, view.episode.id)
        evaluation.episodes.append(episode)
        evaluation.problems += episode.disagreements()


class _Views:
    """What one edition of a pack sees of each child, made once: rules that count look at other episodes, too."""

    def __init__(self, pack: Pack, stories: Mapping[str, Story], at: int) -> None:
        self.pack = pack
        self.ready = ready(pack)
        self.stories = stories
        self.at = at
        self.made: dict[str, list[View]] = {}
        self.problems: dict[str, list[Problem]] = {}

    def of(self, story: Story) -> list[View]:
        """The child's record as a whole, then each episode in the order of their start."""
        views = self.made.get(story.child)
        if views is None:
            views = [View(self.pack, story, None, self.at, self)] if self.pack.child_duties else []
            views += [View(self.pack, story, episode, self.at, self) for episode in story.in_order]
            self.made[story.child] = views
            self.problems[story.child] = judge_decisions(views, self.ready.decisions)
        return views


_Edition = tuple[_Views, int, int]  # the instants between which a duty that arises is judged by it
_Looked = tuple[View, list[DutyResult]]  # what arose in a view


def _duties(views: _Views, view: View, problems: list[Problem]) -> list[DutyResult]:
    plans = views.ready.of_episodes if view.episode is not None else views.ready.of_children
    may_have_arisen, may_be_set_aside = plans.for_types(view.by_type)
    found: list[DutyResult] = []
    for plan in may_have_arisen:
        found += plan(view)
    if view.episode is not None and may_be_set_aside:
        problems += judge_setting_aside(may_be_set_aside, view, {result.rule for result in found})
    return found


def _not_due(looked_at: list[_Looked], several: bool, duties: Sequence[DutyResult]) -> list[DutyResult]:
    """Duties that nothing has made arise; under several packs or editions each is listed once."""
    found: list[DutyResult] = []
    for view, results in looked_at:
        arisen = {result.rule.duty for result in results}
        waiting: dict[str, Duty] = {}
        for duty in view.pack.episode_duties if view.episode else view.pack.child_duties:
            if duty.duty not in arisen:
                waiting.setdefault(f"{duty.duty}/{duty.owed_by}", duty)
        found += [
            DutyResult(duty, view, None, 1, FAR, None, AS_SOON_AS_POSSIBLE, "not_due") for duty in waiting.values()
        ]
    if not several:
        return found
    owed = {(duty.duty, duty.owed_by, duty.episode) for duty in duties}
    once = {(duty.duty, duty.owed_by, duty.episode): duty for duty in reversed(found)}
    return [duty for key, duty in once.items() if key not in owed]
