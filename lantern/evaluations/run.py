"""Looks at a child: loads the log, calls the engine, keeps what it said, or that it could not say.

Runs inside the caller's transaction, so that the evaluation, the duties and the messages stand or fall together.
"""

import traceback
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from lantern import engine
from lantern.evaluations import store
from lantern.evaluations.judgement import Judgement, fingerprint, lean
from lantern.evaluations.lines import instant
from lantern.evaluations.which_pack import packs_for
from lantern.plumbing import sql
from lantern.plumbing.ids import new_id
from lantern.record.models import Child


def evaluate_child(child: Child, *, at: datetime) -> Judgement:
    """Look at a child as of `at`, knowing what had been recorded by then; keep the answer.

    Judges of one child queue for its standing. An answer that repeats the last one is not kept again. A failure of
    the rules is kept and returned, never raised: what was owed before stays. Errors of the database are raised.
    """
    stood, adopted, lines = store.lock_standing(child.id, at)
    seen = _seen(lines, at)
    try:
        governing, why = packs_for(lines, adopted)
        result = engine.evaluate(governing, engine.Log.of(lines), at, at)
        packs = result.packs
    except sql.REFUSED:
        raise
    except Exception as wrong:  # noqa: BLE001  whatever a rule does wrong, what happened to the child stays recorded
        return _failed(child.id, stood, at, lines, seen, _problem(wrong))
    kept = lean(result)
    mark = fingerprint([packs, seen, kept])
    if mark == stood.fingerprint and stood.failed_since is None:
        store.looked_again(child.id, at, result.next_change_at)
        return Judgement(child.id, stood.evaluation_id, at, lines, packs, result, None, repeated=True)
    evaluation_id = new_id()
    store.keep(
        store.Kept(evaluation_id, child.id, packs, why, seen, at, result=kept, next_change_at=result.next_change_at),
        mark,
        store.episode_rows(child.id, lines, result.episodes),
    )
    return Judgement(child.id, evaluation_id, at, lines, packs, result, None, repeated=False)


def _seen(lines: Sequence[Mapping[str, Any]], at: datetime) -> int:
    """Number of the last event that counts: one that a faster clock stamped later than `at` is looked at again."""
    for before, line in enumerate(lines):
        if instant(line["recorded_at"]) > at:
            return before
    return len(lines)


def _failed(
    child_id: UUID,
    stood: store.Stood,
    at: datetime,
    lines: Sequence[Mapping[str, Any]],
    seen: int,
    problem: dict[str, str],
) -> Judgement:
    """Keep the failure; look again after a while that doubles each time."""
    wait = min(store.FIRST_RETRY * 2 ** min(stood.failures, 10), store.LAST_RETRY)
    mark = fingerprint([seen, problem])
    repeated = mark == stood.fingerprint and stood.failed_since is not None
    evaluation_id = stood.evaluation_id if repeated else new_id()
    kept = store.Kept(evaluation_id, child_id, [], "", seen, at, problem=problem, next_change_at=at + wait)
    store.keep_failure(kept, mark, since=stood.failed_since or at, new=not repeated)
    return Judgement(child_id, evaluation_id, at, lines, [], None, problem, repeated, stood.failed_since is None)


def _problem(wrong: Exception) -> dict[str, str]:
    """What failed and where. The words of the exception are left out: they may quote the record."""
    if isinstance(wrong, engine.EngineError):
        codes = sorted({problem.code for problem in wrong.problems})
        return {"code": type(wrong).__name__, "problems": ", ".join(codes)}
    place = traceback.extract_tb(wrong.__traceback__)[-1]
    return {"code": type(wrong).__name__, "at": f"{Path(place.filename).name}:{place.lineno} in {place.name}"}
