"""Finding a child; no name is ever in an address."""


def search(browse, person, **data):
    return browse(person).post("/find/", data)


def test_a_child_is_found_by_part_of_the_name_birth_or_police_reference(scene, browse):
    worker = scene.world.social_worker
    for data in (
        {"words": "ashd"},
        {"words": "Juniper Ashdown"},
        {"words": "26mis/0412"},
        {"date_of_birth-day": "9", "date_of_birth-month": "5", "date_of_birth-year": "2011"},
    ):
        shown = search(browse, worker, **data)
        assert shown.links()["Juniper Ashdown"] == f"/children/{scene.child.ref}/", data
        assert shown.address == "/find/"
    assert "No child whose record you may open fits." in search(browse, worker, words="Nobody").text


def test_a_search_outside_ones_scope_finds_nothing(scene, browse):
    assert "No child whose record you may open fits." in search(browse, scene.world.other_worker, words="Ashdown").text
    browse(scene.world.analyst).get("/find/", 404)


def test_something_must_be_asked(scene, browse):
    assert search(browse, scene.world.social_worker, words="").errors() == [
        "Enter a name, a reference or a date of birth"
    ]


def test_the_children_missing_last_are_offered_at_once_for_a_report(scene, browse):
    shown = browse(scene.world.foster_carer).get("/report/")
    assert shown.heading == "Report a missing child"
    links = [each.get("href") for each in shown.find_all("a")]
    assert f"/report/{scene.child.ref}/" in links
    assert "/report/new/" in links
