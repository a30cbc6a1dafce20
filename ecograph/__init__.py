"""Graph analytics for innovation ecosystems.

>>> import ecograph as eg
>>> eco = eg.dataset("florentine")
>>> eg.degree(eco.network("MARRIAGE")).top(1)["id"].tolist()
['Medici']

The names below and every metric (``eg.pagerank``, …) are imported when first used.
"""

from importlib import import_module
from typing import Any

_DOORS = {
    "Attribute": "schema",
    "Column": "table",
    "EcographError": "errors",
    "Ecosystem": "ecosystem",
    "NodeKind": "schema",
    "RelationKind": "schema",
    "Result": "result",
    "Schema": "schema",
    "Table": "table",
    "Vocabulary": "schema",
    "Word": "schema",
    "candidates": "ecosystem.candidates",
    "dataset": "datasets",
    "estimate": "registry",
    "from_cordis": "importers.cordis",
    "from_networkx": "importers.networkx",
    "from_oss_funding": "importers.oss_funding",
    "from_tables": "ecosystem",
    "harbour": "generate.harbour",
    "inverse": "views",
    "load": "result",
    "panel_from_table": "views",
    "read": "stores",
    "repeat": "registry",
    "report": "page",
    "side": "views",
    "write": "stores",
}


def __getattr__(name: str) -> Any:
    """Import a name of the front door, or a metric, when it is first used."""
    if name in _DOORS:
        found = getattr(import_module(f"ecograph.{_DOORS[name]}"), name)
    else:
        if name.startswith("_") or name not in _registry().families():
            raise AttributeError(f"module 'ecograph' has no attribute {name!r}")
        found = _registry().metric(name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted([*_DOORS, *_registry().names()])


def _registry() -> Any:
    return import_module("ecograph.registry")
