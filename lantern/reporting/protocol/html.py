"""The document as one HTML page that needs nothing beside itself."""

from __future__ import annotations

from html import escape

from lantern.engine.protocols.picture import picture
from lantern.engine.rules import Pack
from lantern.reporting.protocol.document import Block, Facts, Heading, Paragraph, Table, document

STYLE = """
body{font:16px/1.5 sans-serif;color:#0b0c0c;max-width:60rem;margin:2rem auto;padding:0 1rem}
h2{margin-top:2.5rem;border-bottom:2px solid #0b5c53}h3{margin:1.6rem 0 .4rem}
table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:bold;padding:.4rem 0}
th,td{border:1px solid #b1b4b6;padding:.4rem .6rem;text-align:left;vertical-align:top}
dl{display:grid;grid-template-columns:12rem 1fr;gap:.2rem 1rem;margin:0}dt{font-weight:bold}dd{margin:0}
svg{max-width:100%;height:auto}
nav li{margin:.2rem 0}
@media(max-width:40rem){dl{grid-template-columns:1fr}}
@page{size:A4;margin:1.5cm}
@media print{figure{break-before:page;break-after:page;margin:0}figure svg{max-height:26cm}}
@media print{h3{break-after:avoid}dl{break-inside:avoid}}
"""


def as_html(pack: Pack) -> str:
    """The whole page, the picture after the front matter."""
    front, rest = _split(document(pack))
    body = "\n".join([*map(_block, front), _contents(rest), f"<figure>{picture(pack)}</figure>", *map(_block, rest)])
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n<title>{escape(pack.title)}</title>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<style>{STYLE}</style>\n</head>\n'
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _contents(blocks: list[Block]) -> str:
    sections = (block.words for block in blocks if isinstance(block, Heading) and block.level == 2)
    lines = "".join(f'<li><a href="#{_anchor(words)}">{escape(words)}</a></li>' for words in sections)
    return f'<nav aria-label="Contents"><ul>{lines}</ul></nav>'


def _anchor(words: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in words.lower())


def _split(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """What stands before the first section, and the rest."""
    first = next(index for index, block in enumerate(blocks) if isinstance(block, Heading) and block.level == 2)
    return blocks[:first], blocks[first:]


def _block(block: Block) -> str:
    match block:
        case Heading(2, words):
            return f'<h2 id="{_anchor(words)}">{escape(words)}</h2>'
        case Heading(level, words):
            return f"<h{level}>{escape(words)}</h{level}>"
        case Paragraph(words):
            return f"<p>{escape(words)}</p>"
        case Facts(rows):
            return f"<dl>{''.join(f'<dt>{escape(name)}</dt><dd>{_lines(lines)}</dd>' for name, lines in rows)}</dl>"
        case Table(caption, columns, rows):
            head = "".join(f'<th scope="col">{escape(name)}</th>' for name in columns)
            body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
            title = f"<caption>{escape(caption)}</caption>"
            return f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _lines(lines: tuple[str, ...]) -> str:
    return "<br>".join(map(escape, lines))
