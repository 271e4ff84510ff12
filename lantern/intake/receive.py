"""From a kept message to a translation, by the feed that it came by."""

from collections.abc import Callable
from datetime import datetime

from lantern.intake.feeds.police_email.translate import translate as police_email
from lantern.intake.models import InboundMessage
from lantern.intake.translation import Problem, Translation

FEEDS: dict[str, Callable[[bytes, datetime], Translation]] = {"police_email": police_email}


def translate(message: InboundMessage) -> Translation:
    """What `message` says. Never raises for what is in it: everything that is wrong is among the problems."""
    feed = FEEDS.get(message.feed)
    if feed is None:
        return Translation(problems=(Problem("unknown_feed", "message", "no feed reads messages of this kind"),))
    found = feed(message.raw, message.received_at)
    if not message.same_id_other_content:
        return found
    twice = Problem(
        "same_id_other_content",
        "header Message-ID",
        "an earlier message had this Message-ID and said something else: an update, or somebody pretending",
    )
    return Translation(found.kind, found.identity, found.events, (*found.problems, twice), found.force)
