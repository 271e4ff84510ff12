"""Reports that came in and could not be read: the list, one of them beside the form, and "it holds no report"."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lantern.access import gate
from lantern.access.permissions import Permission
from lantern.access.rules import access_rule
from lantern.actions.release_from_quarantine import release_from_quarantine, set_aside_message
from lantern.actions.report_missing import Reported
from lantern.intake import quarantine as waiting_room
from lantern.intake.feeds.police_email.read import read
from lantern.intake.models import InboundMessage
from lantern.pages.identity import age_of, name_of
from lantern.pages.intake.context import Part, Quarantine, QuarantinedReport
from lantern.pages.intake.forms import NEW, ReleaseForm
from lantern.pages.intake.words import FEEDS, problems_of
from lantern.pages.report.view import after_report, authority_names
from lantern.pages.who import actor_for, person_of
from lantern.pages.writing import Outcome, fresh, submit
from lantern.plumbing import clock
from lantern.plumbing.errors import Refused
from lantern.record.models import ChildCard
from lantern.ui.components import Cell, Link, Row, Table
from lantern.ui.page import render
from lantern.ui.times import say_ago, say_moment

MOST_TEXT = 20_000  # characters of one part on the page; the whole stays kept


@access_rule(Permission.HANDLE_INTAKE)
@require_safe
def quarantine(request: HttpRequest) -> HttpResponse:
    """What waits for a person."""
    at = clock.now()
    waiting = waiting_room.waiting()
    count = len(waiting)
    summary = "Nothing waits to be read." if not count else f"{count} report{'' if count == 1 else 's'} to read."
    return render(
        request,
        Quarantine(heading="Unread reports", summary=summary, table=_table(waiting, at)),
    )


def _table(waiting: list[InboundMessage], at: datetime) -> Table | None:
    if not waiting:
        return None
    return Table(
        caption="Reports that could not be read",
        columns=("Arrived", "From", "What could not be read"),
        rows=tuple(
            (
                Cell(
                    "",
                    sort=int(each.received_at.timestamp()),
                    link=Link(say_moment(each.received_at, at), reverse("quarantined", args=[each.id])),
                    detail=say_ago(each.received_at, at),
                ),
                Cell(FEEDS.get(each.feed, each.feed)),
                Cell("; ".join(problems_of(each))),
            )
            for each in waiting
        ),
        hide_caption=True,
    )


@access_rule(Permission.HANDLE_INTAKE)
@require_http_methods(["GET", "HEAD", "POST"])
def quarantined(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """One report and the form that makes events of it."""
    at = clock.now()
    message = _waiting(message_id)
    candidates = _candidates(request, message, at)
    make = partial(_form, candidates, at)
    if request.method != "POST":
        first = {"occurred_at": message.received_at, "police_told": "yes", "reported_by_role": "police_officer"}
        return _page(request, message, Outcome(False, make(None, {**first, **fresh(None)})), at)
    reported: list[Reported] = []
    act = partial(_release, request, message, candidates, at)
    outcome = submit(request, make, lambda form: reported.append(act(form)), None, at)
    if not outcome.done:
        return _page(request, message, outcome, at)
    return after_report(request, reported[0], "The report is recorded.")


@access_rule(Permission.HANDLE_INTAKE)
@require_POST
def no_report(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """The message holds no report."""
    at = clock.now()
    message = _waiting(message_id)
    by = actor_for(request, Permission.HANDLE_INTAKE, None, "quarantine")
    try:
        set_aside_message(message=message, by=by, at=at)
        messages.success(request, "The message is set aside. It stays kept.")
    except Refused as refused:
        messages.warning(request, str(refused))
    return HttpResponseRedirect(reverse("quarantine"))


def _waiting(message_id: UUID) -> InboundMessage:
    message = InboundMessage.objects.filter(id=message_id, state=InboundMessage.State.QUARANTINED).first()
    if message is None:
        raise Http404
    return message


def _candidates(request: HttpRequest, message: InboundMessage, at: datetime) -> list[tuple[str, str]]:
    """Known children whom the report may be about, as far as the person may see them."""
    visible = gate.children_visible_to(person_of(request)).filter(id__in=message.candidates)
    cards = list(ChildCard.objects.filter(child__in=visible).select_related("child").order_by("child_id"))
    gate.note_shown(person_of(request), [card.child_id for card in cards], "unread report", at)
    return [(card.child.ref, f"{name_of(card)}, {age_of(card, at)}") for card in cards]


def _form(
    candidates: list[tuple[str, str]], at: datetime, data: QueryDict | None, initial: dict[str, Any] | None = None
) -> ReleaseForm:
    return ReleaseForm(data, at=at, initial=initial, authorities=authority_names(), candidates=candidates)


def _release(
    request: HttpRequest, message: InboundMessage, candidates: list[tuple[str, str]], at: datetime, form: Any
) -> Reported:
    ref = form.cleaned_data["child"]
    child = None
    if ref != NEW and ref in dict(candidates):
        child = gate.child_for(person_of(request), ref, "unread report", at)
    return release_from_quarantine(
        message=message,
        child=child,
        facts=form.facts(),
        occurred_at=form.cleaned_data["occurred_at"],
        absence=form.absence(),
        report=form.report("front_door"),
        by=actor_for(request, Permission.HANDLE_INTAKE, None, "quarantine"),
        at=at,
    )


def _page(request: HttpRequest, message: InboundMessage, outcome: Outcome, at: datetime) -> HttpResponse:
    gate.note_message(person_of(request), message.id, "unread report", at)
    return render(
        request,
        QuarantinedReport(
            heading="Unread report",
            back=Link("Unread reports", reverse("quarantine")),
            problems=tuple(problems_of(message)),
            rows=_rows(message, at),
            texts=_texts(message),
            notes=outcome.notes,
            form=outcome.form,
            action=reverse("quarantined", args=[message.id]),
            nothing_action=reverse("no_report", args=[message.id]),
        ),
    )


def _rows(message: InboundMessage, at: datetime) -> tuple[Row, ...]:
    rows = [
        Row("Arrived", f"{say_moment(message.received_at, at)}, {say_ago(message.received_at, at)}"),
        Row("From", FEEDS.get(message.feed, message.feed)),
    ]
    if message.deliveries > 1:
        rows.append(Row("Delivered", f"{message.deliveries} times"))
    if message.same_id_other_content:
        rows.append(Row("Beware", "An earlier message had the same number and other content"))
    return tuple(rows)


def _texts(message: InboundMessage) -> tuple[Part, ...]:
    raw = message.raw
    found = tuple(Part(text.place, text.text[:MOST_TEXT]) for text in read(raw).texts)
    return found or (Part("the message", raw.decode("utf-8", "replace")[:MOST_TEXT]),)
