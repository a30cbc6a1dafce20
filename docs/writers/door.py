"""The front door for editors and type checkers."""

import ecograph
from ecograph import registry

HEAD = "# Written by `make generate`; do not edit."


def files() -> dict[str, str]:
    """The stub of the package: every name of the door and every metric, imported from where it is defined."""
    places = doors() | {name: f"metrics.{family}.{name}" for name, family in registry.families().items()}
    lines = [f"from ecograph.{place} import {name} as {name}" for name, place in places.items()]
    return {"ecograph/__init__.pyi": "\n".join([HEAD, "", *sorted(lines)]) + "\n"}


def doors() -> dict[str, str]:
    """Module, below ecograph, of every name of the front door that is no metric."""
    found: dict[str, str] = vars(ecograph)["_DOORS"]
    return found
