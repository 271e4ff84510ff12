"""A duty: its whole reason; accepting it; setting it aside."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lantern.access import gate
from lantern.access.models import Membership
from lantern.access.permissions import Permission
from lantern.access.rules import access_rule
from lantern.actions.acknowledge_duty import acknowledge_duty
from lantern.actions.set_aside_duty import set_aside_duty
from lantern.duties import queries
from lantern.duties.models import OPEN, Duty
from lantern.duties.owners import receives
from lantern.pages.duty.context import DutyPage, SetAsidePage
from lantern.pages.duty.forms import Accept, SetAside
from lantern.pages.duty_lines import Around, DutyLine, line_of
from lantern.pages.event_words import TITLES
from lantern.pages.identity import identity_of
from lantern.pages.lookups import agency_names, episode_words
from lantern.pages.pack_words import pack_titles
from lantern.pages.reasons import Why, why_of
from lantern.pages.value_words import plain
from lantern.pages.who import Who, actor_for, person_of, who_asks
from lantern.pages.writing import Outcome, fresh, submit
from lantern.plumbing import clock
from lantern.plumbing.errors import Refused
from lantern.record.actor import Actor
from lantern.record.load import timeline
from lantern.ui.components import Link, Row
from lantern.ui.forms import SafeForm
from lantern.ui.page import render
from lantern.ui.times import say_moment


@access_rule(Permission.SEE_CHILD)
@require_safe
def duty(request: HttpRequest, duty_id: UUID) -> HttpResponse:
    """One duty."""
    at = clock.now()
    found = _through_the_gate(request, duty_id, Permission.SEE_CHILD, "duty page", at)
    who = who_asks(request)
    accepts = found.stage == OPEN and found.answered_at is None and _receiving(who, found) is not None
    accepts = accepts and who.may(Permission.ACKNOWLEDGE_DUTY)
    return render(
        request,
        DutyPage(
            heading=found.says,
            identity=identity_of(found.child.card, at),
            back=_back(found),
            line=_line(found, at, who.permissions),
            why=_why(found),
            rows=_rows(found, at),
            contents=_contents(found.contents),
            accept=Accept(at=at, initial=fresh(found.child), auto_id="accept_%s") if accepts else None,
            accept_action=reverse("accept_duty", args=[found.id]),
            set_aside_href=_set_aside_address(found, offered=who.may(Permission.RECORD_EVENT)),
        ),
    )


@access_rule(Permission.ACKNOWLEDGE_DUTY)
@require_POST
def accept(request: HttpRequest, duty_id: UUID) -> HttpResponse:
    """Accept a duty; a second time changes nothing, and nobody accepts what others owe."""
    at = clock.now()
    found = _through_the_gate(request, duty_id, Permission.ACKNOWLEDGE_DUTY, "accept duty", at)
    by = actor_for(request, Permission.ACKNOWLEDGE_DUTY, found.child_id, "accept_duty")
    owing = _receiving(who_asks(request), found)
    if owing:  # somebody with several roles accepts in the one that owes it
        by = replace(by, role=owing.role, agency=owing.agency.code)
    form = Accept(request.POST, at=at)
    if not form.is_valid():
        return HttpResponseRedirect(reverse("duty", args=[duty_id]))
    try:
        acknowledge_duty(duty=found, by=by, at=at, idempotency_key=form.cleaned_data["key"])
        messages.success(request, "You accepted this duty.")
    except Refused as refused:
        messages.warning(request, str(refused))
    return HttpResponseRedirect(reverse("duty", args=[duty_id]))


@access_rule(Permission.RECORD_EVENT)
@require_http_methods(["GET", "HEAD", "POST"])
def set_aside(request: HttpRequest, duty_id: UUID) -> HttpResponse:
    """Ask why, and set the duty aside where the protocol allows it."""
    at = clock.now()
    found = _through_the_gate(request, duty_id, Permission.RECORD_EVENT, "set duty aside", at)
    if found.stage != OPEN:
        raise Http404
    by = actor_for(request, Permission.RECORD_EVENT, found.child_id, "set_aside_duty")
    if request.method != "POST":
        return _set_aside_page(request, found, Outcome(False, SetAside(at=at, initial=fresh(found.child))), at)
    outcome = submit(request, partial(_set_aside_form, at), partial(_set_aside, found, by, at), found.child, at)
    if not outcome.done:
        return _set_aside_page(request, found, outcome, at)
    messages.success(request, "The decision is recorded. Whether the duty is set aside is for the protocol to say.")
    return HttpResponseRedirect(_back(found).href)


def _receiving(who: Who, found: Duty) -> Membership | None:
    """The role in which the person may accept it: their agency owes it, in that role or one that it acts for."""
    owner = {"owner_role": found.owner_role, "owner_agency": found.owner_agency}
    held = (each for each in who.memberships if receives(role=each.role, agency=each.agency.code, **owner))
    return next(held, None)


def _set_aside_form(at: datetime, data: QueryDict) -> SafeForm:
    return SetAside(data, at=at)


def _set_aside(found: Duty, by: Actor, at: datetime, form: SafeForm) -> object:
    return set_aside_duty(
        duty=found,
        reason=form.cleaned_data["reason"],
        authorised_by_role=form.cleaned_data["authorised_by_role"],
        by=by,
        at=at,
        idempotency_key=form.cleaned_data["key"],
    )


def _set_aside_page(request: HttpRequest, found: Duty, outcome: Outcome, at: datetime) -> HttpResponse:
    return render(
        request,
        SetAsidePage(
            heading="Set a duty aside",
            identity=identity_of(found.child.card, at),
            back=Link("The duty", reverse("duty", args=[found.id])),
            line=_line(found, at),
            notes=outcome.notes,
            form=outcome.form,
            action=reverse("set_aside_duty", args=[found.id]),
        ),
    )


def _through_the_gate(request: HttpRequest, duty_id: UUID, permission: Permission, purpose: str, at: datetime) -> Duty:
    found = queries.one(duty_id, at)
    gate.child_by_id(person_of(request), found.duty.child_id if found else duty_id, purpose, at, permission=permission)
    if found is None:
        raise Http404
    return found.duty


def _back(found: Duty) -> Link:
    if found.episode:
        return Link(episode_words(found.episode), reverse("episode", args=[found.episode.ref]))
    return Link("The child's record", reverse("child", args=[found.child.ref]))


def _line(found: Duty, at: datetime, permissions: frozenset[Permission] = frozenset()) -> DutyLine:
    ref = found.episode.ref if found.episode else None
    return line_of(found, at, episode_ref=ref, around=Around(permissions=permissions))


def _why(found: Duty) -> Why:
    items, back = timeline(found.child, found.episode), _back(found).href
    return why_of(found, {str(item.id): Link(TITLES[item.type], f"{back}#event-{item.id}") for item in items})


def _rows(found: Duty, at: datetime) -> tuple[Row, ...]:
    line = line_of(found, at, episode_ref=None)
    rows = [Row("Who owes it", line.owner), Row("Agency", agency_names().get(found.owner_agency, "Not known"))]
    rows.append(Row("Strength", f"{line.strength} be done"))
    if found.arose_at:
        rows.append(Row("It arose", say_moment(found.arose_at, at)))
    if found.due_at:
        rows.append(Row("It is due by", say_moment(found.due_at, at)))
    if found.instance > 1:
        rows.append(Row("Time", f"Number {found.instance}"))
    if line.answered:
        rows.append(Row("Hand-over", line.answered))
    rows.append(Row("Protocol", pack_titles(found.pack)))
    return tuple(rows)


def _contents(contents: Any) -> tuple[Row, ...]:
    if not isinstance(contents, Mapping):
        return ()
    return tuple(Row(plain(str(key)).capitalize(), _listed(value)) for key, value in contents.items())


def _listed(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "\n".join(_listed(each) for each in value)
    return plain(str(value)) if str(value).islower() else str(value)


def _set_aside_address(found: Duty, *, offered: bool) -> str:
    return reverse("set_aside_duty", args=[found.id]) if offered and found.stage == OPEN else ""
