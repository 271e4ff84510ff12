"""The document as a tagged PDF (PDF/UA-1), so that a screen reader can follow it."""

from __future__ import annotations

import json
import re

import typst

from lantern.engine.protocols.picture import in_sentences, picture
from lantern.engine.rules import Pack
from lantern.reporting.protocol.document import Block, Facts, Heading, Paragraph, Table, document

_SIZE = re.compile(r'viewBox="0 0 (\d+) (\d+)"')
_UPRIGHT = 267 / 180  # height to width of what the margins leave of an A4 page, in millimetres

# Words reach the page as string literals only, so that nothing in a pack can be read as markup.
_HEAD = """
#set page(paper: "a4", margin: 2cm, numbering: "1 of 1")
#set text(size: 10pt, lang: "en", region: "gb")
#show heading.where(level: 3): set text(size: 11pt)
#show heading.where(level: 2): set block(above: 1.6em)
"""
_CONTENTS = """
#heading(level: 2, outlined: false, "Contents")
#outline(title: none, target: heading.where(level: 2))
"""


def as_pdf(pack: Pack) -> bytes:
    """The PDF. Raises RuntimeError when the typesetter refuses the source, which is a defect of ours."""
    blocks = document(pack)
    first = next(index for index, block in enumerate(blocks) if isinstance(block, Heading) and block.level == 2)
    parts = [
        f"#set document(title: {_literal(pack.title)})",
        _HEAD,
        *map(_block, blocks[:first]),
        _CONTENTS,
        _figure(pack),
        *map(_block, blocks[first:]),
    ]
    return bytes(typst.compile("\n".join(parts).encode(), format="pdf", pdf_standards=["ua-1"]))


def _figure(pack: Pack) -> str:
    """The picture at the top of a page of its own, as large as the page lets it be."""
    drawn = picture(pack)
    ((width, height),) = _SIZE.findall(drawn)
    size = 'width: 100%, height: 100%, fit: "contain"' if int(height) / int(width) > _UPRIGHT else "width: 100%"
    image = f'image(bytes({_literal(drawn)}), format: "svg", {size}, alt: {_literal(in_sentences(pack))})'
    return f"#page(margin: 1.5cm)[#{image}]"


def _literal(words: str) -> str:
    """A typst string literal: JSON's escapes for quotes, backslashes and line breaks are typst's, too."""
    return json.dumps(words, ensure_ascii=False)


def _block(block: Block) -> str:
    match block:
        case Heading(level, words):
            return f"#heading(level: {level}, {_literal(words)})"
        case Paragraph(words):
            return f"#par({_literal(words)})"
        case Facts(rows):
            terms = "".join(f"terms.item({_literal(name)}, [{_cell(chr(10).join(lines))}])," for name, lines in rows)
            return f"#terms({terms})"
        case Table(caption, columns, rows):
            head = "".join(f"[{_cell(name)}]," for name in columns)
            cells = "".join(f"[{_cell(cell)}]," for row in rows for cell in row)
            table = f"table(columns: {len(columns)}, table.header({head}){',' if cells else ''} {cells})"
            return f"#par(strong({_literal(caption)}))\n#{table}"


def _cell(words: str) -> str:
    return " #linebreak() ".join(f"#{_literal(line)}" for line in words.split("\n"))
