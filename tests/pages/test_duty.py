"""The page of a duty: its reason, accepting it, setting it aside."""

from tests.pages.test_record_event import events_of


def duty_of(scene, name: str):
    from lantern.access.context import system
    from lantern.duties.models import Duty

    with system("test"):
        return Duty.objects.filter(child=scene.child, duty=name).order_by("key")[0]


def test_a_duty_says_why_it_is_owed_and_where_that_is_written(scene, browse):
    found = duty_of(scene, "initial_risk_grading")
    shown = browse(scene.world.inspector).get(f"/duties/{found.id}/")
    assert shown.heading == found.says
    assert "the police have the report" in shown.text
    assert "Joint Protocol for Safeguarding Missing Children" in shown.links()
    assert shown.links()["Reported missing"].startswith(f"/episodes/{scene.episode.ref}/#event-")
    assert shown.links()["Record that it was done"].endswith("/record/risk_graded/")
    refused = browse(scene.world.other_worker).get(f"/duties/{found.id}/", 404)
    absent = browse(scene.world.other_worker).get(f"/duties/{scene.child.id}/", 404)
    assert refused.text == absent.text


def test_a_duty_is_accepted_by_the_role_that_owes_it_and_by_nobody_else(scene, browse):
    found = duty_of(scene, "initial_risk_grading")
    address, accept = f"/duties/{found.id}/", f"/duties/{found.id}/accept/"
    client = browse(scene.world.inspector)
    form = client.get(address).form(accept)
    shown = client.post(accept, form)
    assert "You accepted this duty." in shown.text
    assert shown.find_all("div", class_="govuk-notification-banner--success")
    assert "Accepted" in shown.text
    client.post(accept, form)
    assert len(events_of(scene, "duty_acknowledged")) == 1
    colleague = browse(scene.world.social_worker)
    assert accept not in colleague.get(address).html
    shown = colleague.post(accept, form | {"key": "another"})
    assert shown.find_all("div", class_="govuk-notification-banner--success") == []
    assert "Somebody else owes this duty" in shown.text
    assert len(events_of(scene, "duty_acknowledged")) == 1
    browse(scene.world.other_worker).post(accept, form, 404)


def test_a_duty_is_set_aside_with_a_reason_where_the_protocol_allows_it(scene, browse):
    found = duty_of(scene, "notify.independent_reviewing_officer")
    address = f"/duties/{found.id}/set-aside/"
    client = browse(scene.world.social_worker)
    form = client.get(address).form(address)
    assert "Enter an answer: Why is this duty set aside?" in client.post(address, form).errors()
    client.post(address, form | {"reason": "Told yesterday.", "authorised_by_role": "team_manager"})
    (line,) = events_of(scene, "duty_set_aside")
    assert (line["duty"], line["reason"]) == ("notify.independent_reviewing_officer", "Told yesterday.")
    browse(scene.world.other_worker).get(address, 404)
