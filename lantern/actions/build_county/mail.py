"""A police e-mail about a made-up child, as a force would send it."""

from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.conf import settings

from lantern.actions.build_county.children import facts_of
from lantern.intake.feeds.police_email.compose import GATEWAY, SENDER, compose

LONDON = ZoneInfo("Europe/London")
SEEN_BEFORE = timedelta(hours=2)  # the child was seen some time before the report
TOLD_BEFORE = timedelta(minutes=5)  # and the mail is sent a little after it


def police_email(at: datetime) -> tuple[str, bytes]:
    """(file name, the mail): a child who was last seen two hours before `at` and reported just now."""
    stamp = f"{at:%Y%m%d%H%M%S}"
    dice = Random(stamp)  # noqa: S311  somebody made up, no secret
    child = facts_of(dice.randrange(1000, 9999), at)

    def said(moment: datetime) -> str:
        return moment.astimezone(LONDON).strftime("%d/%m/%Y %H:%M")

    fields = {
        "Message type": "Report",
        "Force": "Metropolitan Police",
        "System": "Merlin",
        "Reference": f"{at:%y}MIS/{stamp[-6:]}",
        "Surname": child["family_name"],
        "Forenames": child["given_name"],
        "Date of birth": datetime.fromisoformat(child["date_of_birth"]).strftime("%d/%m/%Y"),
        "Legal status": "Section 20",
        "Local authority": "Kingston",
        "Host authority": "Kingston",
        "Missing from": "Children's home",
        "Last seen": said(at - SEEN_BEFORE),
        "Last seen location": "outside the cinema",
        "Reported": said(at - TOLD_BEFORE),
        "Reported by": "Residential worker",
        "Circumstances": "Did not come back after the film and does not answer the telephone.",
    }
    sender = next((each for each in settings.POLICE_SENDERS if not each.startswith("@")), SENDER)
    raw = compose(fields, sent_at=at, message_id=f"{stamp}@{sender.rpartition('@')[2]}", sender=sender,
                  gateway=settings.MAIL_GATEWAY or GATEWAY)  # fmt: skip
    return f"{stamp}.eml", raw
