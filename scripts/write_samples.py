"""Write the sample messages of the feed police_email again: `.venv/bin/python scripts/write_samples.py`.

A name begins with what the translation must make of it: report, update, located, or doubted.
"""

from datetime import UTC, datetime
from pathlib import Path

from lantern.intake.feeds.police_email import compose as composer

FOLDER = Path(composer.__file__).parent / "samples"
SENT = datetime(2026, 3, 2, 21, 25, tzinfo=UTC)
ASH = {
    "Report type": "New report",
    "Force": "Example Police",
    "COMPACT reference": "CMP/26/004411",
    "Surname": "Fennimore",
    "Forename(s)": "Ash",
    "Also known as": "Fen",
    "Date of birth": "09/05/2011",
    "Sex": "Male",
    "Ethnicity": "Not stated",
    "Home address": "14 Larch Court, Kingston",
    "School": "Example Academy",
    "Legal status": "Section 20 (accommodated)",
    "Responsible authority": "Kingston",
    "Host authority": "Kingston",
    "Missing from": "Children's home",
    "Last seen": "02/03/2026 19:30",
    "Last seen location": "Kingston station, platform 2",
    "Reported": "Monday 2 March 2026 at 21:05 hrs",
    "Reported by": "Night staff, children's home",
    "Record created": "02/03/2026 21:15",
    "Category": "Missing",
    "Category set by": "Sergeant",
    "Risk level": "Medium",
    "Risk graded by": "Duty Inspector",
    "Risk graded at": "02/03/2026 21:20",
    "Risk rationale": "Out of character; no telephone with him; cold night",
    "Medication": "None given",
    "Circumstances": "Left after supper without a coat and has not been back since. Staff searched the house and the "
    "garden and rang two friends, who have not seen him.",
}
WREN = {
    "Notification type": "New report",
    "Force": "Example Metropolitan Police",
    "Merlin reference": "26MIS009120",
    "Name": "OKORO, Wren",
    "D.O.B.": "21 September 2012",
    "Gender": "Female",
    "Address": "3 Quarry Rise, Richmond",
    "Care status": "Not looked after",
    "Local authority": "Richmond",
    "Missing from type": "Home",
    "Date/time last seen": "2 March 2026 at 1610 hrs",
    "Place last seen": "School gate",
    "Date/time reported": "2 March 2026 at 2045 hrs",
    "Informant": "Mother",
    "Classification": "Missing",
    "Current risk": "High",
    "Grading officer": "Inspector",
    "Reason for grading": "Age, and messages from somebody unknown",
    "Narrative": "Did not come home from school.",
}
UPDATE = {
    "Report type": "Update",
    "Force": "Example Police",
    "COMPACT reference": "CMP/26/004411",
    "Risk level": "High",
    "Risk graded by": "Duty Inspector",
    "Risk graded at": "02/03/2026 21:24",
    "Risk rationale": "A friend says that he went to meet an adult",
}
LOCATED = {
    "Report type": "Located",
    "Force": "Example Police",
    "COMPACT reference": "CMP/26/004411",
    "Located": "02/03/2026 21:22",
    "Place found": "A friend's home",
    "Found by": "Officers",
    "Harm suspected": "No",
    "Circumstances found": "Safe and warm, and glad to be fetched",
}


def main() -> None:
    """Write every sample."""
    doubted = {**ASH, "Date of birth": "31/02/2011", "Risk level": "Amber"}
    samples = {
        "report--pdf": composer.compose(ASH, sent_at=SENT, message_id="ash-1@police.example"),
        "report--html": composer.compose(WREN, sent_at=SENT, message_id="wren-1@police.example", attach="", html=True),
        "report--text-attachment": composer.compose(
            {**ASH, "COMPACT reference": "CMP/26/004412", "Forename(s)": "Rowan", "Date of birth": "17/11/2009"},
            sent_at=SENT,
            message_id="rowan-1@police.example",
            attach="text",
        ),
        "update--risk-raised": composer.compose(UPDATE, sent_at=SENT, message_id="ash-2@police.example"),
        "located--body": composer.compose(LOCATED, sent_at=SENT, message_id="ash-3@police.example", attach=""),
        "doubted--bad-fields": composer.compose(doubted, sent_at=SENT, message_id="ash-4@police.example"),
        "doubted--stranger": composer.compose(
            ASH, sent_at=SENT, message_id="x@evil.example", sender="missing@evil.example"
        ),
    }
    for name, raw in samples.items():
        (FOLDER / f"{name}.eml").write_bytes(raw)


if __name__ == "__main__":
    main()
