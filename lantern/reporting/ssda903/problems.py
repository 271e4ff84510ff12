"""What can stand in the way of reporting an episode, and what is needed from whom."""

PROBLEMS: dict[str, tuple[str, str]] = {
    "no_start": (
        "Nothing says when the child was last seen, noticed away or reported.",
        "Record when the child was last seen: the carer or whoever took the report.",
    ),
    "looked_after_unknown": (
        "Nothing says whether the child was looked after on the day the episode started.",
        "Record the legal basis and since when: the responsible authority's social worker.",
    ),
    "authority_unknown": (
        "Nothing says which authority was responsible on the day the episode started.",
        "Record the responsible authority: the social worker.",
    ),
    "no_date_of_birth": (
        "The child's date of birth is not recorded.",
        "Record the date of birth: the social worker.",
    ),
    "born_after_start": (
        "The date of birth is on or after the day the episode started.",
        "Correct the date of birth or the day last seen.",
    ),
    "no_category": (
        "Neither police nor authority has said what kind of absence this was.",
        "Set the category: the authority's duty manager or the police.",
    ),
    "category_undecided": (
        "The category does not say whether the whereabouts were known, and nothing else does.",
        "Record the whereabouts, or set the category to missing or unauthorised absence.",
    ),
    "closed_without_end": (
        "The episode was closed, but nothing says when the child was found or came back.",
        "Record that the child was located or returned: the social worker or the police.",
    ),
    "ends_before_start": (
        "The child was found or back before the day the episode started.",
        "Correct the day last seen, or the day found or back.",
    ),
    "restricted": (
        "The record is restricted to named people, and you are not one of them.",
        "Ask one of them to add the child's rows.",
    ),
}
"""What is said of an episode that cannot be reported, by code: the message, and what is needed from whom."""
