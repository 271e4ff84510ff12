"""What a reader compares protocols by: concepts in the order of a child's journey.

A concept names duties, categories, decisions and definitions of the vocabulary; no pack and no place is named here.
"""

from __future__ import annotations

from lantern.engine.protocols.concepts import Classed, Concept, Decides, Defined, Duties, Part, Scope, Untracked

# where a protocol answers the guidance under whatever name it has for it
ANSWERING = (
    "help lines, voluntary sector and charities",
    "support for child and family",
    "more than one episode",
    "lead manager",
    "figures for board and members",
    "review of the protocol",
)


def _phase(name: str, rows: dict[str, tuple[Part, ...]]) -> tuple[Concept, ...]:
    return tuple(Concept(row, parts, name, row in ANSWERING) for row, parts in rows.items())


def _of(*names: str) -> Duties:
    return Duties(names)


AWAY = "category (absent|unauthorised absence)"  # the child is held to be away, not missing
OTHERS_CHILD = (
    "another authority's (looked-after )?child|another authority answers|host authority is|responsible authority is not"
)
MEETINGS = ("strategy_meeting", "case_review_meeting", "risk_management_meeting", "intervention_meeting.*")
SENIOR = (
    "senior_notice",
    "case_report.long_missing",
    "notify.head_of_service",
    "notify.assistant_director",
    "notify.placement_approver",
    "senior_review",
)

