"""Names that several pages need: of people and agencies, and how an episode stands."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from lantern.access.models import Agency, Person
from lantern.evaluations.models import EpisodeNow
from lantern.record.load import TimelineItem
from lantern.record.models import Episode
from lantern.ui.components import Tag
from lantern.ui.times import say_date

RISK: Mapping[str, Tag] = {
    "high": Tag("High risk", "red"),
    "medium": Tag("Medium risk", "orange"),
    "low": Tag("Low risk", "blue"),
    "no_apparent_risk": Tag("No apparent risk", "grey"),
    "": Tag("Risk not graded yet", "purple"),
}
STATE: Mapping[str, Tag] = {
    "noticed": Tag("Absence noticed", "orange"),
    "away": Tag("Away", "orange"),
    "missing": Tag("Missing", "red"),
    "located": Tag("Found", "blue"),
    "returned": Tag("Back", "green"),
    "closed": Tag("Closed", "grey"),
}


def people_of(items: Iterable[TimelineItem]) -> dict[UUID, str]:
    """Names of those who recorded these events."""
    ids = {item.by_person for item in items if item.by_person}
    return dict(Person.objects.filter(id__in=ids).values_list("id", "name")) if ids else {}


def agency_names() -> dict[str, str]:
    """Name of each agency by its short code."""
    return dict(Agency.objects.values_list("code", "name"))


def category_words(now: EpisodeNow) -> str:
    """What the police and the authority hold the absence to be."""
    police, authority = _categories(now.police_category), _categories(now.authority_category)
    if police and authority and police != authority:
        return f"Police: {police}. Authority: {authority}"
    return (police or authority or "not decided yet").capitalize()


def episode_words(episode: Episode) -> str:
    """An episode by the day it began, which names nobody: "Episode of 6 March 2026".

    One that nobody could evaluate yet goes by the day it was first recorded.
    """
    now: EpisodeNow | None = getattr(episode, "now", None)
    return episode_of(now.began_at if now else episode.opened_at)


def episode_of(began_at: datetime) -> str:
    """The same for an instant."""
    return f"Episode of {say_date(began_at)}"


def _categories(held: Iterable[str]) -> str:
    return " and ".join(each.replace("_", " ") for each in held)
