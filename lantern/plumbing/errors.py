"""The tree of errors.

    LanternError                 every error of ours; carries a code and fields, worded only at the edge
    ├── Refused                  the caller may not, or asks for what cannot be; shown to the person
    │   ├── Conflict             somebody else wrote first
    │   └── Malformed            what was given does not have the shape it must have
    ├── Misconfigured            the operator must change something; shown as one sentence, exit status 2
    └── Unavailable              something we lean on is not there now
        └── PermanentlyRefused   it answered, and will answer the same for ever

Libraries' own exceptions do not cross the boundary of a package of ours.
"""


class LanternError(Exception):
    """An error of ours: `code` for machines, `fields` for whoever words it."""

    code = "error"

    def __init__(self, message: str, **fields: object) -> None:
        super().__init__(message)
        self.message = message
        self.fields = fields

    def __str__(self) -> str:
        return self.message


class Refused(LanternError):
    """The caller may not do this."""

    code = "refused"


class Conflict(Refused):
    """Somebody else wrote first."""

    code = "conflict"


class Malformed(Refused):
    """What was given does not have the shape it must have."""

    code = "malformed"


class Misconfigured(LanternError):
    """The operator must change something; the message is one sentence that says what."""

    code = "misconfigured"


class Unavailable(LanternError):
    """Something we lean on is not there now; trying again may help."""

    code = "unavailable"


class PermanentlyRefused(Unavailable):
    """The other side answered, and will answer the same for ever."""

    code = "permanently_refused"
