"""Writes adoptions: from an instant on, an authority works by an edition of a pack."""

from datetime import datetime

from lantern.engine import EngineError
from lantern.evaluations import which_pack
from lantern.evaluations.models import Adoption
from lantern.evaluations.which_pack import NotAnEdition


def adopt(
    authority: str, name: str, edition: str | None, *, since: datetime, until: datetime | None = None
) -> Adoption:
    """Put an edition in force from `since`; what was in force until then ends there.

    until: the first instant after it; from then on the national guidance governs, unless another is adopted. Adopting
    what is already in force changes nothing but its end. Raises NotAnEdition, with what is wrong with the pack.
    """
    if until and until <= since:
        raise NotAnEdition("An adoption ends after it begins.", pack=name)
    try:
        found = which_pack.pack(name, edition)
    except EngineError as problem:
        raise NotAnEdition(f"{name} cannot be adopted: {problem}", pack=name) from problem
    adoptions = Adoption.objects.select_for_update().filter(authority=authority)
    current = adoptions.filter(until__isnull=True).first()
    if current and (current.pack, current.edition) == (found.name, found.edition):
        return _end(current, until) if until else current
    for other in adoptions.exclude(until__lte=since):
        if other.since >= since and (until is None or other.since < until):
            raise NotAnEdition(f"{authority} adopted {other} later than that", pack=name)
        if other.since < since:
            _end(other, since)
    return Adoption.objects.create(
        authority=authority, pack=found.name, edition=found.edition, since=since, until=until
    )


def _end(adoption: Adoption, at: datetime) -> Adoption:
    if adoption.since >= at:
        raise NotAnEdition(f"{adoption} begins later than that", pack=adoption.pack)
    adoption.until = at
    adoption.save(update_fields=["until"])
    return adoption
