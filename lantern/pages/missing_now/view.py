"""The first screen: who is missing now."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from lantern.access import gate
from lantern.access.permissions import Permission
from lantern.access.rules import SIGNED_IN, access_rule
from lantern.duties.queries import MissingNow as Row
from lantern.duties.queries import missing_now as who_is_missing
from lantern.intake.models import InboundMessage
from lantern.pages.chrome import first_page
from lantern.pages.identity import age_of, authority_words, looked_after_words, name_of
from lantern.pages.lookups import RISK, STATE, category_words
from lantern.pages.missing_now.context import MissingCard, MissingNow
from lantern.pages.missing_now.found import found_table
from lantern.pages.who import person_of, who_asks
from lantern.plumbing import clock
from lantern.ui.components import Link
from lantern.ui.page import render
from lantern.ui.times import moment, say_length, say_limit


@access_rule(SIGNED_IN)
@require_safe
def missing_now(request: HttpRequest) -> HttpResponse:
    """Every child who is away and whom the person may see; who may see no child is led to their own first page."""
    if not who_asks(request).may(Permission.SEE_CHILD):
        return HttpResponseRedirect(reverse(first_page(request)))
    at = clock.now()
    rows = who_is_missing(person_of(request), at)
    found, found_ids = found_table(person_of(request), at)
    gate.note_shown(person_of(request), [row.child.id for row in rows] + found_ids, "missing now", at)
    return render(
        request,
        MissingNow(
            heading="Missing now",
            summary=_summary(len(rows)),
            looked_at=moment(at, at),
            cards=tuple(_card(row, at) for row in rows),
            found=found,
            unread=_unread(request),
            may_report=who_asks(request).may(Permission.REPORT_MISSING),
        ),
    )


def _summary(count: int) -> str:
    if not count:
        return "No child whose record you may open is missing."
    return "1 child is missing." if count == 1 else f"{count} children are missing."


def _card(row: Row, at: datetime) -> MissingCard:
    now = row.episode
    return MissingCard(
        link=Link(name_of(row.card), reverse("episode", args=[now.episode.ref])),
        detail=f"{age_of(row.card, at)}. {looked_after_words(row.card)}. {authority_words(row.card)}",
        state=STATE[now.state],
        risk=RISK[now.risk_level],
        risk_class=now.risk_level or "ungraded",
        away_for=say_length((at - now.began_at).total_seconds()),
        last_seen=moment(now.last_seen_at, at) if now.last_seen_at else None,
        category=category_words(now),
        stale="The duties may be out of date" if row.stale else "",
        owed=_owed(row.open),
        next_due=_next_due(row, at),
        overdue=_overdue(row.overdue),
    )


def _overdue(count: int) -> str:
    if not count:
        return ""
    return "1 duty is overdue" if count == 1 else f"{count} duties are overdue"


def _next_due(row: Row, at: datetime) -> str:
    if row.next_due and row.next_due >= at:
        left = say_length((row.next_due - at).total_seconds())
        return f"Next in {left}, {say_limit(row.next_due, at)}"
    return ""


def _owed(count: int) -> str:
    return "1 duty" if count == 1 else f"{count} duties"


def _unread(request: HttpRequest) -> Link | None:
    if not who_asks(request).may(Permission.HANDLE_INTAKE):
        return None
    count = InboundMessage.objects.filter(state="quarantined").count()
    if not count:
        return None
    words = "1 report could not be read" if count == 1 else f"{count} reports could not be read"
    return Link(f"{words}. Open it now" if count == 1 else f"{words}. Open them now", reverse("quarantine"))
