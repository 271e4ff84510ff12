"""Which decisions stand: a decision by a role with no power to make it is kept, listed, and changes nothing."""

from __future__ import annotations

from collections.abc import Sequence, Set

from lantern.engine.because import YES
from lantern.engine.ending import allowed, set_aside_events
from lantern.engine.log import Event
from lantern.engine.problems import Problem
from lantern.engine.rules import Authority, Cite, Duty
from lantern.engine.view import View


def judge_decisions(views: Sequence[View], types: frozenset[str]) -> list[Problem]:
    """Leave out of all the views of one child what was decided without authority; say so for each decision.

    A decision is judged once, in the episode in which it was recorded and just before it was made.
    `types` are the events that the pack holds to be decisions.
    """
    problems: list[Problem] = []
    by_episode = {view.episode.id: view for view in views if view.episode is not None} if types else {}
    if not by_episode:
        return problems
    void: frozenset[str] = frozenset()
    rules = views[0].pack.authority
    for event in views[0].story.events:
        view = by_episode.get(event.episode or "") if event.type in types else None
        for rule in rules if view is not None else ():
            problem = _judge(rule, view, event) if view is not None else None
            if problem is None:
                continue
            problems.append(problem)
            if problem.code == "not_authorised" or (problem.code == "not_recorded" and rule.strict):
                void |= {event.id}
                for each in views:
                    each.leave_out(void)
                break
    return problems


def _judge(rule: Authority, view: View, event: Event) -> Problem | None:
    if not rule.decision.match(event):
        return None
    if rule.condition is not None and rule.condition.verdict(view, event.at - 1, event) != YES:
        return None
    role = event.decider
    if role is None:
        return _problem("cannot_tell_authority", f"{rule.says}; nobody recorded who decided", event, rule.cites)
    if role not in rule.by:
        message = f"{view.pack.role_name(role)} is not authorised: {rule.says}"
        return _problem("not_authorised", message, event, rule.cites, " or ".join(sorted(rule.by)))
    lacking = [name for name in rule.requires if event.fields.get(name) in (None, "", [])]
    if lacking:
        return _problem("not_recorded", f"{rule.says}; {' and '.join(lacking)} was not recorded", event, rule.cites)
    return None


def judge_setting_aside(duties: Sequence[Duty], view: View, arisen: Set[Duty]) -> list[Problem]:
    """Attempts to set a duty aside that the pack does not allow, once for each duty that an event is aimed at.

    Of several variants those count that have arisen; one that lets the event set it aside is enough.
    """
    aimed: dict[tuple[Event, str], list[Duty]] = {}
    for duty in duties:
        for type_ in duty.set_aside_types:
            for event in view.by_type.get(type_, ()):
                if _aims_at(event, duty):
                    aimed.setdefault((event, duty.duty), []).append(duty)
    problems = []
    for (event, _), variants in aimed.items():
        standing = [duty for duty in variants if duty in arisen] or variants
        refusals = [_refused(duty, view, event) for duty in standing]
        if None not in refusals:
            problems += [refusal for refusal in refusals[:1] if refusal is not None]
    return problems


def _refused(duty: Duty, view: View, event: Event) -> Problem | None:
    """None where the event may set the duty aside."""
    reasons = [allowed(rule, view, event) for rule in duty.set_aside if event in set_aside_events(duty, rule, view)]
    if None in reasons:
        return None
    why = next(iter(filter(None, reasons)), "the protocol lets nobody set it aside")
    cites = tuple(cite for rule in duty.set_aside for cite in rule.cites) or duty.cites
    return _problem("not_authorised", f"{duty.says}: {why}", event, cites)


def _aims_at(event: Event, duty: Duty) -> bool:
    return event.type != "duty_set_aside" or event.fields.get("duty") in (duty.duty, duty.name)


def _problem(code: str, message: str, event: Event, cites: tuple[Cite, ...], expected: str = "") -> Problem:
    said = str(event.decider or "")
    cite = "; ".join(f"{cite.source}, {cite.at}" for cite in cites)
    return Problem(code, message, said=said, expected=expected, event=event.id, cite=cite)
