"""A child: who, what is known, every episode, and what happened."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from lantern.access import gate
from lantern.access.models import PartRequest
from lantern.access.permissions import Permission
from lantern.access.rules import access_rule
from lantern.duties.queries import of_child
from lantern.evaluations.models import EpisodeNow
from lantern.pages.child.context import ChildPage
from lantern.pages.child.facts import fact_rows
from lantern.pages.duty_lines import Around, DutyLine, in_order, line_of, still_owed
from lantern.pages.event_words import entry_of
from lantern.pages.identity import identity_of
from lantern.pages.lookups import RISK, STATE, agency_names, category_words, episode_of, people_of
from lantern.pages.reasons import all_shown
from lantern.pages.who import Who, person_of, who_asks
from lantern.plumbing import clock
from lantern.record.load import timeline
from lantern.record.models import Child, ChildCard
from lantern.ui.components import Cell, Link, Table
from lantern.ui.page import render
from lantern.ui.times import say_moment

LATEST = 30  # events on this page; older ones stand on the pages of their episodes


@access_rule(Permission.SEE_CHILD)
@require_safe
def child(request: HttpRequest, ref: str) -> HttpResponse:
    """One child."""
    at = clock.now()
    found = gate.child_for(person_of(request), ref, "child page", at)
    items = timeline(found)
    told = [item for item in reversed(items) if item.type != "corrected"]
    people, agencies = people_of(items), agency_names()
    episodes = list(
        EpisodeNow.objects.filter(child=found).select_related("episode").order_by("-began_at", "-episode_id")
    )
    open_now = next((each for each in episodes if each.state != "closed"), None)
    who = who_asks(request)
    return render(
        request,
        ChildPage(
            heading="Child's record",
            identity=identity_of(ChildCard.objects.filter(child=found).first(), at),
            open_episode=_open_link(open_now),
            open_words=_open_words(open_now, at),
            facts=fact_rows(items, at),
            owed=_owed(found, at, who),
            episodes=_episodes(episodes, at),
            entries=tuple(entry_of(item, at, people=people, agencies=agencies) for item in told[:LATEST]),
            earlier=max(0, len(told) - LATEST),
            update_href=_address("update_facts", found, offered=who.may(Permission.RECORD_EVENT)),
            report_href=_address("report_known", found, offered=who.may(Permission.REPORT_MISSING)),
            why_href=reverse("why", args=[found.ref]),
            asking=PartRequest.objects.filter(child_id=found.id, answered_at=None).count(),
            parts_href=_address("parts", found, offered=who.may(Permission.GIVE_PART)),
            seen_href=_address("who_has_seen", found, offered=who.may(Permission.SEE_WHO_HAS_SEEN)),
        ),
    )


def _address(name: str, found: Child, *, offered: bool) -> str:
    return reverse(name, args=[found.ref]) if offered else ""


def _owed(found: Child, at: datetime, who: Who) -> tuple[DutyLine, ...]:
    around = Around(agencies=agency_names(), permissions=who.permissions)
    duties = [now.duty for now in of_child(found, at)]
    why = all_shown(duties, at)
    return still_owed(in_order(line_of(duty, at, episode_ref=None, why=why[duty.id], around=around) for duty in duties))


def _open_link(now: EpisodeNow | None) -> Link | None:
    return Link("Open the episode", reverse("episode", args=[now.episode.ref])) if now else None


def _open_words(now: EpisodeNow | None, at: datetime) -> str:
    if now is None:
        return ""
    return f"{STATE[now.state].words}. The absence began at {say_moment(now.began_at, at)}."


def _episodes(episodes: list[EpisodeNow], at: datetime) -> Table | None:
    if not episodes:
        return None
    return Table(
        caption=f"Episodes ({len(episodes)})",
        columns=("Episode", "How it stands", "Risk", "Category"),
        rows=tuple(
            (
                Cell(
                    "",
                    sort=int(each.began_at.timestamp()),
                    link=Link(episode_of(each.began_at), reverse("episode", args=[each.episode.ref])),
                ),
                Cell("", sort=each.state, tag=STATE[each.state]),
                Cell("", sort=each.risk_level, tag=RISK[each.risk_level]),
                Cell(category_words(each)),
            )
            for each in episodes
        ),
        sortable=len(episodes) > 1,
    )
