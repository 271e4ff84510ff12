"""Records an event: one view for every form of the catalogue."""

from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from lantern.access import gate
from lantern.access.permissions import Permission
from lantern.access.rules import access_rule
from lantern.actions.record_event import record_event as act
from lantern.evaluations.models import EpisodeNow
from lantern.pages.changes import NOTHING
from lantern.pages.event_words import TITLES
from lantern.pages.identity import identity_of
from lantern.pages.lookups import episode_of, episode_words
from lantern.pages.record_event.catalogue import BY_EVENT
from lantern.pages.record_event.context import RecordEvent
from lantern.pages.record_event.forms import EPISODES, form_class, given, preset
from lantern.pages.record_event.specs import Spec
from lantern.pages.who import actor_for, person_of
from lantern.pages.writing import Outcome, fresh, submit
from lantern.plumbing import clock
from lantern.record.actor import Actor
from lantern.record.models import ChildCard, Episode
from lantern.ui.components import Link
from lantern.ui.forms import SafeForm
from lantern.ui.page import render


@access_rule(Permission.RECORD_EVENT)
@require_http_methods(["GET", "HEAD", "POST"])
def record_event(request: HttpRequest, ref: str, event: str) -> HttpResponse:
    """The form of `event` for the episode with this reference."""
    at = clock.now()
    spec = BY_EVENT.get(event)
    if spec is None:
        raise Http404
    episode = gate.episode_for(person_of(request), ref, f"record {event}", at, permission=spec.permission)
    by = actor_for(request, spec.permission, episode.child_id, "record_event")
    make = partial(_form, spec, by, episode, at)
    if request.method != "POST":
        return _page(
            request, spec, episode, Outcome(False, make(None, _first_values(request, spec, by, episode, at))), at
        )
    outcome = submit(request, make, partial(_act, spec, episode, by, at), episode.child, at)
    if not outcome.done:
        return _page(request, spec, episode, outcome, at)
    messages.success(request, f"Recorded: {TITLES[spec.event].lower()}.")
    return HttpResponseRedirect(reverse("episode", args=[ref]))


def _act(spec: Spec, episode: Episode, by: Actor, at: datetime, form: SafeForm) -> object:
    return act(
        episode.child,
        episode,
        spec.event,
        form.cleaned_data["occurred_at"],
        given(form, spec),
        by=by,
        at=at,
        expected_seq=form.keep_from(),
        idempotency_key=form.cleaned_data["key"],
    )


def _form(
    spec: Spec, by: Actor, episode: Episode, at: datetime, data: QueryDict | None, initial: dict[str, Any] | None = None
) -> SafeForm:
    episodes = episode_choices(episode) if any(ask.name == EPISODES for ask in spec.asks) else ()
    return form_class(spec, own_role=by.role, episodes=episodes)(data, at=at, initial=initial)


def _first_values(request: HttpRequest, spec: Spec, by: Actor, episode: Episode, at: datetime) -> dict[str, Any]:
    own = {ask.name: by.role for ask in spec.asks if ask.own_role and by.role in ask.roles}
    here = {EPISODES: [str(episode.id)]} if any(ask.name == EPISODES for ask in spec.asks) else {}
    asked = preset(spec, {name: str(value) for name, value in request.GET.items()})
    listed = {name: [value] if name == "category" else value for name, value in asked.items()}
    return {"occurred_at": at, **own, **here, **listed, **fresh(episode.child)}


def episode_choices(episode: Episode) -> list[tuple[str, str]]:
    """The child's episodes, newest first, as choices."""
    found = EpisodeNow.objects.filter(child_id=episode.child_id).order_by("-began_at")
    listed = [(str(each.episode_id), episode_of(each.began_at)) for each in found]
    if any(value == str(episode.id) for value, _ in listed):
        return listed
    return [(str(episode.id), episode_words(episode)), *listed]


def _page(request: HttpRequest, spec: Spec, episode: Episode, outcome: Outcome, at: datetime) -> HttpResponse:
    kept = outcome.notes is not NOTHING and outcome.notes.any
    return render(
        request,
        RecordEvent(
            heading=spec.title,
            identity=identity_of(ChildCard.objects.filter(child=episode.child).first(), at),
            episode=Link(episode_words(episode), reverse("episode", args=[episode.ref])),
            intro=spec.intro,
            notes=outcome.notes,
            form=outcome.form,
            action=reverse("record_event", args=[episode.ref, spec.event]),
            words="Save" if not kept else "Save it now",
        ),
    )
