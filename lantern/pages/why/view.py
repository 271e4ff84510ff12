"""Why can I see this?"""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from lantern.access import gate
from lantern.access.may import may
from lantern.access.permissions import NEED_A_CASE, Permission
from lantern.access.roles import DESCRIBED
from lantern.access.rules import access_rule
from lantern.access.seen import who_can_see
from lantern.pages.identity import identity_of
from lantern.pages.who import person_of, who_asks
from lantern.pages.why.context import WhyPage
from lantern.plumbing import clock
from lantern.record.models import ChildCard
from lantern.ui.components import Link, Row
from lantern.ui.page import render


@access_rule(Permission.SEE_CHILD)
@require_safe
def why(request: HttpRequest, ref: str) -> HttpResponse:
    """The reasons, as they are now."""
    at = clock.now()
    found = gate.child_for(person_of(request), ref, "why can I see this", at)
    decision = may(person_of(request), Permission.SEE_CHILD, found.id)
    who = who_asks(request)
    basis = DESCRIBED[decision.membership.role].lawful_basis if decision.membership else ""
    others = [f"{reader.agency}: {reader.part}" for reader in who_can_see(found.id)]
    asked = sorted(NEED_A_CASE, key=lambda permission: permission.value)
    return render(
        request,
        WhyPage(
            heading="Why can I see this?",
            identity=identity_of(ChildCard.objects.filter(child=found).first(), at),
            child=Link("The child's record", reverse("child", args=[found.ref])),
            answer=f"Your role: {decision.because}.",
            rows=(
                Row("Your roles", who.words),
                Row("Lawful basis", basis),
                Row("Agencies with a part in the case", "\n".join(others)),
            ),
            may=tuple(permission.value for permission in asked if who.may(permission)),
            may_not=tuple(permission.value for permission in asked if not who.may(permission)),
        ),
    )
