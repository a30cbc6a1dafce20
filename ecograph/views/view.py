"""View: what every view has - nodes, recipe, origin, unit and the findings of its making."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ecograph.content import Content, Nodes
from ecograph.quality import Findings


@dataclass(frozen=True, eq=False, kw_only=True)
class View:
    """What every view has.

    Parameters
    ----------
    nodes : Nodes
        The nodes of the view with their attributes, kind by kind in schema order, sorted by id.
    recipe : mapping
        How to make it again, as plain data: the constructor's name, relations and arguments, and the selection.
    loaded : str
        Fingerprint of the ecosystem as it was loaded.
    unit : str
        Unit of the amounts; empty where there is none.
    findings : Findings
        Rows that were left out, with the reason.
    """

    nodes: Nodes
    recipe: Mapping[str, Any]
    loaded: str
    unit: str = ""
    findings: Findings = field(default_factory=Findings)

    @property
    def n(self) -> int:
        """How many nodes the view has."""
        return self.nodes.n


def recipe_of(name: str, content: Content, relations: tuple[str, ...], arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Plain data from which the same view can be made: arguments that say nothing are left out."""
    said = {key: _plain(value) for key, value in arguments.items() if value is not None and value != ()}
    return {
        "view": name,
        "relations": list(relations),
        "arguments": said,
        "selection": [dict(step) for step in content.selection],
    }


def _plain(value: Any) -> Any:
    if hasattr(value, "as_recipe"):
        return value.as_recipe()
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return list(value) if isinstance(value, (tuple, list)) else value
