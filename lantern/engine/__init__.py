"""The engine: protocols as data, applied to a log of what happened.

Pure: no Django, no database, no clock, no network.  This is its whole public surface.
"""

from lantern.engine.episode_state import EpisodeState
from lantern.engine.evaluate import evaluate
from lantern.engine.log import Event, Log, read_jsonl
from lantern.engine.packs.headers import PackHeader, list_packs
from lantern.engine.packs.library import load_folder, load_pack
from lantern.engine.problems import BadLog, BadPack, EngineError, Problem, UnknownName
from lantern.engine.results import DutyResult, Evaluation
from lantern.engine.rules import Pack

__all__ = [
    "BadLog",
    "BadPack",
    "DutyResult",
    "EngineError",
    "EpisodeState",
    "Evaluation",
    "Event",
    "Log",
    "Pack",
    "PackHeader",
    "Problem",
    "UnknownName",
    "evaluate",
    "list_packs",
    "load_folder",
    "load_pack",
    "read_jsonl",
]
