"""Agencies that reported a child without a part in the case: the list, the answer, and the receipt they get."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from lantern.access import gate
from lantern.access.models import Agency, PartRequest
from lantern.access.permissions import Permission
from lantern.access.rules import access_rule
from lantern.actions.answer_part_request import answer_part_request
from lantern.pages.identity import identity_of
from lantern.pages.parts.context import Asked, PartsPage, Receipt
from lantern.pages.who import actor_for, person_of
from lantern.plumbing import clock
from lantern.plumbing.errors import Refused
from lantern.record.models import ChildCard
from lantern.ui.components import Link
from lantern.ui.page import render
from lantern.ui.times import say_moment

SAID = {"give": "has a part in this case now", "refuse": "gets no part in this case"}


@access_rule(Permission.GIVE_PART)
@require_safe
def parts(request: HttpRequest, ref: str) -> HttpResponse:
    """The agencies that wait for an answer."""
    at = clock.now()
    child = gate.child_for(person_of(request), ref, "parts in the case", at, permission=Permission.GIVE_PART)
    waiting = PartRequest.objects.filter(child_id=child.id, answered_at=None).select_related("agency")
    return render(
        request,
        PartsPage(
            heading="Agencies that ask for a part in this case",
            identity=identity_of(ChildCard.objects.filter(child=child).first(), at),
            back=Link("The child's record", reverse("child", args=[child.ref])),
            waiting=tuple(
                Asked(
                    each.agency.name, say_moment(each.asked_at, at), reverse("answer_part", args=[child.ref, each.id])
                )
                for each in waiting.order_by("asked_at", "id")
            ),
        ),
    )


@access_rule(Permission.GIVE_PART)
@require_POST
def answer_part(request: HttpRequest, ref: str, request_id: UUID) -> HttpResponse:
    """Give the agency a part, or refuse it."""
    at = clock.now()
    child = gate.child_for(person_of(request), ref, "answer about a part", at, permission=Permission.GIVE_PART)
    asked = PartRequest.objects.filter(id=request_id, child_id=child.id).select_related("agency").first()
    if asked is None:
        raise Http404
    answer = request.POST.get("answer")
    if answer in SAID:
        by = actor_for(request, Permission.GIVE_PART, child.id, "answer_part")
        try:
            answer_part_request(request=asked, given=answer == "give", by=by, at=at)
            messages.success(request, f"{asked.agency.name} {SAID[answer]}.")
        except Refused as refused:
            messages.warning(request, str(refused))
    return HttpResponseRedirect(reverse("parts", args=[child.ref]))


@access_rule(Permission.REPORT_MISSING)
@require_safe
def receipt(request: HttpRequest, agency: str) -> HttpResponse:
    """The report was received. The address says which agency to ask, and nothing of the child."""
    found = Agency.objects.filter(code=agency).first()
    name, contact = (found.name, found.contact) if found else ("", "")
    return render(request, Receipt(heading="Your report was received", agency=name, contact=contact))