BEFORE = _phase(
    "before",
    {
        "what missing means": (Defined("^missing"), Classed("missing")),
        "the category absent": (Defined("absent"), Decides("category_set", values=("absent", "no_apparent_risk"))),
        "away with whereabouts known": (Classed("unauthorised_absence"),),
        "absconder or wanted": (
            Classed("absconder"),
            Classed("missing", about="abscond"),
            Duties(about="(?<!solely an )abscond|wanted|criminal justice"),
            Decides("category_set", values=("wanted",)),
        ),
        "care leavers": (Scope(), Defined("care leaver|leaving care|^adult"), _of("pathway_plan_update")),
        "placed with parents": (Defined("with (a )?parent"), Duties(about="with parents")),
        "plans made beforehand": (
            _of(
                "risk_assessment_update",
                "missing_strategy",
                "trigger_plan",
                "information_pack",
                "placement_plan_update",
            ),
        ),
        "photograph": (_of("photograph"), Duties(contents="photo", show="contents")),
    },
)
REPORTED = _phase(
    "reported",
    {
        "who decides the category": (Decides("category_set"), _of("category_decision")),
        "what is weighed for the category": (
            Duties(("category_decision",), side="authority", lists=("questions",), show="contents"),
            Duties(("section_47_consideration",), lists=("questions",), show="contents"),
        ),
        "report to the police": (_of("report_to_police"),),
        "what a report holds": (
            Duties(
                ("report_to_police", "first_steps", "police_record", "risk_review"),
                lists=("record", "form"),
                show="contents",
            ),
        ),
        "questions of the police": (
            Duties(
                ("initial_risk_grading", "police_record", "risk_review", "category_decision"),
                side="police",
                lists=("questions",),
                show="contents",
            ),
            Duties(("report_to_police",), lists=("questions",), show="contents"),
        ),
        "an absence known or without risk: who is told": (
            Duties(("notify.*", "report_to_police", "record_in_case_file"), about=AWAY),
            Decides("category_set", values=("unauthorised_absence",)),
            Duties(("category_decision",), side="police"),
        ),
        "log of an absence": (
            Duties(
                ("record_in_case_file", "first_steps", "absence_review", "notify.*"),
                about=AWAY,
                lists=("record",),
                show="contents",
            ),
            Duties(("report_to_police",), about=AWAY, lists=("record",), show="contents"),
        ),
        "longest time before an absence is missing": (
            Duties(("treat_as_missing", "report_to_police"), clock="elapsed"),
        ),
        "overnight": (Duties(("treat_as_missing", "report_to_police", "absence_review"), clock="civil"),),
        "review of an absence by carer or authority": (Duties(("absence_review",), side="authority"),),
        "reviews by the police": (
            Duties(("absence_review", "risk_review", "supervisor_review", "transfer_acceptance"), side="police"),
        ),
        "police record": (_of("police_record"),),
        "grades of risk": (Decides("risk_graded", lowering=False),),
        "first grading": (_of("initial_risk_grading"),),
        "lowering a grade": (Decides("risk_graded", lowering=True),),
        "dispute over category or risk": (_of("disagreement_decision"), Decides("disagreement_decided")),
        "front door told": (_of("notify.front_door", "notify.out_of_hours"),),
        "social worker told": (_of("notify.social_worker", "notify.team_manager"),),
        "parents told": (_of("notify.parent", "family_update"),),
        "reviewing officer": (
            Duties(("*independent_reviewing_officer*",)),
            Duties(met="party.* independent reviewing officer"),
            Duties(("case_report.out_of_city_review",)),
            Duties(contents="reviewing officer|IRO", show="contents"),
        ),
        "host and responsible authority": (
            _of(
                "host_letter",
                "notify.host_authority",
                "notify.responsible_authority",
                "placing_authority_letter",
                "referral.pre_mace",
            ),
            Duties(("notify.police",), about="another authority"),
        ),
        "child of another authority": (
            Duties(about=OTHERS_CHILD),
            Duties(contents="placed by (another|other)|another authority", show="contents"),
        ),
        "missing from an activity": (
            Duties(about="from activity|external activity"),
            Duties(contents="outing|excursion|external activit", show="contents"),
        ),
        "parental abduction": (
            Duties(about="abduction"),
            Duties(("report_to_police",), contents="abduct", show="contents"),
        ),
        "missing from school": (
            _of("education.*"),
            Duties(about="(missing|went) from school|come to school"),
            Defined("education"),
            Untracked("school|education|truan"),
        ),
    },
)
MISSING = _phase(
    "missing",
    {
        "missing persons bureau": (_of("notify.missing_persons_bureau"),),
        "media": (_of("media_decision"), Decides("media_decided")),
        "exploitation": (
            _of(
                "exploitation_screen",
                "mace_escalation",
                "referral.cse_form",
                "referral.pre_mace",
                "referral.s47",
                "panel.mase",
            ),
        ),
        "trafficking and unaccompanied children": (
            _of("referral.nrm", "notify.home_office"),
            Duties(("assessment",), about="unaccompanied|trafficking"),
            Defined("trafficking"),
            Duties(contents="traffick", show="contents"),
        ),
        "senior managers": (_of(*SENIOR),),
        "way back": (_of("plan_for_return"),),
        "support for child and family": (
            _of(
                "family_update", "referral.early_help", "referral.intensive_support", "referral.family_group_conference"
            ),
            Duties(
                side="authority", contents="family support|support for (the )?(child|famil|parent)", show="contents"
            ),
        ),
        "help lines, voluntary sector and charities": (
            _of("referral.advocacy", "referral.missing_people"),
            Duties(contents="help ?line|voluntary|charit|advice centre|Missing People", show="contents"),
        ),
    },
)
LONG = _phase(
    "long-missing",
    {
        "child missing for long": (
            _of(
                "filing_decision",
                "long_term_review",
                "case_review_meeting",
                "strategy_meeting.review",
                "case_report.long_missing",
            ),
        ),
    },
)
LOCATED = _phase(
    "located",
    {
        "police told of the return": (_of("return_notice.police"),),
        "safe and well check: time": (_of("safe_and_well_check"),),
        "safe and well check: how, and when left out": (Duties(("safe_and_well_check",), show="doing"),),
        "care plan reviewed early": (_of("care_plan_review"),),
    },
)
INTERVIEW = _phase(
    "interview",
    {
        "return interview: time": (_of("return_interview", "return_interview.offer"),),
        "return interview: who holds it": (Duties(("return_interview",), show="holder"),),
        "return interview: when the child declines": (
            _of("carer_views", "referral.advocacy"),
            Duties(("return_interview", "return_interview.share"), about="declined"),
            Duties(("return_interview",), show="doing"),
        ),
        "return interview: signed off": (_of("return_interview.sign_off"), Decides("return_interview_signed_off")),
        "return interview: shared": (_of("return_interview.share"),),
        "return interview: recorded": (
            Duties(("return_interview",), lists=("form", "record"), show="contents"),
            Duties(("record_in_case_file", "case_report.*"), about="return interview"),
        ),
    },
)
REPEAT = _phase(
    "repeat",
    {
        "thresholds": (Duties(counts=True),),
        "more than one episode": (
            Defined("^persistent|missing episodes"),
            _of(
                "repeat_discussion",
                "planning_meeting",
                "repeat_flag",
                "intervention_meeting.*",
                "missing_strategy",
                "trigger_plan",
            ),
        ),
    },
)
HELD = _phase(
    "meetings",
    {
        "meetings: what starts one": (_of(*MEETINGS),),
        "meetings: by when": (Duties(MEETINGS, clock="elapsed"),),
        "meetings: who holds them": (Duties(MEETINGS, lists=("invitees",), show="holder"),),
        "meetings: how often": (
            _of("strategy_meeting.review"),
            Duties(MEETINGS, clock="agreed"),
            Duties(MEETINGS, clock="repeats"),
        ),
    },
)
GOVERNANCE = _phase(
    "governance",
    {
        "panel": (_of("panel", "panel.*"),),
        "lead manager": (_of("governance.leads"), Duties(owner="strategic_lead")),
        "figures for board and members": (
            _of("report.members", "report.partnership"),
            Duties(("report.*",), lists=("recipients",), contents="Board|board|members|Corporate Parenting"),
        ),
        "reports": (_of("report.*", "case_report.long_missing"),),
        "quality": (_of("report.quality_assurance", "return_interview.sign_off", "intervention_meeting.3", "panel"),),
        "training": (
            _of("governance.training", "report.carer_training"),
            Duties(contents="train|induct|aware", show="contents"),
        ),
        "review of the protocol": (_of("report.protocol_review", "governance.approval"),),
    },
)

CONCEPTS = (*BEFORE, *REPORTED, *MISSING, *LONG, *LOCATED, *INTERVIEW, *REPEAT, *HELD, *GOVERNANCE)
