"""Whether a mail may be believed: an allow-listed sender, by the word of our own gateway and of nobody else.

The gateway checks SPF, DKIM and DMARC and writes `Authentication-Results` (RFC 8601) with its own name, after removing
any that pretends to be its own. Only mail that came through it may reach the mailbox.
"""

import re
from collections.abc import Iterator, Sequence

from lantern.intake.translation import Problem

PLACE = "header From"
_COMMENT = re.compile(r"\([^()]*\)")


def check(senders: Sequence[str], results: Sequence[str], allowed: Sequence[str], gateway: str) -> Iterator[Problem]:
    """What is wrong with the sender; nothing when the mail may be believed.

    senders: addresses in From. results: the values of Authentication-Results, topmost first. allowed: addresses, or
    domains with `@` before them, in lower case. gateway: the name of ours.
    """
    if len(senders) != 1:
        yield Problem("unverified_sender", PLACE, "there must be exactly one sender")
        return
    domain = senders[0].rpartition("@")[2]
    if senders[0] not in allowed and f"@{domain}" not in allowed:
        yield Problem("unknown_sender", PLACE, "this sender is not on the list of those who may report")
    if not _vouched(results, gateway, domain):
        yield Problem("unverified_sender", PLACE, "our mail gateway does not vouch for this sender", "dmarc=pass")


def _vouched(results: Sequence[str], gateway: str, domain: str) -> bool:
    ours = [result for result in results if _name(result) == gateway]
    # a second one with our name was not written by the gateway, which removes what is there
    if not gateway or not domain or len(ours) != 1 or _name(results[0]) != gateway:
        return False
    verdicts = [verdict.strip().lower() for verdict in _COMMENT.sub(" ", ours[0]).split(";")[1:]]
    dmarc = [verdict.split() for verdict in verdicts if verdict.startswith("dmarc")]
    return len(dmarc) == 1 and dmarc[0][0] == "dmarc=pass" and f"header.from={domain}" in dmarc[0]


def _name(result: str) -> str:
    words = _COMMENT.sub(" ", result).partition(";")[0].split()
    return words[0].lower() if words else ""
