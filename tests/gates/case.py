"""One child's case as it really comes about: a police e-mail, its duties, and a report that could not be read."""

from dataclasses import dataclass
from typing import Any

from tests.gates.canary import SURNAME
from tests.personas import NOON, World

REPORT = {
    "Message type": "Missing person report",
    "Force": "Metropolitan Police",
    "Police reference": "MP/0412/26",
    "Surname": SURNAME,
    "Forenames": "Robin",
    "Date of birth": "09/05/2011",
    "Local authority": "Kingston",
    "Looked after": "Section 20",
    "Last seen": "04/03/2026 09:00",
    "Reported": "04/03/2026 11:00",
    "Reported by": "Foster carer",
    "Circumstances": f"{SURNAME} did not come home. A friend of the {SURNAME} family rang.",
    "Risk level": "High",
    "Risk graded by": "Inspector",
}


@dataclass
class Case:
    """What the pages are about."""

    world: World
    child: Any
    episode: Any
    duty: Any
    event: Any
    unread: Any
    asked: Any

    def tokens(self) -> list[bytes]:
        """What a page that shows anything of this child has in it; a page that shows nothing has none of it."""
        ids = [self.child.ref, self.child.id, self.episode.ref, self.episode.id, self.duty.id, self.event.id, SURNAME]
        return [str(each).encode() for each in ids]


def make_case(world: World, settings: Any) -> Case:
    """A police report about a child who is placed with the foster carer's agency, and one that could not be read."""
    from lantern.access import grants
    from lantern.access.context import system
    from lantern.actions.look_again import look_again
    from lantern.actions.receive_report import receive_report
    from lantern.duties.models import OPEN, Duty
    from lantern.intake.feeds.police_email.compose import GATEWAY, compose
    from lantern.record.actor import Actor
    from lantern.record.models import Episode, LoggedEvent

    settings.POLICE_SENDERS, settings.MAIL_GATEWAY = ["@police.example"], GATEWAY
    by = Actor(None, "police", "met", source_kind="feed")
    raw = compose(REPORT, sent_at=NOON, message_id="canary@police.example")
    unread = compose({"Surname": SURNAME}, sent_at=NOON, message_id="unread@police.example")
    child = receive_report("police_email", raw, by=by, at=NOON).child
    waiting = receive_report("police_email", unread, by=by, at=NOON)
    assert child is not None
    assert waiting.child is None
    with system("test scene"):
        grants.give_case_role(child.id, world.harbour, "provider", NOON)
        look_again(child, at=NOON)
        return Case(
            world=world,
            child=child,
            episode=Episode.objects.get(child=child),
            duty=Duty.objects.filter(child=child, stage=OPEN).order_by("duty", "id").first(),
            event=LoggedEvent.objects.filter(child=child, type="risk_graded").get(),
            unread=waiting.message,
            asked=grants.ask_for_part(child.id, world.derby, world.other_worker.id, NOON),
        )
