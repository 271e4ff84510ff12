"""The declared events, in the order of a child's journey.  Importing this module fills `events.REGISTRY`."""

from lantern.engine.events import (
    CATEGORIES,
    MEETING_KINDS,
    RISK_LEVELS,
    Field,
    event,
    flag,
    instant,
    many,
    mapping,
    offered,
    one_of,
    role,
    text,
)

event(
    "profile_recorded",
    "facts about the child were recorded",
    Field("date_of_birth", "date", personal=True, help="the child's date of birth"),
    mapping("looked_after", "legal_basis (s20, s21, s31, s38, epo, remand, secure_order, none) and since"),
    Field("responsible_authority", "text", help="short name of the authority answerable for the child"),
    Field("host_authority", "text", help="short name of the authority where the child is placed"),
    mapping("placement", "kind, provider, independent, address, since", personal=True),
    offered("plan", "none", "early_help", "child_in_need", "child_protection"),
    flag("section_47_open", "a section 47 enquiry is open"),
    flag("open_to_social_care"),
    flag("care_leaver"),
    mapping("exploitation", "kinds (sexual, criminal, labour, radicalisation, county_lines) and level"),
    flag("trafficking_concern"),
    flag("unaccompanied_asylum_seeking"),
    flag("subject_to_restriction", "subject to immigration restriction"),
    Field("court_requirement", "any", help="kind and power_of_arrest, or true or false alone"),
    flag("wanted"),
    flag("learning_difficulty"),
    flag("disability"),
    flag("mental_health_need"),
    Field("essential_medication", "any", personal=True, help="needed, name, every_hours, effect_of_missing_it"),
    flag("report_at_once", "the care plan says: missing from the first minute"),
    Field("withhold_from_parents", "any", personal=True, help="parents are not to be told, and why"),
    text("school"),
    flag("home_educated"),
    mapping("allocated", "role: person", personal=True),
    many("risk_factors", "from the pack's risk list"),
    mapping("identifiers", "local, nhs_number, upn, pnc, home_office", personal=True),
    text("given_name"),
    text("family_name"),
    text("known_as"),
    text("gender"),
    text("ethnicity"),
    text("address"),
    in_episode=False,
)
event(
    "absence_noticed",
    "someone noticed that the child was away",
    instant("last_seen_at", "when the child was last seen"),
    text("last_seen_place"),
    offered("missing_from", "home", "placement", "school", "activity", "hospital", "elsewhere"),
    one_of("whereabouts", "unknown", "claimed", "confirmed"),
    text("circumstances"),
    many("companions", "children away together"),
)
event(
    "check_made",
    "a first step to find the child was taken",
    offered(
        "check", "searched_home", "called_child", "called_friends", "called_family", "called_school", "visited_places"
    ),
    text("result"),
)
event(
    "report_received",
    "the child was reported missing",
    offered("received_by", "police", "front_door", "out_of_hours", "school"),
    role("reported_by_role"),
    mapping("answers", "question: answer, who_said, when_obtained", personal=True),
    Field("reference", "text", help="the receiver's reference"),
    offered("missing_from", "home", "placement", "school", "activity", "hospital", "elsewhere"),
    instant("last_seen_at", "when the child was last seen"),
    text("circumstances"),
)
event(
    "police_recorded",
    "the police made a record",
    offered("system", "COMPACT", "Merlin"),
    Field("reference", "text"),
)
event(
    "category_set",
    "an agency decided what kind of absence this is",
    Field("category", "choices", choices=CATEGORIES, closed=True, required=True),
    role("decided_by_role"),
    text("rationale"),
)
event(
    "risk_graded",
    "the police graded the risk",
    one_of("level", *RISK_LEVELS, required=True),
    role("decided_by_role"),
    text("rationale"),
    many("factors"),
)
for review in ("risk_reviewed", "absence_reviewed"):
    event(
        review,
        "the risk was reviewed" if review == "risk_reviewed" else "the absence was reviewed",
        role("decided_by_role"),
        text("outcome"),
        instant("next_review_at"),
    )
for name, says in (
    ("whereabouts_updated", "something was learned of where the child is"),
    ("contact_made", "someone was in contact with the child"),
    ("sighting_recorded", "the child was seen"),
    ("information_received", "information about the child came in"),
):
    event(
        name,
        says,
        one_of("whereabouts", "unknown", "claimed", "confirmed"),
        text("place"),
        text("source"),
        flag("raises_risk"),
    )
