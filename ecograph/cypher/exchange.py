"""What goes to an engine and what comes back: values of parameters, and rows as a table."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any

import pyarrow as pa

from ecograph.cypher.gate import Statement
from ecograph.errors import ParameterError, QueryError
from ecograph.table import Column, Table

ARROW = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}
PYTHON: Mapping[str, tuple[type, ...]] = {
    "text": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "list": (list,),
}


def checked(declared: Mapping[str, str], values: Mapping[str, Any]) -> dict[str, Any]:
    """Values of the declared parameters, as an engine takes them.

    Raises
    ------
    ParameterError
        If a value is missing, of another type, or not declared.
    """
    for name in values:
        if name not in declared:
            allowed = ", ".join(declared) or "none"
            raise ParameterError(f"{name}={values[name]!r} is no parameter of this query; allowed: {allowed}")
    for name, kind in declared.items():
        if name not in values:
            raise ParameterError(f"parameter {name} has no value; give one of type {kind}")
    return {name: _given(name, kind, values[name]) for name, kind in declared.items()}


def answered(statement: Statement, rows: list[list[Any]]) -> Table:
    """Rows of an engine as a table of the types that the gate has told."""
    cells = zip(*rows, strict=True) if rows else ([] for _ in statement.columns)
    columns = {}
    for (name, kind), column in zip(statement.columns.items(), cells, strict=True):
        try:
            columns[name] = pa.array(list(column), ARROW.get(kind))
        except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
            raise QueryError(f"column {name} is no {kind} throughout: {line_of(error)}; change the query") from None
    return Table(pa.table(columns), {name: Column() for name in columns})


def _given(name: str, kind: str, value: Any) -> Any:
    if kind == "date":
        with suppress(ValueError, TypeError):
            return value.isoformat() if type(value) is date else date.fromisoformat(value).isoformat()
    elif isinstance(value, PYTHON[kind]) and (kind == "boolean" or not isinstance(value, bool)):
        return value
    remedy = "give a day such as 2025-12-31" if kind == "date" else "give one"
    raise ParameterError(f"parameter {name}={value!r} is no {kind}; {remedy}")


def limited(timeout: float, max_rows: int) -> None:
    """Refuse limits that are none.

    Raises
    ------
    ParameterError
        If one is not above 0.
    """
    if not (timeout > 0 and max_rows > 0):
        raise ParameterError(f"timeout={timeout:g}, max_rows={max_rows}; both must be above 0")


def too_many(max_rows: int) -> QueryError:
    """The error of an answer that has more rows than it may."""
    return QueryError(f"the query answers more than max_rows={max_rows:,} rows; ask for less, or allow more")


def line_of(error: Exception) -> str:
    """The words of an engine's error in one line."""
    return " ".join(str(error).split())[:300]
