"""An agency outside a case reported the child: the responsible authority gives it a part in the case, or refuses."""

from datetime import datetime

from lantern.access import context, grants
from lantern.access.models import CaseRole, PartRequest
from lantern.actions import case_parts
from lantern.plumbing.errors import Refused
from lantern.record.actor import Actor

RESPONSIBLE = CaseRole.Part.RESPONSIBLE_AUTHORITY


def answer_part_request(*, request: PartRequest, given: bool, by: Actor, at: datetime) -> None:
    """note the answer → give the part. Raises Refused for another authority than the responsible one, or a second
    answer."""
    with context.system("answer part request"):
        holders = CaseRole.objects.filter(child_id=request.child_id, part=RESPONSIBLE, until=None)
        if holders.exists() and not holders.filter(agency__code=by.agency).exists():
            raise Refused("Only the responsible authority gives a part in this case.")
        if by.person_id is None or not grants.answer_request(request, by.person_id, at, given=given):
            raise Refused("Somebody has answered this already.")
        if given:
            case_parts.give_usual_part(request.child_id, request.agency, at)
