"""Every form, in the order of a child's journey."""

from lantern.access.permissions import Permission
from lantern.pages.record_event.specs import (
    AFTERWARDS,
    AT_MEETINGS,
    AUTHORITY,
    AWAY,
    BACK,
    CARE,
    CATEGORY,
    CHANNELS,
    CHARITY,
    CHECKS,
    CLOSING,
    DECIDING,
    FINDERS,
    FOUND,
    LEGAL_STEPS,
    LOOKING,
    MANAGERS,
    MANNER,
    MEETINGS,
    METHOD,
    PARTIES,
    PLANS,
    POLICE,
    RANKS,
    REFERRALS,
    RISK,
    TELLING,
    WHERE_TO,
    WHEREABOUTS,
    YES_OR_NO,
    Ask,
    Spec,
)

_WHEREABOUTS = (
    Ask("whereabouts", "Where the child is", options=WHEREABOUTS),
    Ask("place", "Place", short=True),
    Ask("source", "Who told you, or how it is known", short=True),
    Ask("raises_risk", "Does this raise the risk?"),
)
_INTERVIEWERS = (
    "return_interviewer",
    "charity_return_service",
    "social_worker",
    "return_interview_manager",
    "advocate",
)
_ONE_INTERVIEW = Ask("episodes", "Which episodes does this cover?", hint="One interview may cover several.")
_WHY_NOT = Ask("reason", "Why?", hint="In the child's own words where you can.")
_POLICE_ONLY = frozenset({POLICE})
_INTERVIEW = frozenset({AUTHORITY, CHARITY})

