"""The open duties of a person's whole agency, for whoever covers for others."""

from datetime import datetime

from django.db.models import F

from lantern.access import gate
from lantern.access.models import Membership, Person
from lantern.duties.models import CANNOT_TELL, TO_ANSWER, Duty
from lantern.duties.queries import DutyNow, state_of
from lantern.evaluations.models import EpisodeNow, Standing

MOST = 200  # duties of one page, the earliest due first


def of_my_agencies(person: Person, at: datetime) -> list[DutyNow]:
    """Open duties that fall to the agencies in which the person holds a role."""
    codes = Membership.objects.filter(person=person, until=None).values("agency__code")
    closed = EpisodeNow.objects.filter(state="closed").values("episode_id")
    found = (
        Duty.objects.filter(owner_agency__in=codes, stage__in=TO_ANSWER, child_id__in=gate.children_visible_to(person))
        .exclude(stage=CANNOT_TELL, episode_id__in=closed)
        .select_related("child__card", "episode")
    )
    duties = list(found.order_by(F("due_at").asc(nulls_first=True), "duty", "key")[:MOST])
    failed = Standing.objects.filter(child_id__in={each.child_id for each in duties}, failed_since__isnull=False)
    stale = set(failed.values_list("child_id", flat=True))
    return [DutyNow(duty, state_of(duty, at), duty.child_id in stale) for duty in duties]
