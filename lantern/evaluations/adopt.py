"""Writes adoptions: from an instant on, an authority works by an edition of a pack."""

from datetime import datetime

from lantern.engine import EngineError
from lantern.evaluations import which_pack
from lantern.evaluations.models import Adoption
from lantern.evaluations.which_pack import NotAnEdition


def adopt(authority: str, name: str, edition: str | None, *, since: datetime) -> Adoption:
    """Put an edition in force from `since`; what was in force until then ends there.

    Adopting what is already in force changes nothing. Raises NotAnEdition, with what is wrong with the pack.
    """
    try:
        found = which_pack.pack(name, edition)
    except EngineError as problem:
        raise NotAnEdition(f"{name} cannot be adopted: {problem}", pack=name) from problem
    current = Adoption.objects.select_for_update().filter(authority=authority, until__isnull=True).first()
    if current and (current.pack, current.edition) == (found.name, found.edition):
        return current
    if current:
        if current.since >= since:
            raise NotAnEdition(f"{authority} adopted {current} later than that", pack=name)
        current.until = since
        current.save(update_fields=["until"])
    return Adoption.objects.create(authority=authority, pack=found.name, edition=found.edition, since=since)
