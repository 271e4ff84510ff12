"""Looks at a child: calls the engine on the log, and says what it said, or that it could not say.

Reading and writing are `store`'s; here nothing waits.
"""

import hashlib
import traceback
from datetime import datetime
from pathlib import Path
from uuid import UUID

from lantern import engine
from lantern.engine.instants import from_datetime
from lantern.engine.log import Log
from lantern.evaluations import store
from lantern.evaluations.episodes import episodes_now
from lantern.evaluations.history import History
from lantern.evaluations.judgement import Judgement, as_json, lean
from lantern.evaluations.which_pack import packs_for
from lantern.plumbing.ids import new_id

_WHOLE = 32  # bytes of a fingerprint of all


def evaluate_child(child_id: UUID, read: store.Read, kept: store.Kept, *, at: datetime) -> Judgement:
    """Look at a child as of `at`, knowing what had been recorded by then; note in `kept` what is to be written.

    An answer that repeats the last one is not kept again. A failure of the rules is kept and returned, never raised:
    what was owed before stays, and other children are not touched by it.
    """
    history, stood = read.histories[child_id], read.stood[child_id]
    seen = history.seen_by(from_datetime(at))
    try:
        governing, why = packs_for(history.lines("profile_recorded"), read.adopted)
        result = engine.evaluate(governing, Log({str(child_id): list(history.events)}), at, at)
        episodes = episodes_now(history, result.episodes)
        answer = lean(result, episodes)
    except Exception as wrong:  # noqa: BLE001  whatever a rule does wrong, what happened to the child stays recorded
        return _failed(child_id, stood, at, history, seen, _problem(wrong), kept)
    packs = as_json(result.packs)
    # what the episodes are stands at its end, so that it can be told apart whether they changed
    mark = _fingerprint(packs, str(seen), answer) + _fingerprint(as_json(episodes))
    repeated = mark == stood.fingerprint and stood.failed_since is None
    evaluation_id = stood.evaluation_id if repeated else new_id()
    if repeated:
        kept.looked_again(child_id, result.next_change)
    else:
        kept.evaluation(evaluation_id, child_id, packs, why, seen, answer, result.next_change, mark)
        if mark[_WHOLE:] != stood.fingerprint[_WHOLE:]:
            kept.episodes(child_id, episodes)
    return Judgement(child_id, evaluation_id, at, history, result.packs, result, None, repeated)


def _failed(
    child_id: UUID,
    stood: store.Stood,
    at: datetime,
    history: History,
    seen: int,
    problem: dict[str, str],
    kept: store.Kept,
) -> Judgement:
    """Keep the failure; look again after a while that doubles each time."""
    wait = min(store.FIRST_RETRY * 2 ** min(stood.failures, 10), store.LAST_RETRY)
    mark = _fingerprint(str(seen), as_json(problem))
    repeated = mark == stood.fingerprint and stood.failed_since is not None
    evaluation_id = stood.evaluation_id if repeated else new_id()
    kept.failure(
        evaluation_id, child_id, seen, problem, mark, since=stood.failed_since or at, again=at + wait, new=not repeated
    )
    return Judgement(child_id, evaluation_id, at, history, [], None, problem, repeated, stood.failed_since is None)


def _fingerprint(*parts: str) -> bytes:
    return hashlib.sha256("\n".join(parts).encode()).digest()


def _problem(wrong: Exception) -> dict[str, str]:
    """What failed and where. The words of the exception are left out: they may quote the record."""
    if isinstance(wrong, engine.EngineError):
        codes = sorted({problem.code for problem in wrong.problems})
        return {"code": type(wrong).__name__, "problems": ", ".join(codes)}
    place = traceback.extract_tb(wrong.__traceback__)[-1]
    return {"code": type(wrong).__name__, "at": f"{Path(place.filename).name}:{place.lineno} in {place.name}"}
