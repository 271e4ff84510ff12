"""The page of an episode."""

from datetime import timedelta

from tests.pages.scene import FACTS, NOW, reported_with


def test_the_episode_says_how_it_stands_and_what_is_owed_with_reasons(scene, browse):
    address = f"/episodes/{scene.episode.ref}/"
    shown = browse(scene.world.inspector).get(address)
    assert shown.heading == "Episode of 4 March 2026"
    assert "Risk not graded yet" in shown.text
    assert "Your agency owes" in shown.text
    assert "Others owe" in shown.text
    assert "Must be done by: Police duty inspector, Metropolitan Police" in shown.text
    assert "Why, and where it is written" in shown.text
    browse(scene.world.other_worker).get(address, 404)
    browse(scene.world.analyst).get(address, 404)


def test_a_fact_that_is_missing_is_asked_for(scene, browse):
    """Cannot tell is a state of its own, with the fact and who could say."""
    unknown = reported_with(scene.world, FACTS | {"looked_after": None, "placement": None}, family_name="Moss")
    shown = browse(scene.world.social_worker).get(f"/episodes/{unknown.episode.ref}/")
    assert "Cannot tell" in shown.text
    assert "Not known yet: looked after. The social worker could say." in shown.text
    facts = f"/children/{unknown.child.ref}/facts/"
    assert facts in [each.get("href") for each in shown.find_all("a")]
    assert "a fact is missing to tell" in browse(scene.world.social_worker).get("/duties/").text


def test_forms_are_offered_by_role(scene, browse):
    inspector = browse(scene.world.inspector).get(f"/episodes/{scene.episode.ref}/")
    carer = browse(scene.world.foster_carer).get(f"/episodes/{scene.episode.ref}/")
    grading = f"/episodes/{scene.episode.ref}/record/risk_graded/"
    assert inspector.links()["Grade the risk"] == grading
    assert "Grade the risk" not in carer.links()
    assert "Record contact with the child" in carer.links()
    assert grading not in [each.get("href") for each in carer.find_all("a")], "no form that would be refused"
    browse(scene.world.foster_carer).get(grading, 404)


def test_every_duty_that_a_form_answers_leads_to_it_filled_in(scene, browse):
    shown = browse(scene.world.social_worker).get(f"/episodes/{scene.episode.ref}/")
    told = f"/episodes/{scene.episode.ref}/record/party_notified/?party=independent_reviewing_officer"
    assert told in [each.get("href") for each in shown.find_all("a")]
    form = browse(scene.world.social_worker).get(told).form(told.partition("?")[0])
    assert form["party"] == "independent_reviewing_officer"


def test_a_decision_by_the_wrong_role_is_listed(scene, browse):
    scene.record("risk_graded", NOW, "coordinator", level="high", decided_by_role="police_call_handler")
    shown = browse(scene.world.inspector).get(f"/episodes/{scene.episode.ref}/")
    assert shown.find_all("div", class_="govuk-inset-text"), "the problem stands on the page"
    assert "Risk not graded yet" in shown.text


def test_duties_of_an_earlier_evaluation_stand_under_a_warning(scene, browse, monkeypatch):
    from lantern import engine

    def breaks(*_args, **_kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr(engine, "evaluate", breaks)
    scene.record("contact_made", NOW, whereabouts="unknown")
    shown = browse(scene.world.inspector).get(f"/episodes/{scene.episode.ref}/")
    assert "The duties may be out of date" in shown.text
    assert "Your agency owes" in shown.text


def test_the_number_of_questions_stays_small(scene, browse, questions):
    client = browse(scene.world.inspector)
    client.get(f"/episodes/{scene.episode.ref}/")
    with questions() as asked:
        client.get(f"/episodes/{scene.episode.ref}/")
    assert len(asked) <= 28


def test_an_episode_goes_by_the_day_it_began_not_the_day_it_was_recorded(scene, browse):
    """A report told late carries the day of the absence everywhere, and says the same on every page."""
    scene.record("absence_noticed", NOW - timedelta(days=3), "front_door", told=NOW, whereabouts="unknown")
    for address in (
        f"/episodes/{scene.episode.ref}/",
        f"/episodes/{scene.episode.ref}/record/risk_graded/",
        "/duties/",
    ):
        shown = browse(scene.world.inspector).get(address)
        assert "Episode of 1 March 2026" in shown.html
        assert "Episode of 4 March 2026" not in shown.html
