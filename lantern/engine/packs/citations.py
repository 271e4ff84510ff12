"""Every citation of a pack and every rule that it says to cover, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lantern.engine.packs.nodes import Node, Problems, expect_keys


def check_citations(files: Iterable[Node], sources: Iterable[str], problems: Problems) -> None:
    """Say of each citation that cannot be followed what is wrong with it, where it stands."""
    known = set(sources)
    for file in files:
        for node in _under(file, ("cite", "places")):
            for item in node:
                if not expect_keys(item, ("source", "at"), (), problems, "a citation"):
                    continue
                source = item.value["source"]
                if str(source.value) not in known:
                    said = "the source cited is not in sources.yaml"
                    problems.say("unknown_source", said, source, source.value, ", ".join(sorted(known)))


def check_covered(files: Iterable[Node], register: Iterable[str], problems: Problems) -> None:
    """Say of each rule that some part covers, and that nobody registered, where it is covered."""
    known = set(register)
    for file in files:
        for item in (item for node in _under(file, ("covers",)) for item in node):
            if str(item.value) not in known:
                problems.say("unregistered_rule", "a rule is covered but not registered", item, item.value)


def _under(node: Node, keys: tuple[str, ...]) -> Iterator[Node]:
    """The values of these keys anywhere below."""
    if isinstance(node.value, dict):
        for key, inner in node.value.items():
            if key in keys:
                yield inner
            else:
                yield from _under(inner, keys)
    elif isinstance(node.value, list):
        for inner in node.value:
            yield from _under(inner, keys)
