"""Writes a report as a force would send it; for demonstrations, samples and tests, with synthetic children only."""

from collections.abc import Mapping
from datetime import datetime
from email import policy
from email.message import EmailMessage
from html import escape
from textwrap import wrap

GATEWAY = "mx.lantern.example"
SENDER = "missing@police.example"
LINE = 88  # characters on a line of the PDF
LINES = 52  # lines on a page


def compose(
    fields: Mapping[str, str],
    *,
    sent_at: datetime,
    message_id: str,
    attach: str = "pdf",
    html: bool = False,
    sender: str = SENDER,
    gateway: str = GATEWAY,
) -> bytes:
    """The mail. fields: label to value, in order. attach: pdf, text, or nothing (then the fields are in the body)."""
    mail = EmailMessage(policy=policy.SMTP)
    mail["Authentication-Results"] = (
        f"{gateway}; spf=pass; dkim=pass; dmarc=pass header.from={sender.rpartition('@')[2]}"
    )
    mail["From"], mail["To"] = f"Missing Persons Unit <{sender}>", "front-door@council.example"
    mail["Subject"], mail["Date"], mail["Message-ID"] = "Missing person report", sent_at, f"<{message_id}>"
    lines = [f"{label}: {value}" for label, value in fields.items()]
    if attach:
        mail.set_content("Please find a missing person report attached.\n")
    elif html:
        rows = "".join(f"<tr><th>{escape(label)}</th><td>{escape(value)}</td></tr>" for label, value in fields.items())
        mail.set_content(f"<html><body><p>Missing person report</p><table>{rows}</table></body></html>", subtype="html")
    else:
        mail.set_content("\n".join(lines) + "\n")
    if attach == "pdf":
        mail.add_attachment(pdf(lines), maintype="application", subtype="pdf", filename="report.pdf")
    elif attach == "text":
        mail.add_attachment("\n".join(lines) + "\n", filename="report.txt")
    if attach:
        mail.set_boundary("=_missing-person-report")  # the same fields give the same bytes
    return mail.as_bytes()


def pdf(lines: list[str]) -> bytes:
    """A plain PDF of these lines in Helvetica, wrapped, over as many pages as they need; Latin-1 letters."""
    wrapped = [part for line in lines for part in wrap(line, LINE) or [""]]
    sheets = [wrapped[start : start + LINES] for start in range(0, len(wrapped), LINES)] or [[]]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(sheets)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(sheets)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, sheet in enumerate(sheets):
        resources = "/Resources << /Font << /F1 3 0 R >> >> /MediaBox [0 0 595 842]"
        objects.append(f"<< /Type /Page /Parent 2 0 R {resources} /Contents {5 + 2 * number} 0 R >>".encode())
        objects.append(_stream(sheet))
    return _file(objects)


def _stream(lines: list[str]) -> bytes:
    text = b"".join(b"(" + _escaped(line) + b") Tj T*\n" for line in lines)
    content = b"BT /F1 10 Tf 14 TL 50 790 Td\n" + text + b"ET"
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def _escaped(line: str) -> bytes:
    plain = line.encode("cp1252", "replace")
    return plain.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _file(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
