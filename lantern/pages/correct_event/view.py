"""Puts an event right: what it should read, or that it was recorded in error."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from lantern.access import gate
from lantern.access.permissions import Permission
from lantern.access.rules import access_rule
from lantern.actions.correct_event import correct_event as act
from lantern.engine.events import REGISTRY
from lantern.pages.correct_event.context import CorrectEvent
from lantern.pages.event_words import entry_of, happened_at
from lantern.pages.identity import identity_of
from lantern.pages.lookups import agency_names, episode_words, people_of
from lantern.pages.record_event.catalogue import BY_EVENT
from lantern.pages.record_event.forms import as_initial, form_class, given
from lantern.pages.record_event.specs import Spec
from lantern.pages.record_event.view import episode_choices
from lantern.pages.who import actor_for, person_of
from lantern.pages.writing import Outcome, fresh, submit
from lantern.plumbing import clock
from lantern.record.actor import Actor
from lantern.record.load import TimelineItem, timeline
from lantern.record.models import ChildCard, Episode
from lantern.ui.components import Link
from lantern.ui.forms import SafeForm
from lantern.ui.page import render


class InError(SafeForm):
    """The second form of the page: no questions."""


@access_rule(Permission.CORRECT_EVENT)
@require_http_methods(["GET", "HEAD", "POST"])
def correct_event(request: HttpRequest, ref: str, event: UUID) -> HttpResponse:
    """The form of the event as it reads now."""
    at = clock.now()
    episode = gate.episode_for(person_of(request), ref, "correct event", at, permission=Permission.CORRECT_EVENT)
    item = next((each for each in timeline(episode.child, episode) if each.id == event), None)
    if item is None or item.reads_now is None or item.type not in BY_EVENT:
        raise Http404
    spec = BY_EVENT[item.type]
    by = actor_for(request, Permission.CORRECT_EVENT, episode.child_id, "correct_event")
    make = partial(_form, spec, by, episode, at)
    if request.method != "POST":
        first = {"occurred_at": happened_at(item), **as_initial(spec, item.reads_now), **fresh(episode.child)}
        return _page(request, item, episode, Outcome(False, make(None, first)), at)
    in_error = "in_error" in request.POST
    making = (lambda data: InError(data, at=at)) if in_error else make
    outcome = submit(request, making, partial(_act, spec, episode, item, by, at), episode.child, at)
    if outcome.done:
        messages.success(request, "Marked as recorded in error." if in_error else "The correction is saved.")
        return HttpResponseRedirect(reverse("episode", args=[ref]))
    if in_error:
        first = {"occurred_at": happened_at(item), **as_initial(spec, item.reads_now), **fresh(episode.child)}
        outcome = Outcome(False, make(None, first), outcome.notes)
    return _page(request, item, episode, outcome, at)


def _act(spec: Spec, episode: Episode, item: TimelineItem, by: Actor, at: datetime, form: SafeForm) -> object:
    return act(
        episode.child,
        episode,
        item.id,
        None if isinstance(form, InError) else _as_it_should_read(spec, item, form),
        by=by,
        at=at,
        expected_seq=form.keep_from(),
        idempotency_key=form.cleaned_data["key"],
    )


def _as_it_should_read(spec: Spec, item: TimelineItem, form: SafeForm) -> dict[str, Any]:
    """The whole event as a log line; what the form does not ask stays as it reads now."""
    asked = {ask.name for ask in spec.asks}
    unasked = set(REGISTRY[item.type].fields) - asked
    kept = {name: value for name, value in (item.reads_now or {}).items() if name in unasked}
    return {
        "event": item.type,
        "occurred_at": form.cleaned_data["occurred_at"].isoformat(),
        "by_role": item.by_role,
        "agency": item.agency,
        "episode": str(item.episode),
        **kept,
        **given(form, spec),
    }


def _form(
    spec: Spec, by: Actor, episode: Episode, at: datetime, data: QueryDict | None, initial: dict[str, Any] | None = None
) -> SafeForm:
    return form_class(spec, own_role=by.role, episodes=episode_choices(episode))(data, at=at, initial=initial)


def _page(request: HttpRequest, item: TimelineItem, episode: Episode, outcome: Outcome, at: datetime) -> HttpResponse:
    hidden = fresh(episode.child)
    entry = entry_of(item, at, people=people_of([item]), agencies=agency_names())
    return render(
        request,
        CorrectEvent(
            heading="Correct what was recorded",
            identity=identity_of(ChildCard.objects.filter(child=episode.child).first(), at),
            episode=Link(episode_words(episode), reverse("episode", args=[episode.ref])),
            entry=(entry,),
            notes=outcome.notes,
            form=outcome.form,
            action=reverse("correct_event", args=[episode.ref, item.id]),
            key=hidden["key"],
            seen=hidden["seen"],
        ),
    )
