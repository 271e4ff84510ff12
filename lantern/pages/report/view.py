"""Reports a child missing: one who is known in a few answers, one who is not in a few more."""

from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from lantern.access import gate
from lantern.access.may import may
from lantern.access.models import Agency
from lantern.access.permissions import Permission
from lantern.access.rules import access_rule
from lantern.actions.report_missing import Reported, report_missing
from lantern.pages.identity import identity_of
from lantern.pages.report.context import ReportMissing
from lantern.pages.report.forms import REPORTERS, ReportForm, ReportNewForm
from lantern.pages.who import actor_for, person_of, who_asks
from lantern.pages.writing import Outcome, fresh, submit
from lantern.plumbing import clock
from lantern.record.actor import Actor
from lantern.record.models import Child, ChildCard
from lantern.ui.components import Link
from lantern.ui.page import render

SUPPLIED = {"police": {"police_told": "yes"}}


@access_rule(Permission.REPORT_MISSING)
@require_http_methods(["GET", "HEAD", "POST"])
def report_new(request: HttpRequest) -> HttpResponse:
    """Report a child who is not known yet."""
    return _answer(request, None, clock.now())


@access_rule(Permission.REPORT_MISSING)
@require_http_methods(["GET", "HEAD", "POST"])
def report_known(request: HttpRequest, ref: str) -> HttpResponse:
    """Report a child whose record the person may open."""
    at = clock.now()
    return _answer(request, gate.child_for(person_of(request), ref, "report missing", at), at)


def _answer(request: HttpRequest, child: Child | None, at: datetime) -> HttpResponse:
    by = actor_for(request, Permission.REPORT_MISSING, None, "report_missing")
    make = partial(_form, child, at)
    if request.method != "POST":
        return _page(request, child, Outcome(False, make(None, initial=_first_values(request, child, by, at))), at)
    reported: list[Reported] = []
    outcome = submit(request, make, lambda form: reported.append(_act(request, child, by, at, form)), child, at)
    if not outcome.done:
        return _page(request, child, outcome, at)
    said = "This was added to an absence that is already open." if reported[0].joined else "The report is recorded."
    return after_report(request, reported[0], said)


def after_report(request: HttpRequest, reported: Reported, said: str) -> HttpResponse:
    """To the episode; to a receipt where the record is not open to the person who reported."""
    if not may(person_of(request), Permission.SEE_CHILD, reported.child.id).allowed:
        return HttpResponseRedirect(reverse("report_received", args=[reported.contact or "nobody"]))
    messages.success(request, said)
    return HttpResponseRedirect(reverse("episode", args=[reported.episode.ref]))


def _act(request: HttpRequest, child: Child | None, by: Actor, at: datetime, form: Any) -> Reported:
    return report_missing(
        child=child,
        facts=form.facts(),
        occurred_at=form.cleaned_data["occurred_at"],
        absence=form.absence(),
        report=form.report(_received_by(request, by)),
        by=by,
        at=at,
        idempotency_key=form.cleaned_data["key"],
    )


def _received_by(request: HttpRequest, by: Actor) -> str:
    """Who took the report where the police were not told."""
    if by.role == "out_of_hours":
        return "out_of_hours"
    return "school" if "school" in who_asks(request).kinds else "front_door"


def _form(
    child: Child | None, at: datetime, data: QueryDict | None, initial: dict[str, Any] | None = None
) -> ReportForm:
    if child is not None:
        return ReportForm(data, at=at, initial=initial)
    return ReportNewForm(data, at=at, initial=initial, authorities=authority_names())


def _first_values(request: HttpRequest, child: Child | None, by: Actor, at: datetime) -> dict[str, Any]:
    supplied: dict[str, Any] = {"occurred_at": at, "reported_by_role": by.role if by.role in REPORTERS else ""}
    for kind in who_asks(request).kinds:
        supplied |= SUPPLIED.get(kind, {})
    own = [each.agency.authority for each in who_asks(request).memberships if each.agency.authority]
    if child is None and own:
        supplied["responsible_authority"] = own[0]
    return supplied | fresh(child)


def authority_names() -> list[str]:
    """Short names of the authorities that take part."""
    return list(Agency.objects.exclude(authority="").order_by("authority").values_list("authority", flat=True))


def _page(request: HttpRequest, child: Child | None, outcome: Outcome, at: datetime) -> HttpResponse:
    card = ChildCard.objects.filter(child=child).first() if child else None
    return render(
        request,
        ReportMissing(
            heading="Report a missing child",
            identity=identity_of(card, at) if child else None,
            back=Link("Find another child", reverse("report")),
            notes=outcome.notes,
            form=outcome.form,
            action=reverse("report_known", args=[child.ref]) if child else reverse("report_new"),
        ),
    )
