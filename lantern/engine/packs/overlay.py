"""A local pack laid over its base: a duty of a name replaces all duties of that name in the base."""

from __future__ import annotations

from dataclasses import replace

from lantern.engine.rules import Pack


def laid_over(local: Pack, base: Pack) -> Pack:
    """The local pack with what it does not say itself taken from the base."""
    own = {duty.duty for duty in local.duties}
    withdrawn = {str(item.get("duty")) for item in local.withdraws}
    inherited = tuple(duty for duty in base.duties if duty.duty not in own | withdrawn)
    duties = (*local.duties, *inherited)
    decisions = {type_ for rule in local.authority for type_ in rule.decision.types()}
    authority = tuple(rule for rule in base.authority if not decisions & rule.decision.types())
    return replace(
        local,
        duties=duties,
        authority=(*local.authority, *authority),
        sources={**base.sources, **local.sources},
        timetables={**base.timetables, **local.timetables},
        applies=local.applies or base.applies,
        episode_duties=tuple(duty for duty in duties if duty.scope == "episode"),
        child_duties=tuple(duty for duty in duties if duty.scope == "child"),
    )
