"""A protocol to read and sign: complete, the same in HTML and PDF, and nothing in a pack can be read as markup."""

from dataclasses import replace
from io import BytesIO

import html5lib
import pypdf
import pytest
from click.testing import CliRunner

from lantern import engine
from lantern.commands.protocol import command
from lantern.engine.packs.duty_names import PHASES
from lantern.engine.protocols.picture import picture
from lantern.reporting.protocol.document import Facts, Heading, document
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
        assert {"Who", "Due", "Source"} <= {name for name, _ in facts.rows} or "Our reading" in dict(facts.rows)


def test_the_page_is_valid_html_and_shows_every_conflict():
    page = as_html(PACK)
    html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    assert all(conflict.id in page for conflict in PACK.conflicts)


def test_the_pdf_is_tagged_has_a_title_and_says_the_same():
    pdf = pypdf.PdfReader(BytesIO(as_pdf(PACK)))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
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
