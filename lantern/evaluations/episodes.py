"""What each of a child's episodes is at present."""

from collections.abc import Iterable
from typing import Any

from lantern import engine
from lantern.engine.instants import as_instant
from lantern.engine.log import Event
from lantern.evaluations.history import History
from lantern.evaluations.judgement import moment


def episodes_now(history: History, states: Iterable[engine.EpisodeState]) -> list[dict[str, Any]]:
    """As plain data: category by side, risk and who graded it, state, when it began and the child was last seen."""
    apart: dict[str | None, list[Event]] = {}
    for event in history.events:
        apart.setdefault(event.episode, []).append(event)
    return [_episode(state, apart.get(state.episode, [])) for state in states]


def _episode(state: engine.EpisodeState, events: list[Event]) -> dict[str, Any]:
    seen = [as_instant(event.fields["last_seen_at"]) for event in events if event.fields.get("last_seen_at")]
    return {
        "episode": state.episode,
        "category": state.category,
        "risk": state.risk,
        "state": state.state,
        "began_at": moment(min(event.at for event in events)) if events else None,
        "last_seen_at": moment(max(seen)) if seen else None,
    }
