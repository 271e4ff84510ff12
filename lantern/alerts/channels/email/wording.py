"""The words of e-mails. They say what kind of thing waits, never about whom or what happened."""

_SUBJECTS = {
    "arisen": "A new duty needs your answer",
    "due_soon": "A duty is due soon",
    "overdue": "A duty is overdue",
    "climb": "A duty that nobody has answered has come to you",
    "failed": "A record could not be judged: its duties may be out of date",
    "part_asked": "An agency outside a case has reported the child and waits for your answer",
    "quarantined": "A report could not be read and needs a person",
}
REPEAT = "You may have had this message before: we could not tell whether it reached you."


def subject(level: str) -> str:
    """The subject line."""
    return f"Lantern: {_SUBJECTS[level.partition('_')[0] if level.startswith('climb') else level]}"


def body(level: str, link: str, *, repeated: bool) -> str:
    """The text: the subject as a sentence, and the link."""
    lines = [subject(level).removeprefix("Lantern: ") + ".", "", "Sign in to see it:", link, ""]
    if repeated:
        lines += [REPEAT, ""]
    return "\n".join([*lines, "This message holds no details, so that it is safe if somebody else reads it.", ""])
