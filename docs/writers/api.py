"""The pages of the Python interface: every name of the front door, and what its objects are made of."""

import inspect
from importlib import import_module
from typing import Any

from ecograph import errors
from writers.door import doors
from writers.markdown import code, contents, from_rst, page, rst, table

INTRODUCTION = """
`import ecograph as eg` gives the names of the front door, below, and every [metric](../metrics/index.md). All else is
imported from its module.
"""
BESIDE = {
    "charts": ("Chart",),
    "ecosystem": ("Slices",),
    "metric": ("metric", "Values", "Metric"),
    "page": ("Report",),
    "quality": ("Finding", "Findings"),
    "registry": ("Estimate",),
    "views": (
        *("Network", "TwoMode", "Flows", "Records", "Ledger", "Histories", "Panel", "SideSizes", "Side"),
        *("Series", "View", "Inverse"),
    ),
}


def files() -> dict[str, str]:
    """A page a module, and the table of all names."""
    named = names()
    pages = {f"docs/reference/api/{_file(module)}.md": _page(module, members) for module, members in named.items()}
    rows = [
        (f"[`{name}`]({_file(module)}.md)", code(f"ecograph.{module}"), from_rst(_summary(module, name)))
        for name, module in sorted(doors().items(), key=lambda door: door[0].lower())
    ]
    index = page("Python", INTRODUCTION, table(("eg.", "module", "what it is"), rows), contents(map(_file, named)))
    return pages | {"docs/reference/api/index.md": index}


def names() -> dict[str, list[str]]:
    """Documented names by module: those of the door, what they give, and every error."""
    named = {module: list(members) for module, members in BESIDE.items()}
    for name, module in doors().items():
        named.setdefault(module, []).append(name)
    named["errors"] = [name for name, one in vars(errors).items() if inspect.isclass(one) and _is_error(one)]
    return dict(sorted(named.items()))


def _is_error(found: type) -> bool:
    return issubclass(found, errors.EcographError)


def _file(module: str) -> str:
    return module.replace(".", "-")


def _page(module: str, members: list[str]) -> str:
    about = rst(f".. automodule:: ecograph.{module}", "   :no-members:")
    return page(f"ecograph.{module}", about, *(_entry(module, name) for name in members))


def _entry(module: str, name: str) -> str:
    """What autodoc makes of an object, under the name by which it is called."""
    kind = "class" if inspect.isclass(_found(module, name)) else "function"
    called = name if name in doors() else f"{module}.{name}"
    return rst(f".. auto{kind}:: ecograph.{called}")


def _found(module: str, name: str) -> Any:
    return getattr(import_module(f"ecograph.{module}"), name)


def _summary(module: str, name: str) -> str:
    return (inspect.getdoc(_found(module, name)) or "").partition("\n")[0]
