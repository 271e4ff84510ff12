"""How an absence goes in the county: a spine of events, told as hours since the child was noticed to be away."""

from dataclasses import dataclass, field
from random import Random
from typing import Any


@dataclass(frozen=True, slots=True)
class Beat:
    """One event of the spine. `who`: part in the case and role of whoever records it."""

    hours: float
    type: str
    who: tuple[str, str]
    fields: dict[str, Any] = field(default_factory=dict)


AUTHORITY, POLICE, CARER = "authority", "police", "carer"
INSPECTOR, OFFICER = (POLICE, "duty_inspector"), (POLICE, "police_officer")
INTERVIEWER, SOCIAL_WORKER = (AUTHORITY, "return_interviewer"), (AUTHORITY, "social_worker")


def past(dice: Random) -> list[Beat]:
    """An absence that is over, from the police record to the closing. Most partners are in time, some are not."""
    level = dice.choice(("medium", "medium", "high", "low"))
    graded = dice.choice((0.8, 1.2, 1.6, 3.1))
    located = dice.choice((5.0, 9.0, 20.0, 31.0))
    home = located + 0.7
    checked = located + dice.choice((0.5, 0.9, 2.5, 6.0))
    interviewed = located + dice.choice((40.0, 55.0, 66.0, 90.0))
    declined = dice.random() < 0.2
    return [
        *_reported(graded, level),
        Beat(located, "child_located", OFFICER, {"place": "a friend's home", "found_by": "police"}),
        Beat(home, "child_returned", (CARER, ""), {"to": "placement", "manner": "brought_by_police"}),
        Beat(checked, "safe_and_well_done", OFFICER, {"method": "in_person", "engaged": True, "harm_indicated": False}),
        Beat(
            located + 20,
            "return_interview_offered",
            INTERVIEWER,
            {"independent": True, "interviewer_role": INTERVIEWER[1]},
        ),
        Beat(interviewed, "return_interview_declined", INTERVIEWER, {"reason": "did not want to talk"})
        if declined
        else Beat(interviewed, "return_interview_held", INTERVIEWER, {"independent": True, "harm": False}),
        Beat(interviewed + 24, "return_interview_signed_off", (AUTHORITY, "return_interview_manager")),
        Beat(interviewed + 30, "extract_shared", INTERVIEWER, {"with": "police"}),
        Beat(interviewed + 60, "episode_closed", SOCIAL_WORKER, {"reason": "safely back"}),
    ]


def _reported(graded: float, level: str) -> list[Beat]:
    return [
        Beat(0.6, "police_recorded", (POLICE, "police_call_handler"), {"system": "Merlin"}),
        Beat(0.7, "category_set", INSPECTOR, {"category": "missing", "decided_by_role": "duty_inspector"}),
        Beat(0.8, "category_set", SOCIAL_WORKER, {"category": "missing", "decided_by_role": "social_worker"}),
        Beat(
            graded,
            "risk_graded",
            INSPECTOR,
            {"level": level, "decided_by_role": "duty_inspector", "rationale": "as discussed"},
        ),
    ]


@dataclass(frozen=True, slots=True)
class Present:
    """An absence that goes on: how long ago it began, what has happened, and how diligent everybody was."""

    began_hours_ago: float
    beats: list[Beat]
    reported: bool = True
    diligence: float = 0.8


def present() -> list[Present]:
    """One of each kind that a front door looks at in the morning."""
    found = Beat(28.0, "child_located", OFFICER, {"place": "a railway station", "found_by": "police"})
    back = Beat(29.0, "child_returned", (CARER, ""), {"to": "placement", "manner": "brought_by_police"})
    offered = Beat(45.0, "return_interview_offered", INTERVIEWER, {"independent": True})
    return [
        Present(0.9, _reported(9.9, "medium")[:1]),
        Present(7.0, _reported(1.1, "high")),
        Present(30.0, _reported(1.5, "medium"), diligence=0.4),
        Present(50.0, [*_reported(1.2, "medium"), found, back, offered], diligence=0.0),
        Present(2.0, [Beat(0.5, "category_set", SOCIAL_WORKER, {"category": "unauthorised_absence",
                                                               "decided_by_role": "social_worker"})], reported=False),
        Present(34.0, [*_reported(1.4, "high"), found], diligence=0.6),
    ]  # fmt: skip
