"""View: the part of the data a metric looks at, asked for with the options of the view's constructor."""

import inspect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ecograph.cli.command import LOOKED, UsageError
from ecograph.cli.docstring import meanings
from ecograph.cli.option import Option
from ecograph.errors import ParameterError

if TYPE_CHECKING:
    from ecograph.ecosystem import Ecosystem
    from ecograph.metric import Metric
    from ecograph.views import Series, View

BORROWED = "As for"
SERVES = {
    "strength": ("strength",),
    "distance": ("distance",),
    "count": ("count",),
    "amount": ("amount",),
    "unit": ("amount",),
    "parallel": ("strength", "distance"),
}
"""The roles an option is good for; a metric that reads none of them is not asked for it."""
WHOLE = ("records", "ledger", "histories")
"""Constructors that know what to look at where nothing is said."""


@dataclass(frozen=True, slots=True)
class Door:
    """A constructor of views and its parameters; the first of them says what to look at.

    Parameters
    ----------
    name : str
        Name of the method of the ecosystem.
    options : tuple of Option
        Its parameters.
    """

    name: str
    options: tuple[Option, ...]

    @property
    def first(self) -> Option:
        """What to look at."""
        return self.options[0]


def doors_of(metric: "Metric[..., Any]") -> tuple[Door, ...]:
    """Constructors of the views a metric takes."""
    from ecograph.metric import VIEW_DOORS

    return tuple(_door(VIEW_DOORS[kind.__name__], metric.reads) for kind in metric.views)


def _door(name: str, reads: str) -> Door:
    from ecograph.ecosystem import Ecosystem

    constructor = getattr(Ecosystem, name)
    meant, elsewhere = meanings(constructor), meanings(Ecosystem.network)
    options = []
    for parameter in list(inspect.signature(constructor).parameters.values())[1:]:
        own = meant[parameter.name]
        meaning = elsewhere[parameter.name] if own.startswith(BORROWED) else own
        if reads == "any" or reads in SERVES.get(parameter.name, (reads,)):
            options.append(Option(parameter, meaning, LOOKED))
    return Door(name, tuple(options))


def view_options(doors: Sequence[Door]) -> list[Option]:
    """Options of the constructors: what to look at, then the others, those they share once."""
    found: dict[str, Option] = {}
    for option in (*(door.first for door in doors), *(option for door in doors for option in door.options)):
        found.setdefault(option.name, option)
    return list(found.values())


def view_of(
    eco: "Ecosystem", doors: Sequence[Door], written: Mapping[str, Any], slices: Mapping[str, str]
) -> "View | Series[Any]":
    """The view that the options ask for, or one of each slice.

    Parameters
    ----------
    eco : Ecosystem
        The data.
    doors : sequence of Door
        Constructors to choose from.
    written : mapping
        What was written, by parameter.
    slices : mapping
        How the data are cut; empty where they are not.

    Returns
    -------
    View or Series
        The view, or the views of the slices.

    Raises
    ------
    UsageError
        If options of two constructors are mixed.
    ParameterError
        If nothing says what to look at.
    """
    said = {option.name: option for option in view_options(doors) if option.is_said(written[option.name])}
    chosen = [door for door in doors if door.first.name in said]
    flags = " or ".join(door.first.flag for door in doors)
    if not chosen and doors[0].name in WHOLE:
        chosen = [doors[0]]
    if not chosen:
        raise ParameterError(f"say what to look at: {flags}; relations of these data: {_known(eco)}")
    door = chosen[0]
    foreign = [option for name, option in said.items() if name not in {one.name for one in door.options}]
    if foreign:
        raise UsageError(f"{foreign[0].flag} has no meaning beside {door.first.flag}; give one of them")
    values = {name: option.read(written[name]) for name, option in said.items()}
    first = values.pop(door.first.name, ())
    source = eco.slices(**slices) if slices else eco
    view: View | Series[Any] = getattr(source, door.name)(*([first] if isinstance(first, str) else first), **values)
    return view


def _known(eco: "Ecosystem") -> str:
    return ", ".join(eco.relation_kinds) or "none"
