"""A protocol to read and sign: complete, the same in HTML and PDF, and nothing in a pack can be read as markup."""

import re
from dataclasses import replace
from io import BytesIO

import html5lib
import pypdf
import pytest
from click.testing import CliRunner

from lantern import engine
from lantern.commands.protocol import command
from lantern.engine.packs.duty_names import PHASES
from lantern.engine.packs.library import names
from lantern.engine.protocols.picture import picture
from lantern.reporting.protocol.document import STRENGTH, Facts, Heading, document
from lantern.reporting.protocol.html import as_html
from lantern.reporting.protocol.pdf import as_pdf

PACK = engine.load_pack("kingston-richmond-2023")
HOSTILE = replace(PACK, title='<script>alert(1)</script> #panic("no") "quoted" \\')


def test_every_duty_stands_in_the_document_with_who_when_and_where_it_is_written():
    blocks = document(PACK)
    assert [block.words for block in blocks if isinstance(block, Heading) and block.level == 3] == [
        duty.says for phase in PHASES for duty in PACK.duties if duty.phase == phase
    ]
    for facts in (block for block in blocks if isinstance(block, Facts)):
        names = {name for name, _ in facts.rows}
        assert {"Arises", "Due"} <= names
        assert names & {*STRENGTH.values()}
        assert names & {"Source", "Our reading"}


def test_what_an_event_has_to_be_is_said_in_words_and_not_in_the_names_of_fields():
    ruled = ("Arises", "Due", "Met when", "No longer owed when", "May be set aside by")
    facts = [dict(block.rows) for block in document(PACK) if isinstance(block, Facts)]
    words = " ".join(line for rows in facts for name in ruled for line in rows.get(name, ()))
    assert "When the child was reported missing" in words
    assert not re.search(r"\w_\w| is so\b|received by not|decided by role", words)


def test_the_page_is_valid_html_and_shows_every_conflict():
    page = as_html(PACK)
    html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    assert all(conflict.id in page for conflict in PACK.conflicts)


def test_the_pdf_is_tagged_has_a_title_and_says_the_same():
    pdf = pypdf.PdfReader(BytesIO(as_pdf(PACK)))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert b"<pdfuaid:part>1" in pdf.trailer["/Root"]["/Metadata"].get_data()
    assert pdf.trailer["/Root"]["/Lang"] == "en-GB"
    assert pdf.metadata.title == PACK.title
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert "Agree the first risk grading of the episode" in text
    assert PACK.content_hash[:20] in text.replace(" ", "")


def test_nothing_in_a_pack_is_read_as_markup():
    assert "<script>" not in as_html(HOSTILE)
    assert pypdf.PdfReader(BytesIO(as_pdf(HOSTILE))).metadata.title == HOSTILE.title


def test_the_picture_has_words_for_those_who_cannot_see_it():
    drawn = picture(PACK)
    assert "<title" in drawn
    assert "Hold the independent return interview: within 72 hours" in drawn


@pytest.mark.parametrize("name", names())
def test_the_picture_of_every_protocol_fills_one_upright_page_and_can_be_read(name):
    """At 180 mm by 267 mm its smallest letters stay near two millimetres, which is almost six points."""
    drawn = picture(engine.load_pack(name))
    width, height = map(float, re.search(r'viewBox="0 0 (\d+) (\d+)"', drawn).groups())
    smallest = min(map(float, re.findall(r'font-size="([\d.]+)"', drawn)))
    assert smallest * min(180 / width, 267 / height) > 1.95
    assert "…" not in drawn


@pytest.mark.parametrize(("ending", "start"), [(".html", b"<!DOCTYPE html>"), (".pdf", b"%PDF"), (".svg", b"<svg")])
def test_the_command_writes_by_the_ending(tmp_path, ending, start):
    out = tmp_path / f"protocol{ending}"
    assert CliRunner().invoke(command, [PACK.name, "--out", str(out)]).exit_code == 0
    assert out.read_bytes().startswith(start)


def test_an_ending_that_means_nothing_is_refused_and_nothing_is_written(tmp_path):
    out = tmp_path / "protocol.doc"
    run = CliRunner().invoke(command, [PACK.name, "--out", str(out)])
    assert run.exit_code == 2
    assert "expected .html, .pdf, .svg" in run.output
    assert not out.exists()
