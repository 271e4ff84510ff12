"""One page of paper for whoever goes out to look, or comes on shift."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from lantern.access import gate
from lantern.access.permissions import Permission
from lantern.access.rules import access_rule
from lantern.duties.queries import of_episode
from lantern.evaluations.models import EpisodeNow
from lantern.pages.briefing.context import Briefing
from lantern.pages.child.facts import fact_rows
from lantern.pages.episode.view import duty_lines, entries_of, latest_evaluation, standing_rows
from lantern.pages.identity import identity_of
from lantern.pages.lookups import episode_words
from lantern.pages.who import person_of, who_asks
from lantern.plumbing import clock
from lantern.record.load import timeline
from lantern.record.models import ChildCard
from lantern.ui.components import Link
from lantern.ui.page import render
from lantern.ui.times import LONDON, say_date, say_time

ON_PAPER = (
    "date_of_birth",
    "gender",
    "ethnicity",
    "address",
    "looked_after",
    "placement",
    "exploitation",
    "essential_medication",
    "mental_health_need",
    "disability",
    "learning_difficulty",
    "court_requirement",
    "risk_factors",
    "withhold_from_parents",
)
DUTIES, EVENTS = 8, 8  # what one sheet of paper holds


@access_rule(Permission.SEE_CHILD)
@require_safe
def briefing(request: HttpRequest, ref: str) -> HttpResponse:
    """The briefing sheet of one episode."""
    at = clock.now()
    found = gate.episode_for(person_of(request), ref, "briefing sheet", at)
    everything = timeline(found.child)
    items = [item for item in everything if item.episode == found.id]
    owed, _ = duty_lines(found, items, of_episode(found, at), at, who_asks(request))
    made = f"{say_time(at)} on {say_date(at.astimezone(LONDON))}"
    now = EpisodeNow.objects.filter(episode=found).first()
    return render(
        request,
        Briefing(
            heading="Briefing sheet",
            identity=identity_of(ChildCard.objects.filter(child=found.child).first(), at),
            episode=Link(episode_words(found), reverse("episode", args=[found.ref])),
            printed=f"Made at {made} by: {who_asks(request).words}. Destroy it when it has done its work.",
            standing=standing_rows(now, latest_evaluation(found), at),
            about=fact_rows(everything, at, ON_PAPER),
            owed=owed[:DUTIES],
            entries=entries_of(found, items, at)[:EVENTS],
        ),
    )
