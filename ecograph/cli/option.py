"""Option: one parameter of a view or a metric as it is written on the command line."""

import inspect
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

import typer

from ecograph.cli.candidates import relations_beginning
from ecograph.cli.command import UsageError
from ecograph.errors import LoadError

if TYPE_CHECKING:
    from ecograph.table import Table
    from ecograph.views import Inverse, Side

INVERSE = "inverse:"
TABLE = "@"
KEYS = ("kind", "id", "group", "note")
NUMBERS = {int: "N", float: "NUMBER"}


def _as_given(_: str, given: Any) -> Any:
    return given


@dataclass(frozen=True, slots=True)
class Shape:
    """How a type is written.

    Parameters
    ----------
    typed : type
        What typer makes of the text.
    metavar : str
        Stands for the value in the help; by default what typer writes.
    read : callable
        Makes the value of the option's flag and what typer made.
    help : str
        What the help says in place of the docstring, where that speaks of Python.
    candidates : callable, optional
        What the shell offers for a value that was begun.
    """

    typed: Any = str
    metavar: str | None = None
    read: Callable[[str, Any], Any] = _as_given
    help: str = ""
    candidates: Callable[[typer.Context, str], list[str]] | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """A parameter as an option.

    Parameters
    ----------
    parameter : inspect.Parameter
        Its name, type and default.
    meaning : str
        What it means.
    heading : str
        Under which the help shows it.
    """

    parameter: inspect.Parameter
    meaning: str
    heading: str

    @property
    def name(self) -> str:
        """Name of the parameter."""
        return self.parameter.name

    @property
    def flag(self) -> str:
        """How the option is written."""
        several = self.parameter.kind is inspect.Parameter.VAR_POSITIONAL
        return "--" + (self.name.removesuffix("s") if several else self.name).replace("_", "-")

    def is_said(self, written: Any) -> bool:
        """Whether it was written and says something else than the default."""
        return written not in (None, [], self.parameter.default)

    def read(self, written: Any) -> Any:
        """Value of what was written."""
        return shape_of(self.parameter).read(self.flag, written)

    def declared(self) -> inspect.Parameter:
        """The parameter that typer makes the option of."""
        shape, default = shape_of(self.parameter), self.parameter.default
        flag = f"{self.flag}/--no-{self.flag[2:]}" if shape.typed is bool else self.flag
        about = shape.help.format(name=self.name, meaning=self.meaning) or self.meaning
        shown = typer.Option(
            flag, metavar=shape.metavar, help=about, rich_help_panel=self.heading, autocompletion=shape.candidates
        )
        if default is inspect.Parameter.empty and self.parameter.kind is inspect.Parameter.KEYWORD_ONLY:
            return _keyword(self.name, Annotated[shape.typed, shown], default)
        if default in (None, (), inspect.Parameter.empty):
            return _keyword(self.name, Annotated[shape.typed | None, shown], None)
        return _keyword(self.name, Annotated[shape.typed, shown], default)


def _keyword(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def shape_of(parameter: inspect.Parameter) -> Shape:
    """How a parameter is written, by its type."""
    if parameter.kind is inspect.Parameter.VAR_POSITIONAL:
        return Shape(list[str], "RELATION", help="{meaning} Repeat it for several.", candidates=relations_beginning)
    union = get_origin(parameter.annotation) in (Union, types.UnionType)
    parts = get_args(parameter.annotation) if union else (parameter.annotation,)
    parts = tuple(part for part in parts if part is not types.NoneType)
    origins = {get_origin(part) for part in parts}
    if Annotated in origins:
        return SHAPES[str(get_args(parts[0])[1])]
    if Mapping in origins:
        return SHAPES["where"]
    if "Inverse" in {getattr(part, "__name__", "") for part in parts}:
        return SHAPES["role"]
    if origins & {list, Sequence}:
        return SHAPES["list"]
    return Shape(parts[0], parameter.name.upper() if parts[0] is str else NUMBERS.get(parts[0]))


def _names(_: str, texts: Sequence[str]) -> list[str]:
    return [name.strip() for text in texts for name in text.split(",") if name.strip()]


def _role(flag: str, text: str) -> "str | Inverse":
    from ecograph.views import inverse

    column = text.removeprefix(INVERSE)
    if not column:
        raise UsageError(f"{flag}={text!r} names no column; write {flag} {INVERSE}COLUMN")
    return text if column == text else inverse(column)


def _where(flag: str, texts: Sequence[str]) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for text in texts:
        place, _, value = text.partition("=")
        relation, _, column = place.partition(".")
        if not (relation and column and value):
            raise UsageError(f"{flag}={text!r}; write it as RELATION.COLUMN=VALUE, such as SUPPLIES.unit=hours")
        found.setdefault(relation.strip(), {}).setdefault(column.strip(), []).append(value)
    return found


def _sides(flag: str, texts: Sequence[str]) -> "dict[str, Side]":
    from ecograph.views import side

    found: dict[str, Side] = {}
    for text in texts:
        name, _, rest = text.partition("=")
        who, _, through = rest.rpartition(":")
        name, who, through = name.strip(), who.strip(), through.strip()
        if not (name and who and through):
            raise UsageError(f"{flag}={text!r}; write it as NAME=KIND:RELATION, such as makers=Maker:SETTLED_IN")
        if name in found:
            raise UsageError(f"{flag}={text!r}: there is a side {name} already; give each side a name of its own")
        found[name] = side(who, through=through)
    return found


def _labels(_: str, text: str) -> "str | Table":
    return _table(text.removeprefix(TABLE)) if text.startswith(TABLE) else text


def _numbers(_: str, text: str) -> "str | Table":
    import pyarrow as pa

    from ecograph.table import Table

    if not text.startswith(TABLE):
        return text
    table = _table(text.removeprefix(TABLE))
    cells = {name: table.arrow(name) for name in table.names}
    try:
        return Table({name: one if name in KEYS else one.cast(pa.float64()) for name, one in cells.items()})
    except pa.ArrowInvalid as error:
        raise LoadError(f"{text}: {error}; every value must be a number") from None


def _table(path: str) -> "Table":
    """A table of kind, id and value; a row that cannot be read refuses it, for nobody would see that it is missing."""
    from ecograph.reading import read_csv
    from ecograph.table import Table

    raw, findings = read_csv(Path(path), path)
    for finding in findings:
        raise LoadError(finding.line())
    return Table(raw.table)


SHAPES: Mapping[str, Shape] = {
    "list": Shape(list[str], "A,B,…", _names),
    "nodes": Shape(list[str], "ID"),
    "labels": Shape(str, "ATTRIBUTE|@FILE.csv", _labels),
    "numbers": Shape(str, "ATTRIBUTE|@FILE.csv", _numbers),
    "role": Shape(
        str,
        "COLUMN|inverse:COLUMN",
        _role,
        help="Column of the relations that holds the {name}; with inverse: 1/value is taken.",
    ),
    "sides": Shape(
        list[str],
        "NAME=KIND:RELATION",
        _sides,
        help="A side of the platforms: its name, who, and by which relation; repeat it for several.",
    ),
    "where": Shape(
        list[str],
        "RELATION.COLUMN=VALUE",
        _where,
        help="Only relations with this value; repeat it for other columns, or for other values of one column.",
    ),
}
