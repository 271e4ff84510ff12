"""From the texts of a mail to labelled values, each with its place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lantern.intake.feeds.police_email.labels import BY_LABEL, LONGEST_LABEL, NARRATIVE, NOT_SAID, bare
from lantern.intake.feeds.police_email.read import Text
from lantern.intake.translation import Problem

LONGEST = 20_000  # characters of one value
SIGNATURE = "--"  # the line that begins what is below every mail of a sender
SYSTEMS = {"compact": "COMPACT", "merlin": "Merlin"}


@dataclass(slots=True)
class Said:
    """One value. place: the part and the label that it stood under."""

    value: str
    place: str


def gather(texts: Iterable[Text]) -> tuple[dict[str, Said], list[Problem]]:
    """What the texts say by name of field, and where they contradict each other.

    An attachment is the report itself: of a narrative it gives the words, which a mail often shortens.
    """
    found: dict[str, Said] = {}
    problems: list[Problem] = []
    for text in sorted(texts, key=lambda text: not text.attached):
        for name, said in _fields(text):
            before = found.setdefault(name, said)
            if name not in NARRATIVE and bare(before.value) != bare(said.value):
                problems.append(
                    Problem("contradiction", f"{before.place} and {said.place}", "they say different things")
                )
    return found, problems


def _fields(text: Text) -> Iterator[tuple[str, Said]]:
    name, said = "", Said("", "")
    for line in text.text.splitlines():
        if line.rstrip() == SIGNATURE:
            break
        label, value = _split(line)
        if label:
            yield from _whole(name, said)
            name = BY_LABEL[bare(label)]
            said = Said(value, f"{text.place}, {label.strip()}")
            if name == "reference":
                yield from _whole("system", Said(_system_in(label), said.place))
        elif name and line.strip() and (name in NARRATIVE or not said.value):
            said.value = f"{said.value}\n{line.strip()}".strip()
        elif not line.strip() and name not in NARRATIVE and said.value:
            yield from _whole(name, said)
            name = ""
    yield from _whole(name, said)


def _split(line: str) -> tuple[str, str]:
    """(label, value) of a line that begins with a label we know, otherwise two empty texts."""
    for mark in (":", "\t"):
        label, found, value = line.partition(mark)
        if found and len(label) <= LONGEST_LABEL and bare(label) in BY_LABEL:
            return label, value.strip(" \t:")
    return "", ""


def _whole(name: str, said: Said) -> Iterator[tuple[str, Said]]:
    value = said.value.strip()
    if name and value.casefold().rstrip(".") not in NOT_SAID:
        yield name, Said(value[:LONGEST], said.place)


def _system_in(label: str) -> str:
    return next((system for word, system in SYSTEMS.items() if word in label.casefold()), "")
