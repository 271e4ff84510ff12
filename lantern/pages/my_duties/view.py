"""What the person owes, in the roles they hold."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from lantern.access import gate
from lantern.access.permissions import Permission
from lantern.access.rules import access_rule
from lantern.duties.queries import DutyNow, of_my_agencies
from lantern.duties.queries import my_duties as mine
from lantern.pages.addresses import address
from lantern.pages.duty_lines import (
    CANNOT_TELL,
    DUE_NOW,
    OVERDUE,
    UPCOMING,
    Around,
    DutyGroup,
    DutyLine,
    in_order,
    line_of,
)
from lantern.pages.identity import name_of
from lantern.pages.lookups import agency_names, episode_words
from lantern.pages.my_duties.asking import asking_of
from lantern.pages.my_duties.context import MyDuties
from lantern.pages.my_duties.unread import unread_for, with_unread
from lantern.pages.reasons import all_shown
from lantern.pages.who import person_of, who_asks
from lantern.plumbing import clock
from lantern.ui.components import Link
from lantern.ui.page import render
from lantern.ui.times import moment

MOST = 200  # duties of the agency's page, the earliest due first
HEADINGS = {
    OVERDUE: "Overdue",
    DUE_NOW: "As soon as possible",
    UPCOMING: "Due",
    CANNOT_TELL: "Cannot tell yet: a fact is missing",
}


@access_rule(Permission.SEE_DUTIES)
@require_safe
def my_duties(request: HttpRequest) -> HttpResponse:
    """Open duties of the person's roles."""
    at = clock.now()
    return _shown(request, mine(person_of(request), at), at, whole_agency=False)


@access_rule(Permission.SEE_DUTIES)
@require_safe
def agency_duties(request: HttpRequest) -> HttpResponse:
    """Open duties of everybody in the person's agencies."""
    at = clock.now()
    return _shown(request, of_my_agencies(person_of(request), at, MOST), at, whole_agency=True)


def _shown(request: HttpRequest, found: Sequence[DutyNow], at: datetime, *, whole_agency: bool) -> HttpResponse:
    gate.note_shown(person_of(request), [now.duty.child_id for now in found], "duties", at)
    around = Around(agencies=agency_names() if whole_agency else {}, permissions=who_asks(request).permissions)
    why = all_shown((now.duty for now in found), at)
    lines = [_line(now, at, why[now.duty.id], around) for now in found]
    unread = unread_for(request, at)
    summary = _summary(lines, cut=whole_agency and len(lines) == MOST)
    words = who_asks(request).words
    return render(
        request,
        MyDuties(
            heading="Duties of my agency" if whole_agency else "My duties",
            whose=f"Duties of everybody at your agency. You are: {words}." if whole_agency else f"For: {words}.",
            looked_at=moment(at, at),
            summary=with_unread(summary, unread.count, nothing_else=not lines),
            unread=unread,
            asking=asking_of(request, at),
            groups=tuple(_groups(lines)),
            all_href=reverse("my_duties") if whole_agency else reverse("agency_duties"),
            all_words="Show only mine" if whole_agency else "Show my whole agency's",
        ),
    )


def _line(now: DutyNow, at: datetime, why: SafeString, around: Around) -> DutyLine:
    duty, episode = now.duty, now.duty.episode
    about = Link(
        name_of(duty.child.card),
        address("episode", episode.ref) if episode else address("child", duty.child.ref),
    )
    detail = episode_words(episode) if episode else ""
    stale = "may be out of date" if now.stale else ""
    return line_of(
        duty,
        at,
        episode_ref=episode.ref if episode else None,
        why=why,
        around=around,
        about=about,
        about_detail=", ".join(part for part in (detail, stale) if part),
    )


def _groups(lines: Iterable[DutyLine]) -> Iterable[DutyGroup]:
    ordered = in_order(lines)
    for state, heading in HEADINGS.items():
        held = tuple(line for line in ordered if line.state == state)
        if held:
            yield DutyGroup(heading, held)


def _summary(lines: Sequence[DutyLine], *, cut: bool) -> str:
    if cut:
        return f"The {MOST} duties that are due first."
    if not lines:
        return "Nothing is owed at the moment."
    unsure = sum(line.state == CANNOT_TELL for line in lines)
    owed, late = len(lines) - unsure, sum(line.state == OVERDUE for line in lines)
    words = "1 duty is owed" if owed == 1 else f"{owed} duties are owed"
    words += f", {late} overdue." if late else ", none overdue." if owed else "."
    if unsure:
        words += f" Of {unsure} more a fact is missing to tell." if owed else f" Of {unsure} a fact is missing to tell."
    return words
