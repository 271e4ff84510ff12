"""The SSDA903 Missing table."""

from datetime import timedelta

from tests.pages.scene import NOW
from tests.personas import signed_in_client

PAGE, FILE = "/reports/ssda903/", "/reports/ssda903/file/?year=2025-26&authority=Kingston"


def closed(scene):
    scene.record("category_set", NOW, "inspector", category="missing", decided_by_role="duty_inspector")
    scene.record("child_located", NOW, "inspector", place="the park")
    scene.record("child_returned", NOW + timedelta(seconds=60), "social_worker", to="placement")


def test_the_rows_are_shown_and_the_file_holds_the_same(scene, browse):
    closed(scene)
    shown = browse(scene.world.analyst).get(PAGE)
    assert "1 row for 2025-26" in shown.text
    assert "09/05/2011" in shown.text
    assert "Juniper" not in shown.html
    assert shown.links()["Download the CSV file"].startswith("/reports/ssda903/file/")
    answer = signed_in_client(scene.world.analyst).get(FILE)
    lines = answer.content.decode().splitlines()
    assert lines[0] == "CHILD,DOB,MISSING,MIS_START,MIS_END"
    assert lines[1].endswith(",09/05/2011,M,04/03/2026,04/03/2026")
    assert "ssda903-missing-2025-26.csv" in answer.headers["Content-Disposition"]


def test_what_stands_in_the_way_is_said_with_who_could_supply_it(scene, browse):
    shown = browse(scene.world.analyst).get(PAGE)
    assert "1 absence cannot be reported yet" in shown.text
    assert "Who could supply it" in shown.text


def test_only_those_who_make_figures_and_only_for_their_own_authority(scene, browse):
    for person in (scene.world.social_worker, scene.world.inspector, scene.world.other_worker):
        browse(person).get(PAGE, 404)
        assert signed_in_client(person).get(FILE).status_code == 404
    browse(scene.world.analyst).get(f"{PAGE}?year=2025-26&authority=Derby", 404)
    browse(scene.world.analyst).get(f"{PAGE}?year=never&authority=Kingston", 404)
