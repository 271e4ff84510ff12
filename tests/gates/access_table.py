"""Who can see what: for each address, what each of eight people gets.

    sees      the page opens and shows the child of the case
    opens     the page opens and shows nothing of that child
    refused   answered like an address that is not there

The same table is printed as docs/generated/who-can-see-what.md, and tests/gates/test_access_table.py asks every
address as every one of them. Somebody who has not signed in gets the sign-in pages and nothing else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

SEES, OPENS, REFUSED = "sees", "opens", "refused"

PERSONAS = {
    "social_worker": "social worker of the responsible authority",
    "front_door": "front door of the responsible authority",
    "inspector": "inspector of the police force in the case",
    "foster_carer": "foster carer of the child",
    "other_worker": "social worker of another authority",
    "analyst": "analyst of the responsible authority",
    "auditor": "auditor of the responsible authority",
    "administrator": "administrator of the responsible authority",
}
IN_THE_CASE = ("social_worker", "front_door", "inspector", "foster_carer")
WHO_SEE_CHILDREN = (*IN_THE_CASE, "other_worker")


@dataclass(frozen=True)
class Row:
    """An address: its name, what it is, its arguments from the case, and what each persona gets."""

    name: str
    is_for: str
    expected: dict[str, str]
    arguments: Callable[[Any], list[Any]] = lambda case: []
    post: bool = False


def _expect(sees: tuple[str, ...] = (), opens: tuple[str, ...] = ()) -> dict[str, str]:
    given = dict.fromkeys(PERSONAS, REFUSED) | dict.fromkeys(opens, OPENS) | dict.fromkeys(sees, SEES)
    return {persona: given[persona] for persona in PERSONAS}


def _child(case: Any) -> list[Any]:
    return [case.child.ref]


def _episode(case: Any) -> list[Any]:
    return [case.episode.ref]


def _duty(case: Any) -> list[Any]:
    return [case.duty.id]


def _asked(case: Any) -> list[Any]:
    return [case.child.ref, case.asked.id]


def _unread(case: Any) -> list[Any]:
    return [case.unread.id]


def _record(event: str) -> Callable[[Any], list[Any]]:
    return lambda case: [case.episode.ref, event]


_EVERYBODY = _expect(opens=tuple(PERSONAS))
_CASE = _expect(sees=IN_THE_CASE)
_LIST = _expect(sees=IN_THE_CASE, opens=("other_worker",))
_ANSWERABLE = _expect(sees=("social_worker", "front_door", "inspector"))
TABLE = [
    Row("missing_now", "who is missing now", _expect(sees=IN_THE_CASE, opens=tuple(PERSONAS))),
    Row("my_duties", "what I owe", _LIST),
    Row("agency_duties", "what my agency owes", _LIST),
    Row("find", "find a child", _LIST),
    Row("report", "report a missing child: is the child known", _LIST),
    Row("report_new", "report a missing child who is not known", _expect(opens=WHO_SEE_CHILDREN)),
    Row("report_received", "the receipt of a report", _expect(opens=WHO_SEE_CHILDREN), lambda case: ["kingston"]),
    Row("report_known", "report a known child missing again", _CASE, _child),
    Row("child", "a child's record", _CASE, _child),
    Row("update_facts", "record facts about a child", _CASE, _child),
    Row("why", "why I can see this record", _CASE, _child),
    Row("who_has_seen", "who has seen this record", _ANSWERABLE, _child),
    Row("parts", "agencies that ask for a part in a case", _expect(sees=("front_door",)), _child),
    Row("answer_part", "give a part in a case, or refuse it", _expect(opens=("front_door",)), _asked, post=True),
    Row("episode", "an episode and its duties", _CASE, _episode),
    Row("briefing", "the briefing sheet of an episode", _CASE, _episode),
    Row("record_event", "record that somebody was told", _CASE, _record("party_notified")),
    Row("record_event", "grade the risk", _expect(sees=("inspector",)), _record("risk_graded")),
    Row("correct_event", "correct what was recorded", _ANSWERABLE, lambda case: [case.episode.ref, case.event.id]),
    Row("duty", "a duty and its reason", _CASE, _duty),
    Row("set_aside_duty", "set a duty aside", _CASE, _duty),
    Row("accept_duty", "accept a duty", _expect(opens=IN_THE_CASE), _duty, post=True),
    Row("quarantine", "reports that could not be read", _expect(opens=("front_door",))),
    Row("quarantined", "a report that could not be read", _expect(sees=("front_door",)), _unread),
    Row("no_report", "say that it was no report", _expect(opens=("front_door",)), _unread, post=True),
    Row("protocols", "the protocols", _EVERYBODY),
    Row("protocol", "a protocol", _EVERYBODY, lambda case: ["dfe-2014", "2014-01"]),
    Row("protocol_file", "a protocol, as a file", _EVERYBODY, lambda case: ["dfe-2014", "2014-01", "pdf"]),
    Row("ssda903", "statutory rows of a year", _expect(opens=("analyst",))),
    Row("ssda903_file", "statutory rows of a year, as a file", _expect(opens=("analyst",))),
    Row("account_login", "sign in", _EVERYBODY),
    Row("mfa_authenticate", "give the code", _EVERYBODY),
    Row("account_logout", "sign out", _EVERYBODY),
    Row("account_inactive", "a closed account", _EVERYBODY),
    Row("account_reauthenticate", "give the password again", _EVERYBODY),
    Row("account_change_password", "change my password", _EVERYBODY),
    Row("mfa_index", "how I sign in", _EVERYBODY),
    Row("mfa_reauthenticate", "give the code again", _EVERYBODY),
    Row("mfa_activate_totp", "add an authenticator app", _EVERYBODY),
    Row("mfa_deactivate_totp", "remove my authenticator app", _EVERYBODY),
    Row("mfa_view_recovery_codes", "my recovery codes", _EVERYBODY),
    Row("mfa_generate_recovery_codes", "make new recovery codes", _EVERYBODY),
    Row("mfa_download_recovery_codes", "my recovery codes, as a file", _EVERYBODY),
    Row("mfa_list_webauthn", "my security keys", _EVERYBODY),
    Row("mfa_add_webauthn", "add a security key", _EVERYBODY),
    Row("mfa_reauthenticate_webauthn", "use my security key again", _EVERYBODY),
    Row("mfa_edit_webauthn", "rename a security key", _EVERYBODY, lambda case: [0]),
    Row("mfa_remove_webauthn", "remove a security key", _EVERYBODY, lambda case: [0]),
]
