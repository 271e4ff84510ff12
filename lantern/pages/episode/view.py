"""An episode: how it stands, what is owed and why, and what happened."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from lantern.access import gate
from lantern.access.permissions import Permission
from lantern.access.rules import access_rule
from lantern.duties.queries import DutyNow, of_episode
from lantern.engine.roles import ROLES
from lantern.evaluations.models import EpisodeNow, Evaluation, Standing
from lantern.pages.duty_lines import Around, DutyLine, grouped, in_order, line_of, still_owed
from lantern.pages.episode.context import EpisodePage
from lantern.pages.episode.offers import all_offers, first_offers
from lantern.pages.event_words import TITLES, correct_address, entry_of
from lantern.pages.identity import identity_of
from lantern.pages.lookups import RISK, STATE, agency_names, category_words, episode_words, people_of
from lantern.pages.pack_words import pack_titles
from lantern.pages.reasons import shown, why_of
from lantern.pages.who import Who, person_of, who_asks
from lantern.plumbing import clock
from lantern.record.load import TimelineItem, timeline
from lantern.record.models import ChildCard, Episode
from lantern.ui.components import Entry, Link, Row, Tag
from lantern.ui.page import render
from lantern.ui.times import say_ago, say_moment

UNKNOWN_STATE = Tag("Being looked at", "grey")


@access_rule(Permission.SEE_CHILD)
@require_safe
def episode(request: HttpRequest, ref: str) -> HttpResponse:
    """One episode."""
    at = clock.now()
    found = gate.episode_for(person_of(request), ref, "episode page", at)
    now = EpisodeNow.objects.filter(episode=found).first()
    items = timeline(found.child, found)
    evaluation = latest_evaluation(found)
    who = who_asks(request)
    owed, over = duty_lines(found, items, of_episode(found, at), at, who)
    state = now.state if now else ""
    return render(
        request,
        EpisodePage(
            heading=episode_words(found),
            identity=identity_of(ChildCard.objects.filter(child=found.child).first(), at),
            child=Link("The child's record", reverse("child", args=[found.child.ref])),
            state=STATE.get(state, UNKNOWN_STATE),
            risk=RISK[now.risk_level if now else ""],
            standing=standing_rows(now, evaluation, at),
            stale=stale_words(found, at),
            problems=problems_of(evaluation, items),
            owed=grouped(owed),
            over=over,
            first_offers=first_offers(who, found.ref, state, graded=bool(now and now.risk_level)),
            offers=all_offers(who, found.ref),
            entries=entries_of(found, items, at, may_correct=who.may(Permission.CORRECT_EVENT)),
            briefing_href=reverse("briefing", args=[found.ref]),
        ),
    )


def duty_lines(
    found: Episode,
    items: Sequence[TimelineItem],
    duties: Iterable[DutyNow],
    at: datetime,
    who: Who,
) -> tuple[tuple[DutyLine, ...], tuple[DutyLine, ...]]:
    """The duties still owed and those that are over."""
    links = {str(item.id): Link(TITLES[item.type], f"#event-{item.id}") for item in items}
    around = Around(agencies=agency_names(), my_agencies=who.agency_codes, permissions=who.permissions)
    lines = in_order(
        line_of(now.duty, at, episode_ref=found.ref, why=shown(why_of(now.duty, links)), around=around)
        for now in duties
    )
    owed = still_owed(lines)
    return owed, tuple(line for line in lines if line not in owed)


def latest_evaluation(found: Episode) -> Evaluation | None:
    """The evaluation that the duties on screen come from."""
    standing = Standing.objects.filter(child_id=found.child_id).select_related("evaluation").first()
    return standing.evaluation if standing else None


def standing_rows(now: EpisodeNow | None, evaluation: Evaluation | None, at: datetime) -> tuple[Row, ...]:
    """How the episode stands, as keys and values."""
    rows = []
    if now:
        rows.append(Row("Away since", say_moment(now.began_at, at)))
        if now.last_seen_at:
            rows.append(Row("Last seen", f"{say_moment(now.last_seen_at, at)}, {say_ago(now.last_seen_at, at)}"))
        rows.append(Row("Category", category_words(now)))
        rows.append(Row("Risk", _risk_words(now, at)))
    if evaluation:
        keys = ",".join(f"{pack['name']}@{pack['edition']}" for pack in evaluation.packs)
        rows.append(Row("Protocol", pack_titles(keys)))
    return tuple(rows)


def _risk_words(now: EpisodeNow, at: datetime) -> str:
    if not now.risk_level:
        return "Not graded yet"
    words = now.risk_level.replace("_", " ").capitalize()
    by = f", graded by the {ROLES.get(now.risk_by, now.risk_by)}" if now.risk_by else ""
    when = f", {say_moment(now.risk_at, at)}" if now.risk_at else ""
    return words + by + when


def stale_words(found: Episode, at: datetime) -> str:
    """A warning where the last evaluation failed."""
    standing = Standing.objects.filter(child_id=found.child_id, failed_since__isnull=False).first()
    if standing is None or standing.failed_since is None:
        return ""
    since = say_moment(standing.failed_since, at)
    return f"The duties may be out of date: they could not be worked out again since {since}. Follow the protocol."


def problems_of(evaluation: Evaluation | None, items: Sequence[TimelineItem]) -> tuple[str, ...]:
    """What the engine says must be looked at, about events of this episode."""
    listed: list[Any] = (evaluation.result or {}).get("problems", []) if evaluation else []
    mine = {str(item.id) for item in items}
    found = [each for each in listed if isinstance(each, dict) and each.get("event") in mine]
    return tuple(dict.fromkeys(_problem_words(each) for each in found))


def _problem_words(problem: dict[str, Any]) -> str:
    words = str(problem.get("message", "")).replace("_", " ")
    hint = str(problem.get("hint") or "").replace("_", " ")
    sentence = words[:1].upper() + words[1:].rstrip(".") + "."
    return f"{sentence} {hint}".strip()


def entries_of(
    found: Episode, items: Sequence[TimelineItem], at: datetime, *, may_correct: bool = False
) -> tuple[Entry, ...]:
    """What happened, newest first; corrections stand with what they correct."""
    people, agencies = people_of(items), agency_names()
    return tuple(
        entry_of(
            item,
            at,
            people=people,
            agencies=agencies,
            correct_href=correct_address(found.ref, item) if may_correct else "",
        )
        for item in reversed(items)
        if item.type != "corrected"
    )
