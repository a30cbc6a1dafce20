"""View: what every view has - nodes, recipe, origin, unit and the findings of its making."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ecograph.content import Content, Nodes
from ecograph.quality import Findings


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class View:
    """What every view has.

    Parameters
    ----------
    nodes : Nodes
        The nodes of the view with their attributes, kind by kind in schema order, sorted by id.
    recipe : mapping
        How to make it again, as plain data: the constructor's name, relations and arguments, and the selection.
    origin : callable
        Gives the fingerprint of the ecosystem as it was loaded, which takes a while and is asked for by results only.
    unit : str
        Unit of the amounts; empty where there is none.
    findings : Findings
        Rows that were left out, with the reason.
    """

    nodes: Nodes
    recipe: Mapping[str, Any]
    origin: Callable[[], str]
    unit: str = ""
    findings: Findings = field(default_factory=Findings)

    @property
    def loaded(self) -> str:
        """Fingerprint of the ecosystem as it was loaded."""
        return self.origin()

    @property
    def n(self) -> int:
        """How many nodes the view has."""
        return self.nodes.n

    @property
    def size(self) -> int:
        """How many arcs, cells or rows a measure goes through."""
        return self.n

    def __repr__(self) -> str:
        said = [f"{name}={value!r}" for name, value in self.recipe["arguments"].items()]
        given = ", ".join([*map(repr, self.recipe["relations"]), *said])
        return f"{self.recipe['view']}({given}): {self.n:,} nodes"


def recipe_of(name: str, content: Content, relations: tuple[str, ...], arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Plain data from which the same view can be made: arguments that say nothing are left out."""
    said = {key: plain(value) for key, value in arguments.items() if value is not None and value != ()}
    return {
        "view": name,
        "relations": list(relations),
        "arguments": said,
        "selection": [dict(step) for step in content.selection],
    }


def plain(value: Any) -> Any:
    """A value as data that can be saved: roles as mappings, sequences as lists."""
    if hasattr(value, "as_recipe"):
        return value.as_recipe()
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    return list(value) if isinstance(value, (tuple, list)) else value
