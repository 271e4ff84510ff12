"""A protocol as a file: by its ending, the media type and what writes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lantern.engine.protocols.picture import picture
from lantern.engine.rules import Pack
from lantern.reporting.protocol.html import as_html
from lantern.reporting.protocol.pdf import as_pdf

WRITERS: Mapping[str, tuple[str, Callable[[Pack], bytes]]] = {
    ".html": ("text/html; charset=utf-8", lambda pack: as_html(pack).encode()),
    ".pdf": ("application/pdf", as_pdf),
    ".svg": ("image/svg+xml", lambda pack: picture(pack).encode()),
}
