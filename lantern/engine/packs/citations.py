"""Every citation of a pack, wherever it stands: a known source and a place in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lantern.engine.packs.nodes import Node, Problems, expect_keys


def check_citations(files: Iterable[Node], sources: Iterable[str], problems: Problems) -> None:
    """Say of each citation that cannot be followed what is wrong with it, where it stands."""
    known = set(sources)
    for file in files:
        for node in _cited(file):
            for item in node:
                if not expect_keys(item, ("source", "at"), (), problems, "a citation"):
                    continue
                source = item.value["source"]
                if str(source.value) not in known:
                    said = "the source cited is not in sources.yaml"
                    problems.say("unknown_source", said, source, source.value, ", ".join(sorted(known)))


def _cited(node: Node) -> Iterator[Node]:
    """The values of `cite` and `places` anywhere below."""
    if isinstance(node.value, dict):
        for key, inner in node.value.items():
            if key in ("cite", "places"):
                yield inner
            else:
                yield from _cited(inner)
    elif isinstance(node.value, list):
        for inner in node.value:
            yield from _cited(inner)
