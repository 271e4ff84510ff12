"""How an episode stands: the category that each side holds, the grading, and how far it has come."""

from __future__ import annotations

from typing import Any

from lantern.engine.held import categories_of
from lantern.engine.instants import in_words
from lantern.engine.problems import Problem
from lantern.engine.roles import SIDES
from lantern.engine.view import View


class EpisodeState:
    """How one episode stands, told when it is asked for."""

    __slots__ = ("_view", "episode")

    def __init__(self, view: View, episode: str) -> None:
        self._view = view
        self.episode = episode

    @property
    def child(self) -> str:
        return self._view.story.child

    @property
    def category(self) -> dict[str, list[str]]:
        """What police and authority hold."""
        at = self._view.as_of
        held = {name: self._view.held.latest(name, at) for name in SIDES}
        return {name: categories_of(event) if event else [] for name, event in held.items()}

    @property
    def risk(self) -> dict[str, Any] | None:
        """The grading in force and who gave it."""
        risk = self._view.risk_event(self._view.as_of)
        if risk is None:
            return None
        return {"level": risk.fields.get("level"), "decided_by_role": risk.decider, "at": in_words(risk.at)}

    @property
    def state(self) -> str:
        return self._view.state(self._view.as_of)

    def disagreements(self) -> list[Problem]:
        """Police and authority hold different categories: nobody is wrong, and somebody has to decide."""
        if len(self._view.by_type.get("category_set", ())) < len(SIDES):
            return []  # nearly always
        held = self.category
        police, authority = held["police"], held["authority"]
        if not police or not authority or set(police) & set(authority):
            return []
        said = f"police: {', '.join(police)}; authority: {', '.join(authority)}"
        return [Problem("category_conflict", "police and authority hold different categories", said=said)]
