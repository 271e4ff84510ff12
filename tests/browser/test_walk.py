"""The walk: from a police e-mail to a row of the SSDA903 table, by the people who would do it."""

from typing import Any

import pytest

from tests.browser.house import follow, give_factor, sign_in, violations
from tests.pages.scene import NOW


@pytest.fixture
def email(settings: Any) -> bytes:
    from lantern.intake.feeds.police_email.compose import GATEWAY, SENDER, compose

    settings.POLICE_SENDERS, settings.MAIL_GATEWAY = [SENDER], GATEWAY
    fields = {
        "Message type": "Report",
        "Force": "Metropolitan Police",
        "System": "Merlin",
        "Reference": "26MIS/0412",
        "Surname": "Ashdown",
        "Forenames": "Juniper",
        "Date of birth": "09/05/2011",
        "Legal status": "Section 20",
        "Local authority": "Kingston",
        "Host authority": "Kingston",
        "Missing from": "Children's home",
        "Last seen": "04/03/2026 13:00",
        "Last seen location": "the bus station",
        "Reported": "04/03/2026 14:30",
        "Reported by": "Residential worker",
        "Circumstances": "Left after lunch and does not answer the telephone.",
    }
    return compose(fields, sent_at=NOW, message_id="1@police.example")


def arrives(email: bytes) -> None:
    from lantern.actions import take_in
    from lantern.actions.receive_report import receive_report

    receive_report("police_email", email, by=take_in.GATEWAY, at=NOW)


def record(page: Any, form: str, *answers: tuple[str, str], told: str = "") -> None:
    """Open `form` from the episode's page, answer its questions and save."""
    more = page.locator("summary", has_text="Something else")
    offered = page.locator(".lantern-next").get_by_role("link", name=form, exact=True)
    if not offered.first.is_visible():
        more.click()
    follow(page, offered.locator("visible=true").first)
    for label, answer in answers:
        group = page.get_by_role("group", name=label)
        if group.count():
            group.get_by_label(answer).first.check()
        elif page.locator("select", has=page.get_by_role("option", name=answer, exact=True)).count():
            page.get_by_label(label).select_option(label=answer)
        else:
            page.get_by_label(label).fill(answer)
    follow(page, page.get_by_role("button", name="Save"))
    assert page.get_by_text(told or "Recorded:").first.is_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_police_email_is_followed_to_a_row_of_the_ssda903_table(quiet_house, email, scripts):
    house, world = quiet_house, quiet_house.world
    front_door = house.open(world.front_door, scripts=scripts)
    front_door.goto("/")
    assert front_door.get_by_text("No child whose record you may open is missing.").is_visible()
    arrives(email)
    front_door.goto("/")
    assert front_door.get_by_role("link", name="Juniper Ashdown").is_visible()
    assert front_door.get_by_text("Risk not graded yet").is_visible()

    give_factor(world.inspector)
    inspector = house.open(scripts=scripts)
    sign_in(inspector, world.inspector)
    follow(inspector, inspector.get_by_role("link", name="Juniper Ashdown"))
    episode = inspector.url
    assert "ashdown" not in (inspector.url + inspector.title()).lower()
    record(inspector, "Set the category", ("What kind of absence", "Missing"), ("Why?", "Nobody knows where she is."))
    record(inspector, "Grade the risk", ("What is the risk?", "High"), ("Why?", "Known exploitation, no coat."))
    assert inspector.get_by_text("High risk").first.is_visible()
    duty = inspector.locator(".lantern-duty", has_text="Hand the investigation to the Missing Persons Unit")
    assert "Due" in duty.inner_text()
    duty.locator("summary").click()
    assert duty.get_by_role("link", name="Joint Protocol").first.is_visible()

    record(inspector, "Record that the child was found", ("Where?", "The bus station"), ("Do you suspect", "No"))
    assert "Found" in inspector.locator("main").inner_text()
    check = inspector.locator(".lantern-duty--upcoming, .lantern-duty--due_now", has_text="safe and well")
    assert "as soon as possible" in check.first.locator(".lantern-duty__when").inner_text()
    record(
        inspector, "Record the safe and well check", ("How was it done?", "In person"), ("Was harm indicated?", "No")
    )

    worker = house.open(world.social_worker, scripts=scripts)
    worker.goto(episode)
    record(worker, "Record that the child is back", ("Where is the child now?", "Their placement"))
    record(worker, "Record that a return interview was offered", ("Who offered it?", "Social worker"))
    record(
        worker,
        "Record that the return interview was held",
        ("Who held it?", "Return interviewer"),
        ("Was the interviewer independent?", "Yes"),
    )
    record(worker, "Close the episode", ("Why can it be closed?", "Back, seen and heard."))
    assert worker.get_by_text("Closed", exact=True).first.is_visible()
    if scripts:
        assert violations(worker) == []

    analyst = house.open(world.analyst, scripts=scripts)
    analyst.goto("/")
    assert analyst.get_by_text("1 row for 2025-26").is_visible()
    with analyst.expect_download() as download:
        analyst.get_by_role("button", name="Download the CSV file").click()
    lines = download.value.path().read_text().splitlines()
    assert lines[0] == "CHILD,DOB,MISSING,MIS_START,MIS_END"
    assert lines[1].endswith(",09/05/2011,M,04/03/2026,04/03/2026")
    for page in (front_door, inspector, worker, analyst):
        page.context.close()


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.innerText || document.activeElement.id"))


def tab_to(page: Any, words: str, most: int = 80) -> None:
    """Press Tab until what holds `words` has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if words in focused(page):
            return
    raise AssertionError(f"{words} cannot be reached with the keyboard")


def test_a_risk_is_graded_with_the_keyboard_alone(house):
    page = house.open(house.world.inspector)
    page.goto("/")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to main content"
    page.keyboard.press("Enter")
    tab_to(page, "Juniper Ashdown")
    with page.expect_navigation(url="**/episodes/**"):
        page.keyboard.press("Enter")
    tab_to(page, "Review the risk")
    with page.expect_navigation(url="**/record/risk_reviewed/"):
        page.keyboard.press("Enter")
    tab_to(page, "id_outcome")
    page.keyboard.type("Seen on a bus; the search goes on.")
    tab_to(page, "Save")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.get_by_text("Recorded: risk reviewed.").is_visible()
    tab_to(page, "Why, and where it is written")
    page.keyboard.press("Enter")
    assert page.locator("details[open]").count() == 1
    page.context.close()


def test_locking_signs_out_and_the_back_button_shows_nothing(house):
    page = house.open(house.world.inspector)
    page.goto(f"/episodes/{house.scene.episode.ref}/")
    page.get_by_role("button", name="Lock").click()
    page.get_by_role("heading", name="Sign in").wait_for()
    page.go_back()
    page.get_by_role("heading", name="Sign in").wait_for()
    assert "Juniper" not in page.content()
    page.context.close()
