"""The list of protocols, the page of one, and the files to save."""

import pytest


def test_a_protocol_is_shown_with_its_duties_sources_assumptions_and_conflicts(scene, browse):
    listed = browse(scene.world.inspector).get("/protocols/")
    title = "Kingston and Richmond joint protocol for safeguarding missing children"
    shown = browse(scene.world.inspector).get(listed.links()[title])
    assert shown.heading == "Protocol"
    assert title in shown.text
    headings = [each.get("id") for each in shown.find_all("h2")]
    assert headings.index("phase-reported") < headings.index("phase-located") < headings.index("phase-interview")
    for part in ("who-decides", "assumptions", "conflicts", "sources"):
        assert part in headings
    assert "Within 72 hours" in shown.text


@pytest.mark.parametrize(
    ("ending", "media_type", "start"),
    [
        ("pdf", "application/pdf", b"%PDF"),
        ("html", "text/html; charset=utf-8", b"<!DOCTYPE html>"),
        ("svg", "image/svg+xml", b"<svg"),
    ],
)
def test_a_protocol_is_saved_as_a_file_by_those_who_may_read_it(scene, browse, client, ending, media_type, start):
    links = browse(scene.world.auditor).get("/protocols/kingston-richmond-2023/2023-12/").links().values()
    (address,) = [each for each in links if each.endswith(f"/{ending}/")]
    file = browse(scene.world.auditor).client.get(address)
    assert file.content.startswith(start)
    assert file.headers["Content-Type"] == media_type
    assert file.headers["Content-Disposition"] == f'attachment; filename="kingston-richmond-2023-2023-12.{ending}"'
    assert client.get(address).status_code == 302


def test_no_other_ending_and_no_other_pack_is_a_file(scene, browse):
    browse(scene.world.auditor).get("/protocols/kingston-richmond-2023/2023-12/file/doc/", 404)
    browse(scene.world.auditor).get("/protocols/no-such-pack/2020-01/file/pdf/", 404)


def test_a_protocol_asks_the_database_no_more_for_its_duties(scene, browse, questions):
    reader = browse(scene.world.auditor)
    for address in ("/protocols/birmingham-2015/2015-10/", "/protocols/birmingham-2015/2015-10/file/svg/"):
        with questions() as asked:
            assert reader.client.get(address).status_code == 200
        assert len(asked) <= 12


def test_protocols_are_for_everybody_who_has_signed_in_wholly(scene, browse, client):
    browse(scene.world.auditor).get("/protocols/")
    assert client.get("/protocols/").status_code == 302
    browse(scene.world.auditor).get("/protocols/no-such-pack/2020-01/", 404)


def test_a_broken_protocol_is_said_to_be_so_and_hides_no_other(scene, browse, monkeypatch):
    from lantern import engine
    from lantern.evaluations import which_pack

    def load(name, edition=None):
        if name == "dfe-2014":
            raise engine.BadPack([engine.Problem("unknown_key", "there is no such key")])
        return which_pack.pack(name, edition)

    monkeypatch.setattr("lantern.pages.protocols.view.load", load)
    shown = browse(scene.world.inspector).get("/protocols/")
    assert "Cannot be used" in shown.text
    assert "Kingston and Richmond joint protocol" in shown.text
