"""Records facts about a child: what was changed, and nothing else."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from lantern.access import gate
from lantern.access.permissions import Permission
from lantern.access.rules import access_rule
from lantern.actions.record_event import record_event
from lantern.pages.child.facts import latest_facts
from lantern.pages.identity import identity_of
from lantern.pages.report.view import authority_names
from lantern.pages.update_facts.context import UpdateFacts
from lantern.pages.update_facts.forms import FactsForm, shown_facts
from lantern.pages.who import actor_for, person_of
from lantern.pages.writing import Outcome, fresh, submit
from lantern.plumbing import clock
from lantern.record.actor import Actor
from lantern.record.load import timeline
from lantern.record.models import Child, ChildCard
from lantern.ui.components import Link
from lantern.ui.page import render


@access_rule(Permission.RECORD_EVENT)
@require_http_methods(["GET", "HEAD", "POST"])
def update_facts(request: HttpRequest, ref: str) -> HttpResponse:
    """The form, filled in with what is known."""
    at = clock.now()
    child = gate.child_for(person_of(request), ref, "record facts", at, permission=Permission.RECORD_EVENT)
    known = {name: value for name, (value, _) in latest_facts(timeline(child)).items()}
    make = partial(_form, known, at)
    if request.method != "POST":
        return _page(request, child, Outcome(False, make(None, {**shown_facts(known), **fresh(child)})), at)
    by = actor_for(request, Permission.RECORD_EVENT, child.id, "update_facts")
    outcome = submit(request, make, partial(_act, child, by, at), child, at)
    if not outcome.done:
        return _page(request, child, outcome, at)
    messages.success(request, "The facts are recorded.")
    return HttpResponseRedirect(reverse("child", args=[ref]))


def _act(child: Child, by: Actor, at: datetime, form: Any) -> object:
    changed = form.changed_facts()
    if not changed:
        return None
    return record_event(
        child,
        None,
        "profile_recorded",
        at,
        changed,
        by=by,
        at=at,
        expected_seq=form.keep_from(),
        idempotency_key=form.cleaned_data["key"],
    )


def _form(
    known: Mapping[str, Any], at: datetime, data: QueryDict | None, initial: dict[str, Any] | None = None
) -> FactsForm:
    return FactsForm(data, at=at, initial=initial, authorities=authority_names(), known=known)


def _page(request: HttpRequest, child: Child, outcome: Outcome, at: datetime) -> HttpResponse:
    return render(
        request,
        UpdateFacts(
            heading="Record facts about the child",
            identity=identity_of(ChildCard.objects.filter(child=child).first(), at),
            child=Link("The child's record", reverse("child", args=[child.ref])),
            notes=outcome.notes,
            form=outcome.form,
            action=reverse("update_facts", args=[child.ref]),
        ),
    )
