"""Which names a template takes from its context, found by walking its parsed nodes."""

from collections.abc import Iterator
from typing import Any

from django.template import Template
from django.template.base import FilterExpression, Node, NodeList, Variable
from django.template.defaulttags import ForNode, WithNode
from django.template.loader import get_template
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.template.smartif import TokenBase

GIVEN_TO_EVERY_TEMPLATE = frozenset(
    {"request", "messages", "csrf_token", "chrome", "user", "perms", "forloop", "True", "False", "None", "block"}
)


def names_used(template: str) -> set[str]:
    """Root names that `template`, what it extends and what it includes take from the context."""
    return set(_of_template(get_template(template).template, frozenset())) - GIVEN_TO_EVERY_TEMPLATE


def _of_template(template: Template, bound: frozenset[str]) -> Iterator[str]:
    for node in template.nodelist:
        yield from _of_node(node, bound)


def _of_node(node: Node, bound: frozenset[str]) -> Iterator[str]:
    inner = bound
    if isinstance(node, ForNode):
        inner = bound | set(node.loopvars) | {"forloop"}
        yield from _of_value(node.sequence, bound)
    elif isinstance(node, WithNode):
        inner = bound | set(node.extra_context)
        yield from _of_value(node.extra_context, bound)
    elif isinstance(node, IncludeNode):
        yield from _of_include(node, bound)
        return
    else:
        for value in vars(node).values():
            if not isinstance(value, NodeList):
                yield from _of_value(value, bound)
    if isinstance(node, ExtendsNode):
        yield from _of_template(get_template(node.parent_name.resolve({})).template, bound)
    for name in {*node.child_nodelists, "nodelist", "nodelist_loop", "nodelist_empty"}:
        for child in getattr(node, name, None) or ():
            yield from _of_node(child, inner)


def _of_include(node: IncludeNode, bound: frozenset[str]) -> Iterator[str]:
    yield from _of_value(node.extra_context, bound)
    if node.isolated_context or not isinstance(node.template.var, str):
        return
    included = get_template(node.template.var).template
    yield from _of_template(included, bound | set(node.extra_context))


def _of_value(value: Any, bound: frozenset[str]) -> Iterator[str]:
    if isinstance(value, Variable):
        root = value.var.partition(".")[0] if isinstance(value.var, str) and value.lookups else ""
        if root and root not in bound:
            yield root
    elif isinstance(value, Node):
        yield from _of_node(value, bound)
    else:
        for part in _parts(value):
            yield from _of_value(part, bound)


def _parts(value: Any) -> list[Any]:
    if isinstance(value, FilterExpression):
        return [value.var, *(argument for _, arguments in value.filters for _, argument in arguments)]
    if isinstance(value, TokenBase):
        return [getattr(value, "value", None), value.first, value.second]
    if isinstance(value, dict):
        return list(value.values())
    return list(value) if isinstance(value, list | tuple) else []
