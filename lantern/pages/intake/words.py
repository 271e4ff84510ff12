"""What keeps a message from being read, in words that hold nothing of the message."""

from lantern.intake.models import InboundMessage
from lantern.pages.value_words import capital

FEEDS = {"police_email": "Police e-mail"}


def problems_of(message: InboundMessage) -> list[str]:
    """One sentence for each problem: what, where in the message, and what would have been right."""
    return [
        f"{capital(str(each['message']))} ({each['place']})"
        + (f". Expected: {each['expected']}" if each.get("expected") else "")
        for each in message.problems
    ]
