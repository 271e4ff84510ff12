"""Why can I see this, and who has seen this record."""


def test_why_can_i_see_this_names_role_agency_part_and_lawful_basis(scene, browse):
    shown = browse(scene.world.inspector).get(f"/children/{scene.child.ref}/why/")
    assert "police duty inspector at Metropolitan Police, which is the child's police" in shown.text
    assert "law enforcement purposes" in shown.text
    assert "Grade and review the risk" in shown.text
    browse(scene.world.other_worker).get(f"/children/{scene.child.ref}/why/", 404)


def test_who_has_seen_lists_every_look_with_its_reason(scene, browse):
    browse(scene.world.inspector).get(f"/episodes/{scene.episode.ref}/")
    browse(scene.world.inspector).get(f"/episodes/{scene.episode.ref}/")
    address = f"/who-has-seen/{scene.child.ref}/"
    shown = browse(scene.world.social_worker).get(address)
    assert "Ines Porter" in shown.text
    assert "2 times since 3:00pm" in shown.text
    assert "Metropolitan Police was the child's police" in shown.text
    browse(scene.world.foster_carer).get(address, 404)
    browse(scene.world.other_worker).get(address, 404)
