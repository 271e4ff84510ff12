"""A scene behind a live server, and people who open it in Chromium."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.pages.scene import HOUR, NOW, Scene, adopt_protocol, make_scene
from tests.personas import NOON, PASSWORD, TOTP_SECRET, World, make_world, signed_in_client

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
DESKTOP, NARROW = {"width": 1200, "height": 900}, {"width": 320, "height": 700}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass
class House:
    """The live server, the browser and the people."""

    address: str
    browser: Any
    world: World
    scene: Scene | None = None

    def open(self, person: Any = None, *, narrow: bool = False, scripts: bool = True) -> Any:
        """A page of a fresh browser window in which `person` has signed in; nobody, where none is given."""
        window = self.browser.new_context(
            base_url=self.address,
            viewport=NARROW if narrow else DESKTOP,
            java_script_enabled=scripts,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        if person is not None:
            from django.conf import settings

            name = settings.SESSION_COOKIE_NAME
            value = signed_in_client(person).cookies[name].value
            window.add_cookies([{"name": name, "value": value, "url": self.address}])
        page = window.new_page()
        page.set_default_timeout(10_000)
        return page


def build(address: str, browser: Any, *, reported: bool) -> House:
    """The house at `NOW`; with `reported`, a child is missing, graded high, and one report waits to be read."""
    world = make_world(NOON - timedelta(days=1))
    if not reported:
        adopt_protocol()
        return House(address, browser, world)
    scene = make_scene(world)
    scene.record(
        "risk_graded",
        NOW - HOUR / 2,
        "inspector",
        level="high",
        decided_by_role="duty_inspector",
        rationale="Known exploitation, telephone off since noon, no coat.",
    )
    scene.record("party_notified", NOW - HOUR / 3, "social_worker", party="parent", channel="telephone")
    _unread_report()
    _asks_for_a_part(scene)
    return House(address, browser, world, scene)


def _unread_report() -> None:
    from lantern.actions import take_in
    from lantern.actions.receive_report import receive_report

    mail = b"From: somebody@example.org\r\nSubject: report\r\n\r\nA child went from the home again at two.\r\n"
    receive_report("police_email", mail, by=take_in.GATEWAY, at=NOW - HOUR / 4)


def _asks_for_a_part(scene: Any) -> None:
    """Another authority reported the child."""
    from lantern.access import grants
    from lantern.access.context import system

    with system("test scene"):
        grants.ask_for_part(scene.child.id, scene.world.derby, scene.world.other_worker.id, NOW - HOUR / 4)


def follow(page: Any, target: Any) -> None:
    """Click `target` and wait until the page that it leads to is whole: a click alone waits only for its first byte."""
    with page.expect_navigation():
        target.click()


def give_factor(person: Any) -> None:
    """An authenticator app whose secret the tests know."""
    from allauth.mfa.totp.internal.auth import TOTP

    from lantern.access.context import system

    with system("test"):
        TOTP.activate(person, TOTP_SECRET)


def sign_in(page: Any, person: Any) -> None:
    """Through the pages, with password and code."""
    from allauth.mfa.totp.internal.auth import hotp_value, yield_hotp_counters_from_time

    page.goto("/sign-in/")
    page.get_by_label("Work e-mail address").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    follow(page, page.get_by_role("button", name="Sign in"))
    counter = next(iter(yield_hotp_counters_from_time()))
    page.get_by_label("Code").fill(f"{hotp_value(TOTP_SECRET, counter):06}")
    follow(page, page.get_by_role("button", name="Continue"))


def addresses(house: House) -> dict[str, tuple[Any, str]]:
    """Every kind of page: name to who opens it and where."""
    from lantern.access.context import system
    from lantern.duties.models import Duty
    from lantern.intake.models import InboundMessage
    from lantern.record.models import LoggedEvent

    assert house.scene is not None
    world, child, episode = house.world, house.scene.child.ref, house.scene.episode.ref
    with system("test"):
        duty = Duty.objects.filter(child=house.scene.child, stage="open").order_by("due_at", "key")[0].id
        message = InboundMessage.objects.get().id
        graded = LoggedEvent.objects.get(type="risk_graded").id
    inspector, worker = world.inspector, world.social_worker
    return {
        "sign in": (None, "/sign-in/"),
        "missing now": (world.front_door, "/"),
        "my duties": (worker, "/duties/"),
        "duties of my agency": (inspector, "/duties/agency/"),
        "report": (world.foster_carer, "/report/"),
        "report a new child": (world.foster_carer, "/report/new/"),
        "report a known child": (world.foster_carer, f"/report/{child}/"),
        "receipt of a report": (world.foster_carer, "/report/received/kingston/"),
        "find": (inspector, "/find/"),
        "my duties with a message": (world.front_door, "/duties/"),
        "child": (worker, f"/children/{child}/"),
        "facts": (worker, f"/children/{child}/facts/"),
        "child with an agency that asks": (world.front_door, f"/children/{child}/"),
        "agencies that ask": (world.front_door, f"/children/{child}/parts/"),
        "why": (worker, f"/children/{child}/why/"),
        "who has seen": (worker, f"/who-has-seen/{child}/"),
        "episode": (inspector, f"/episodes/{episode}/"),
        "briefing": (inspector, f"/episodes/{episode}/briefing/"),
        "grade the risk": (inspector, f"/episodes/{episode}/record/risk_graded/"),
        "hold a meeting": (worker, f"/episodes/{episode}/record/meeting_held/"),
        "correct": (inspector, f"/episodes/{episode}/correct/{graded}/"),
        "duty": (inspector, f"/duties/{duty}/"),
        "set a duty aside": (inspector, f"/duties/{duty}/set-aside/"),
        "protocols": (worker, "/protocols/"),
        "protocol": (worker, "/protocols/kingston-richmond-2023/2023-12/"),
        "unread reports": (world.front_door, "/intake/"),
        "unread report": (world.front_door, f"/intake/{message}/"),
        "ssda903": (world.analyst, "/reports/ssda903/"),
        "how you sign in": (inspector, "/account/second-factor/"),
        "not found": (inspector, "/nowhere/"),
    }


def violations(page: Any) -> list[str]:
    """What axe finds on the page: rule and where."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(
        "async rules => (await axe.run(document, {runOnly: rules})).violations"
        ".map(each => each.id + ': ' + each.nodes.map(node => node.target.join(' ')).join(', '))",
        RULES,
    )
    return [str(each) for each in found]


def each_page(house: House, look: Callable[[Any], list[str]], **window: Any) -> dict[str, list[str]]:
    """What `look` finds on each page, by its name; pages on which it finds nothing are left out."""
    found: dict[str, list[str]] = {}
    windows: dict[Any, Any] = {}
    for name, (person, address) in addresses(house).items():
        key = person.id if person else None
        page = windows.setdefault(key, house.open(person, **window) if key not in windows else None)
        page.goto(address)
        seen = look(page)
        if seen:
            found[name] = seen
    for page in windows.values():
        page.context.close()
    return found