event(
    "party_notified",
    "a party was told",
    role("party", required=True),
    offered("channel", "telephone", "email", "in_person", "letter", "secure_portal"),
    Field("content_ref", "text"),
)
event(
    "meeting_held",
    "a meeting was held",
    one_of("kind", *MEETING_KINDS, required=True),
    role("chair_role"),
    many("present"),
    many("apologies"),
    Field("decisions", "any", personal=True),
    instant("next_meeting_at"),
    flag("section_47"),
)
event(
    "return_notified",
    "an agency was told that the child is back",
    role("to"),
)
event("family_updated", "the family was updated", offered("channel", "telephone", "in_person", "email"))
event(
    "media_decided",
    "a decision on publicity was made",
    Field("decision", "text", personal=True),
    role("decided_by_role"),
    flag("family_consulted"),
)
event(
    "child_located",
    "the child was found",
    text("place"),
    Field("found_by", "text"),
    text("circumstances"),
    flag("harm_suspected"),
)
event(
    "child_returned",
    "the child came back",
    offered("to", "home", "placement", "other_placement", "hospital", "custody", "abroad", "elsewhere"),
    offered(
        "manner", "own_accord", "brought_by_police", "brought_by_carer", "brought_by_family", "brought_by_social_worker"
    ),
)
event(
    "safe_and_well_done",
    "the police held the safe and well check",
    offered("method", "in_person", "phone_child", "video_child", "phone_carer"),
    flag("engaged"),
    flag("harm_indicated"),
    flag("crime_disclosed"),
)
event(
    "safe_and_well_not_done",
    "the safe and well check was not held",
    text("reason"),
    Field("agreed_with", "any", help="the role that agreed, or roles"),
    sets_aside=("safe_and_well_check",),
)
INTERVIEW_FIELDS = (
    Field("episodes", "list", help="the episodes that this one interview covers"),
    role("offered_by_role"),
    role("interviewer_role"),
    flag("independent", "independent of placement and of the responsible authority"),
    flag("chosen_by_child"),
    text("venue"),
    Field("agreed_with_child", "any"),
    flag("harm"),
    flag("exploitation_indicated"),
    text("reason"),
)
for name, says in (
    ("return_interview_offered", "a return interview was offered"),
    ("return_interview_attempted", "a return interview was attempted"),
    ("return_interview_held", "the return interview was held"),
    ("return_interview_declined", "the child declined the return interview"),
):
    event(name, says, *INTERVIEW_FIELDS)
event(
    "return_interview_not_required",
    "a return interview was held not to be required",
    *INTERVIEW_FIELDS,
    sets_aside=("return_interview.offer", "return_interview"),
)
event("carer_views_recorded", "the views of parent or carer were recorded", text("views"))
event("return_interview_signed_off", "the return interview was signed off", text("quality"))
event(
    "extract_shared",
    "an extract of the return interview was shared",
    Field("with", "any", help="police, panel or host_authority"),
    mapping("volt", "victim, offender, location, theme", personal=True),
)
event(
    "plan_updated",
    "a plan was updated",
    offered(
        "plan",
        "care",
        "placement",
        "pathway",
        "risk_assessment",
        "trigger",
        "grab_pack",
        "pen_picture",
        "missing_strategy",
        "safety",
    ),
)
event(
    "referral_made",
    "a referral was made",
    offered(
        "kind",
        "s17",
        "s47",
        "early_help",
        "nrm",
        "exploitation_screen",
        "cse_form",
        "mase",
        "pre_mace",
        "lado",
        "family_group_conference",
        "advocacy",
    ),
    Field("to", "text"),
)
event(
    "legal_step_taken",
    "a legal step was taken",
    offered(
        "step",
        "police_protection",
        "emergency_protection_order",
        "recovery_order",
        "abduction_warning_notice",
        "harbouring_warning",
        "secure_planning",
    ),
)
event(
    "responsibility_transferred",
    "responsibility passed to another agency or area",
    Field("from", "text"),
    Field("to", "text"),
    instant("accepted_at"),
)
event(
    "disagreement_raised",
    "a disagreement was raised",
    one_of("about", "category", "risk", "responsibility"),
    Field("raised_by", "text"),
)
event(
    "disagreement_decided",
    "a disagreement was decided",
    one_of("about", "category", "risk", "responsibility"),
    role("decided_by_role"),
    Field("outcome", "text", personal=True),
)
event(
    "duty_set_aside",
    "a duty was set aside",
    Field("duty", "text", required=True, help="name of the duty"),
    text("reason"),
    role("authorised_by_role"),
)
event(
    "duty_acknowledged",
    "a hand-over was accepted",
    Field("duty", "text", required=True, help="name of the duty"),
    Field("by", "text"),
)
event("episode_closed", "the episode was closed", text("reason"), text("outcome"))
event(
    "corrected",
    "an earlier event was corrected",
    Field("corrects", "text", required=True, help="id of the event that was wrong"),
    mapping("corrected_event", "the whole event as it should read; absent: recorded in error", personal=True),
)
