"""Recording what happened: every form of the catalogue."""

import pytest

from lantern.engine import vocabulary
from lantern.engine.events import REGISTRY
from lantern.pages.record_event.catalogue import BY_EVENT, CATALOGUE, RECORDED_ELSEWHERE
from tests.pages.scene import NOW

assert vocabulary


def address_of(scene, event: str) -> str:
    return f"/episodes/{scene.episode.ref}/record/{event}/"


def events_of(scene, event: str):
    from lantern.access.context import system
    from lantern.record import load

    with system("test"):
        return [line for line in load.log_of([scene.child.id]) if line["event"] == event]


def test_every_event_of_the_vocabulary_has_a_form_or_a_place_of_its_own() -> None:
    assert set(BY_EVENT) | set(RECORDED_ELSEWHERE) == set(REGISTRY)
    assert not set(BY_EVENT) & set(RECORDED_ELSEWHERE)


def test_closed_choices_are_all_offered_and_no_others() -> None:
    for spec in CATALOGUE:
        for ask in spec.asks:
            field = REGISTRY[spec.event].fields[ask.name]
            if field.closed:
                assert set(ask.options) == set(field.choices), f"{spec.event}.{ask.name}"


@pytest.mark.parametrize("event", sorted(BY_EVENT))
def test_every_form_opens_in_order_and_refuses_an_empty_answer_kindly(scene, browse, event):
    client = browse(scene.world.inspector)
    address = address_of(scene, event)
    shown = client.get(address)
    assert shown.heading == BY_EVENT[event].title
    form = shown.form(address)
    emptied = {name: value if name in ("key", "seen") else "" for name, value in form.items()}
    refused = client.post(address, emptied)
    assert refused.errors(), "at least the moment must be given"
    browse(scene.world.other_worker).get(address, 404)


def test_a_grading_is_recorded_and_its_duties_follow(scene, browse):
    client, address = browse(scene.world.inspector), address_of(scene, "risk_graded")
    form = client.get(address).form(address)
    assert form["decided_by_role"] == "duty_inspector"
    shown = client.post(address, form | {"level": "high", "rationale": "Known exploitation."})
    assert shown.address == f"/episodes/{scene.episode.ref}/"
    assert "Recorded: risk graded." in shown.text
    assert "High risk" in shown.text
    (line,) = events_of(scene, "risk_graded")
    assert (line["level"], line["by_role"], line["agency"]) == ("high", "duty_inspector", "met")
    assert line["rationale"] == "Known exploitation."


def test_sending_twice_records_once(scene, browse):
    client, address = browse(scene.world.social_worker), address_of(scene, "contact_made")
    form = client.get(address).form(address) | {"whereabouts": "claimed"}
    client.post(address, form)
    client.post(address, form)
    assert len(events_of(scene, "contact_made")) == 1


def test_when_somebody_was_faster_nothing_is_lost(scene, browse):
    client, address = browse(scene.world.social_worker), address_of(scene, "information_received")
    form = client.get(address).form(address) | {"source": "A teacher told me this."}
    scene.record("child_located", NOW, "inspector", place="the bus station")
    shown = client.post(address, form)
    assert "Somebody else added to this record while you were writing" in shown.text
    assert "Child found" in shown.text
    assert shown.form(address)["source"] == "A teacher told me this."
    assert events_of(scene, "information_received") == []
    client.post(address, shown.form(address))
    assert [line["source"] for line in events_of(scene, "information_received")] == ["A teacher told me this."]


def test_words_that_lay_blame_are_prompted_against_once_and_then_kept(scene, browse):
    client, address = browse(scene.world.inspector), address_of(scene, "risk_graded")
    form = client.get(address).form(address) | {"level": "low", "rationale": "She is streetwise."}
    shown = client.post(address, form)
    assert "Some words can sound as if the child is to blame" in shown.text
    assert events_of(scene, "risk_graded") == []
    client.post(address, shown.form(address))
    assert [line["rationale"] for line in events_of(scene, "risk_graded")] == ["She is streetwise."]


def test_a_moment_in_the_future_is_refused_beside_its_field(scene, browse):
    client, address = browse(scene.world.inspector), address_of(scene, "child_located")
    form = client.get(address).form(address) | {"occurred_at-year": "2027"}
    assert client.post(address, form).errors() == ["The time must be now or earlier"]


def test_an_address_fills_in_only_what_the_question_offers(scene, browse):
    client, address = browse(scene.world.social_worker), address_of(scene, "meeting_held")
    assert client.get(f"{address}?kind=strategy").form(address)["kind"] == "strategy"
    assert client.get(f"{address}?kind=party&decisions=hello").form(address)["decisions"] == ""
