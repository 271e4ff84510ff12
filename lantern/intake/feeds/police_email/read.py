"""A mail taken apart: who sent it, what our gateway says of it, and its texts. Bounded in size, parts and depth."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser

import nh3

from lantern.intake.feeds.police_email.pdf_text import text_of
from lantern.intake.translation import Problem

LARGEST = 30 * 1024 * 1024  # bytes of a mail that is looked into; larger ones wait for a person
LARGEST_PART = 15 * 1024 * 1024
MULTIPARTS = 30  # an honest mail nests three or four
PARTS = 60
TEXT = 1_000_000  # characters of one part
PDFS = 4  # each may take its whole time

# the elements of HTML that end a line, and those that end a cell
_LINES = frozenset({"address", "br", "div", "dl", "dt", "h1", "h2", "h3", "h4", "hr", "li", "p", "table", "tr", "ul"})
_CELLS = frozenset({"td", "th", "dd"})


@dataclass(frozen=True, slots=True)
class Text:
    """The text of one part. place: which part, for a person to find it."""

    place: str
    text: str
    attached: bool


@dataclass(slots=True)
class Mail:
    """A mail taken apart, as far as it could be."""

    senders: list[str] = field(default_factory=list)
    results: list[str] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read(raw: bytes) -> Mail:
    """`raw` taken apart. Never raises: what cannot be read is among the problems."""
    mail = Mail()
    if len(raw) > LARGEST:
        mail.problems.append(Problem("too_large", "message", "too large to be looked into", f"at most {LARGEST} bytes"))
    elif raw.lower().count(b"multipart/") > MULTIPARTS:
        mail.problems.append(Problem("too_deep", "message", "parts within parts within parts"))
    else:
        _take_apart(raw, mail)
    return mail


def _take_apart(raw: bytes, mail: Mail) -> None:
    try:
        message = message_from_bytes(raw, policy=policy.default)
        mail.senders = _senders(message)
        mail.results = [str(value) for value in message.get_all("Authentication-Results", [])]
        for number, part in enumerate(_leaves(message), start=1):
            if number > PARTS:
                mail.problems.append(Problem("too_many_parts", "message", "too many parts", f"at most {PARTS}"))
                return
            _take_part(part, number, mail)
    # the standard library's parser meets hostile mails with whatever comes (IndexError, LookupError, RecursionError,
    # AttributeError …); they all mean the same here, and the mail itself is kept
    except Exception:  # noqa: BLE001  see above
        mail.texts.clear()
        mail.problems.append(Problem("not_a_mail", "message", "it cannot be read as an e-mail"))


def _senders(message: EmailMessage) -> list[str]:
    headers = message.get_all("From", [])
    return [address.addr_spec.lower() for header in headers for address in header.addresses]


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    for part in message.walk():
        # a mail within the mail is walked into too; it may be somebody else's, and is never a report of its own
        if part.get_content_maintype() not in ("multipart", "message") and isinstance(part, EmailMessage):
            yield part


def _take_part(part: EmailMessage, number: int, mail: Mail) -> None:
    kind = part.get_content_type()
    attached = part.get_content_disposition() == "attachment" or bool(part.get_filename())
    place = f"{'attachment' if attached else 'body'} (part {number}, {kind})"
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return
    if len(content) > LARGEST_PART:
        mail.problems.append(
            Problem("too_large", place, "too large to be looked into", f"at most {LARGEST_PART} bytes")
        )
    elif kind == "application/pdf" or content.startswith(b"%PDF-"):
        _take_pdf(content, place, mail)
    elif kind in ("text/plain", "text/html"):
        text = _decoded(content, part.get_content_charset("utf-8"))
        text = text_of_html(text) if kind == "text/html" else text
        mail.texts.append(Text(place, _storable(text), attached))


def _take_pdf(content: bytes, place: str, mail: Mail) -> None:
    read_before = sum("application/pdf" in text.place for text in mail.texts)
    text = text_of(content) if read_before < PDFS else None
    if text is None:
        mail.problems.append(Problem("unreadable_pdf", place, "its text cannot be taken out within the limits"))
    elif not text.strip():
        mail.problems.append(Problem("pdf_without_text", place, "it holds pictures and no text", "a PDF with text"))
    else:
        named = place if "pdf" in place else f"{place} application/pdf"
        mail.texts.append(Text(named, _storable(text), attached=True))


def _storable(text: str) -> str:
    """No longer than we look at, and without the character that no database keeps; the mail itself stays as it was."""
    return text[:TEXT].replace("\x00", "\ufffd")


def _decoded(content: bytes, charset: str) -> str:
    try:
        return content.decode(charset)
    except (LookupError, UnicodeDecodeError):
        return content.decode("utf-8", "replace")


def text_of_html(html: str) -> str:
    """The words of `html`, a line for each line and cell after cell; scripts, styles, links and pictures are gone."""
    clean = nh3.clean(html[: 4 * TEXT], tags=set(_LINES | _CELLS), attributes={}, strip_comments=True)
    reader = _Words()
    reader.feed(clean)
    reader.close()
    return "".join(reader.words)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _LINES:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.words.append("\n" if tag in _LINES else "\t" if tag in _CELLS else "")

    def handle_data(self, data: str) -> None:
        self.words.append(" ".join(data.split()) if data.strip() else " ")
