"""Words that lay the blame on a child, and what to write instead.

A prompt, never a refusal: what was written is kept as it was written.  A child's own words may be quoted.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prompt:
    """One phrase that was found and what would say the same without blame."""

    found: str
    instead: str


_PHRASES: tuple[tuple[str, str], ...] = (
    (r"abscond(?:ed|s|ing)?", "went missing, left without telling anyone"),
    (r"(?:putting|puts?) (?:him|her|them)sel(?:f|ves) at risk", "is at risk from others, is being harmed"),
    (r"risk[- ]taking", "is in situations where others can cause harm"),
    (r"promiscuous|promiscuity", "is being sexually exploited, or say what was seen"),
    (r"prostitut(?:e|es|ion|ing)", "is being sexually exploited"),
    (r"(?:sexual(?:ly)? )?active with (?:an? )?(?:older|adult)", "is being sexually abused by an adult"),
    (r"boyfriend|girlfriend", "say who the person is and how old, if the person may be exploiting the child"),
    (r"lifestyle choices?", "say what happens to the child"),
    (r"chose to|chooses to|choosing to", "say what happened before; a child who is exploited has little choice"),
    (r"streetwise|street[- ]wise", "say what the child knows and does"),
    (r"attention[- ]seeking", "is asking for help, needs connection"),
    (r"manipulative", "is trying to have a need met"),
    (r"non[- ]?compliant|won't engage|will not engage|refus(?:ed|es|ing) to engage|failed to engage",
     "has not felt able to talk with us yet"),
    (r"difficult to engage|hard to reach", "we have not yet found a way to reach the child"),
    (r"drug[- ]running|drug runner|running drugs|dealing drugs", "is being criminally exploited to carry drugs"),
    (r"(?:known|usual|habitual|serial|regular|frequent) (?:runaway|runner|misper)", "has gone missing before"),
    (r"out of control", "say what happened and what the child may have been feeling"),
    (r"mouthy|cocky|cheeky", "say what was said"),
    (r"no concerns? (?:as|because) (?:he|she|they) (?:always|usually) (?:comes?|returns?) back",
     "each absence is looked at afresh: say what is known about this one"),
)  # fmt: skip
_COMPILED = tuple((re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), instead) for pattern, instead in _PHRASES)


def prompts(texts: Iterable[str]) -> tuple[Prompt, ...]:
    """Every phrase found in `texts`, each once, in the order of the list."""
    whole = "\n".join(texts)
    found: list[Prompt] = []
    for pattern, instead in _COMPILED:
        hit = pattern.search(whole)
        if hit:
            found.append(Prompt(hit[0], instead))
    return tuple(found)
