"""The list of protocols and the page of one."""


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
