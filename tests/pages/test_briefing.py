"""The sheet to print."""


def test_the_sheet_says_who_how_it_stands_what_is_next_and_who_made_it_when(scene, browse):
    address = f"/episodes/{scene.episode.ref}/briefing/"
    shown = browse(scene.world.inspector).get(address)
    assert shown.heading == "Briefing sheet"
    assert "Made at 3:00pm on 4 March 2026 by: Police duty inspector, Metropolitan Police" in shown.text
    assert "What is owed next" in shown.text
    assert "Left after an argument" in shown.text
    browse(scene.world.other_worker).get(address, 404)
