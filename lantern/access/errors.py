"""What access raises."""

from django.http import Http404

from lantern.plumbing.errors import Refused


class NotThere(Http404):
    """There is no such record, or none for this person: the two are never told apart."""

    def __init__(self) -> None:
        super().__init__("There is no such page.")


class RefusedByAccess(Refused):
    """A part, a role or a restriction cannot be given as asked."""

    code = "refused_by_access"
