"""A synthetic police report for the tests of intake."""

from datetime import UTC, datetime

from lantern.intake.feeds.police_email.compose import GATEWAY, compose

AT = datetime(2026, 3, 2, 21, 30, tzinfo=UTC)
FIELDS = {
    "Report type": "New report",
    "Force": "Example Police",
    "COMPACT reference": "CMP/26/004411",
    "Surname": "Fennimore",
    "Forename(s)": "Ash",
    "Date of birth": "09/05/2011",
    "Sex": "Male",
    "Home address": "14 Larch Court, Kingston",
    "Legal status": "Section 20 (accommodated)",
    "Responsible authority": "Kingston",
    "Missing from": "Children's home",
    "Last seen": "02/03/2026 19:30",
    "Last seen location": "Kingston station",
    "Reported": "Monday 2 March 2026 at 21:05 hrs",
    "Reported by": "Night staff, children's home",
    "Category": "Missing",
    "Category set by": "Sergeant",
    "Risk level": "Medium",
    "Risk graded by": "Duty Inspector",
    "Risk graded at": "02/03/2026 21:20",
    "Risk rationale": "Out of character, no telephone with him",
    "Circumstances": "Left after supper (without a coat) and has not been back since",
}


def mail(
    *,
    attach="pdf",
    html=False,
    message_id="report-1@police.example",
    without=(),
    sender=None,
    gateway=GATEWAY,
    **changes,
):
    """The report as a mail. changes: labels with _ for blanks."""
    fields = {label: value for label, value in FIELDS.items() if label not in without}
    fields |= {label.replace("_", " "): value for label, value in changes.items()}
    more = {"sender": sender} if sender else {}
    return compose(fields, sent_at=AT, message_id=message_id, attach=attach, html=html, gateway=gateway, **more)