CATALOGUE: tuple[Spec, ...] = (
    Spec("check_made", "Record a check", LOOKING, (
        Ask("check", "What was done?", options=CHECKS, required=True),
        Ask("result", "What came of it?"),
    ), states=AWAY),
    Spec("contact_made", "Record contact with the child", LOOKING, _WHEREABOUTS, states=AWAY),
    Spec("sighting_recorded", "Record a sighting", LOOKING, _WHEREABOUTS, states=AWAY),
    Spec("whereabouts_updated", "Record what is known of where the child is", LOOKING, _WHEREABOUTS, states=AWAY),
    Spec("information_received", "Record information", LOOKING, _WHEREABOUTS),
    Spec("police_recorded", "Record the police reference", LOOKING, (
        Ask("system", "Which system?", options={"COMPACT": "COMPACT", "Merlin": "Merlin"}),
        Ask("reference", "Reference", short=True, required=True),
    ), states=AWAY),
    Spec("risk_graded", "Grade the risk", DECIDING, (
        Ask("level", "What is the risk?", options=RISK),
        Ask("decided_by_role", "Who decided?", roles=RANKS, own_role=True, required=True),
        Ask("rationale", "Why?", hint="What makes this child more or less likely to come to harm now.", required=True),
    ), _POLICE_ONLY, Permission.GRADE_RISK, states=AWAY),
    Spec("risk_reviewed", "Review the risk", DECIDING, (
        Ask("decided_by_role", "Who reviewed it?", roles=RANKS, own_role=True, required=True),
        Ask("outcome", "What came of the review?", required=True),
        Ask("next_review_at", "When will it be reviewed next?"),
    ), _POLICE_ONLY, Permission.GRADE_RISK, states=AWAY),
    Spec("category_set", "Set the category", DECIDING, (
        Ask("category", "What kind of absence is this?", hint="Select more than one only where the protocol holds two.",
            options=CATEGORY),
        Ask("decided_by_role", "Who decided?", roles=(*RANKS, *MANAGERS, "residential_manager"), own_role=True,
            required=True),
        Ask("rationale", "Why?", required=True),
    ), states=AWAY),
    Spec("absence_reviewed", "Review the absence", DECIDING, (
        Ask("decided_by_role", "Who reviewed it?", roles=(*RANKS, *MANAGERS, "residential_manager"), own_role=True,
            required=True),
        Ask("outcome", "What came of the review?", required=True),
        Ask("next_review_at", "When will it be reviewed next?"),
    ), states=AWAY),
    Spec("meeting_held", "Record a meeting", DECIDING, (
        Ask("kind", "Which meeting?", options=MEETINGS),
        Ask("chair_role", "Who chaired it?", roles=(*MANAGERS, "independent_reviewing_officer", "panel_chair"),
            own_role=True),
        Ask("present", "Who was there?", roles=AT_MEETINGS),
        Ask("apologies", "Who sent apologies?", roles=AT_MEETINGS),
        Ask("decisions", "What was decided?", required=True),
        Ask("section_47", "Was a section 47 enquiry decided?"),
        Ask("next_meeting_at", "When is the next meeting?"),
    ), CARE | {POLICE}),
    Spec("media_decided", "Record a decision on publicity", DECIDING, (
        Ask("decision", "What was decided?", required=True),
        Ask("decided_by_role", "Who decided?", roles=(*RANKS, *MANAGERS), own_role=True, required=True),
        Ask("family_consulted", "Was the family consulted?"),
    ), _POLICE_ONLY | {AUTHORITY}, states=AWAY),
    Spec("legal_step_taken", "Record a legal step", DECIDING, (
        Ask("step", "Which step?", options=LEGAL_STEPS, required=True),
    ), _POLICE_ONLY | {AUTHORITY}),
    Spec("disagreement_raised", "Raise a disagreement", DECIDING, (
        Ask("about", "What is it about?",
            options={"category": "The category", "risk": "The risk", "responsibility": "Who is responsible"},
            required=True),
    )),
    Spec("disagreement_decided", "Record how a disagreement was decided", DECIDING, (
        Ask("about", "What was it about?",
            options={"category": "The category", "risk": "The risk", "responsibility": "Who is responsible"},
            required=True),
        Ask("decided_by_role", "Who decided?", roles=(*MANAGERS, *RANKS), own_role=True, required=True),
        Ask("outcome", "What was decided?", required=True),
    ), _POLICE_ONLY | {AUTHORITY}),
    Spec("party_notified", "Record that someone was told", TELLING, (
        Ask("party", "Who was told?", roles=PARTIES),
        Ask("channel", "How?", options=CHANNELS),
    )),
    Spec("family_updated", "Record that the family was updated", TELLING, (
        Ask("channel", "How?", options={"telephone": "Telephone", "in_person": "In person", "email": "Secure e-mail"}),
    )),
    Spec("child_located", "Record that the child was found", FOUND, (
        Ask("place", "Where?", short=True),
        Ask("found_by", "Who found the child?", roles=FINDERS),
        Ask("circumstances", "How, and in what circumstances?"),
        Ask("harm_suspected", "Do you suspect that the child came to harm?"),
    ), when="When was the child found?", states=AWAY,
        intro="Found means that someone has seen the child and knows where. Coming back is recorded separately."),
    Spec("child_returned", "Record that the child is back", FOUND, (
        Ask("to", "Where is the child now?", options=WHERE_TO, required=True),
        Ask("manner", "How did the child come back?", options=MANNER),
    ), when="When did the child come back?"),
    Spec("return_notified", "Record that an agency was told of the return", TELLING, (
        Ask("to", "Who was told?", roles=PARTIES, required=True),
    ), states=BACK),
    Spec("safe_and_well_done", "Record the safe and well check", AFTERWARDS, (
        Ask("method", "How was it done?", options=METHOD, required=True),
        Ask("engaged", "Did the child engage?"),
        Ask("harm_indicated", "Was harm indicated?"),
        Ask("crime_disclosed", "Was a crime disclosed?"),
    ), _POLICE_ONLY, states=BACK),
    Spec("safe_and_well_not_done", "Record that the safe and well check was not done", AFTERWARDS, (
        Ask("reason", "Why not?", required=True),
        Ask("agreed_with", "Who agreed?", roles=(*MANAGERS, *RANKS)),
    ), _POLICE_ONLY, states=BACK),
    Spec("return_interview_offered", "Record that a return interview was offered", AFTERWARDS, (
        _ONE_INTERVIEW,
        Ask("offered_by_role", "Who offered it?", roles=(*_INTERVIEWERS, *MANAGERS[1:]), own_role=True),
        Ask("interviewer_role", "Who would hold it?", roles=_INTERVIEWERS),
        Ask("independent", "Is the interviewer independent?",
            hint="Not the child's carer, and not employed by the placement or the responsible authority's case team."),
        Ask("chosen_by_child", "Did the child choose the interviewer?"),
    ), _INTERVIEW, states=BACK),
    Spec("return_interview_attempted", "Record an attempt at a return interview", AFTERWARDS, (
        _ONE_INTERVIEW,
        Ask("interviewer_role", "Who tried?", roles=_INTERVIEWERS, own_role=True),
        _WHY_NOT,
    ), _INTERVIEW, states=BACK),
    Spec("return_interview_held", "Record that the return interview was held", AFTERWARDS, (
        _ONE_INTERVIEW,
        Ask("interviewer_role", "Who held it?", roles=_INTERVIEWERS, own_role=True, required=True),
        Ask("independent", "Was the interviewer independent?",
            hint="Not the child's carer, and not employed by the placement or the responsible authority's case team."),
        Ask("chosen_by_child", "Did the child choose the interviewer?"),
        Ask("venue", "Where was it held?", short=True),
        Ask("agreed_with_child", "Did the child agree to what is shared, and with whom?", options=YES_OR_NO),
        Ask("harm", "Did the child come to harm?"),
        Ask("exploitation_indicated", "Is exploitation indicated?"),
    ), _INTERVIEW, states=BACK),
    Spec("return_interview_declined", "Record that the child declined the return interview", AFTERWARDS, (
        _ONE_INTERVIEW,
        _WHY_NOT,
    ), _INTERVIEW, states=BACK),
    Spec("return_interview_not_required", "Record that no return interview is required", AFTERWARDS, (
        _ONE_INTERVIEW,
        Ask("reason", "Why?", required=True),
    ), _INTERVIEW, states=BACK),
    Spec("carer_views_recorded", "Record the views of parent or carer", AFTERWARDS, (
        Ask("views", "What did they say?", required=True),
    ), _INTERVIEW | CARE, states=BACK),
    Spec("return_interview_signed_off", "Sign off the return interview", AFTERWARDS, (
        Ask("quality", "What do you say of its quality?"),
    ), _INTERVIEW, states=BACK),
    Spec("extract_shared", "Record that an extract was shared", AFTERWARDS, (
        Ask("with", "With whom?", options={"police": "Police", "panel": "Panel", "host_authority": "Host authority"},
            required=True),
    ), _INTERVIEW, states=BACK),
    Spec("plan_updated", "Record that a plan was updated", AFTERWARDS, (
        Ask("plan", "Which plan?", options=PLANS, required=True),
    ), CARE),
    Spec("referral_made", "Record a referral", AFTERWARDS, (
        Ask("kind", "Which referral?", options=REFERRALS, required=True),
    )),
    Spec("responsibility_transferred", "Record that responsibility passed on", CLOSING, (
        Ask("from", "From which agency?", short=True, required=True),
        Ask("to", "To which agency?", short=True, required=True),
        Ask("accepted_at", "When did they accept it?"),
    ), _POLICE_ONLY | {AUTHORITY}),
    Spec("episode_closed", "Close the episode", CLOSING, (
        Ask("reason", "Why can it be closed?", required=True),
        Ask("outcome", "What came of it?"),
    ), _POLICE_ONLY | {AUTHORITY}, when="When was it closed?", states=BACK,
        intro="Closing ends the episode. Duties that are still owed stay owed."),
)  # fmt: skip

BY_EVENT: dict[str, Spec] = {spec.event: spec for spec in CATALOGUE}

RECORDED_ELSEWHERE: dict[str, str] = {
    "profile_recorded": "facts about the child have a page of their own",
    "absence_noticed": "part of the report of a missing child",
    "report_received": "part of the report of a missing child",
    "duty_set_aside": "asked for on the duty's page",
    "duty_acknowledged": "a button on the duty's page",
    "corrected": "asked for on the page that corrects",
}
"""The events that have no form here, and where they are recorded instead."""
