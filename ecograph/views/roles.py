"""Roles: which column of the relations means strength, distance, count or amount."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ecograph.content import Content, Positions, matches
from ecograph.errors import ParameterError, ViewError, WeightError, unknown
from ecograph.quality import Finding

Role = Literal["strength", "distance", "count", "amount"]
Parallel = Literal["sum", "max", "min", "mean"]

ROLES: tuple[Role, ...] = ("strength", "distance", "count", "amount")
PARALLEL: tuple[Parallel, ...] = ("sum", "max", "min", "mean")
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Inverse:
    """The values of a column turned over: 1/value."""

    column: str

    def as_recipe(self) -> dict[str, str]:
        """Plain data for the recipe."""
        return {"inverse": self.column}


def inverse(column: str) -> Inverse:
    """Ask for 1/value of a column, so that a strength serves as a distance or a distance as a strength.

    Parameters
    ----------
    column : str
        Column of the relations. Its values must be above 0.

    Returns
    -------
    Inverse
        To be given as ``strength=`` or ``distance=``.

    Examples
    --------
    >>> inverse("hours")
    Inverse(column='hours')
    """
    return Inverse(column)


def role_of(given: Any, role: str) -> Inverse | str:
    """A role as it was given by hand or stands in a recipe."""
    if isinstance(given, (str, Inverse)):
        return given
    if isinstance(given, Mapping) and list(given) == ["inverse"]:
        return Inverse(str(given["inverse"]))
    raise ParameterError(f"{role}={given!r}; allowed: a column's name or eg.inverse(column)")


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one relation kind that a view uses, and the values of its roles on them."""

    relation: str
    positions: NDArray[np.int64]
    values: Mapping[str, NDArray[np.float64]]

    def kept(self, mask: NDArray[np.bool_]) -> "Rows":
        """The rows where the mask is true; nothing is copied where it is everywhere."""
        if mask.all():
            return self
        return Rows(self.relation, self.positions[mask], {role: cells[mask] for role, cells in self.values.items()})


def chosen_rows(content: Content, relation: str, where: Mapping[str, Any]) -> NDArray[np.int64]:
    """Rows of a relation kind whose columns have the values asked for; a list of values allows each of them."""
    table = content.relations.get(relation)
    if table is None:
        return np.empty(0, np.int64)
    mask = np.ones(table.num_rows, np.bool_)
    for name, wanted in where.items():
        mask &= matches(column_of(content, relation, name), wanted, f"{relation}.{name}")
    return np.flatnonzero(mask)


def ends_of(content: Content, rows: Rows) -> tuple[Positions, Positions]:
    """Positions of the sources and of the targets of these rows; all rows are not copied."""
    sources, targets = content.ends(rows.relation)
    if len(rows.positions) == len(sources):
        return sources, targets
    return sources[rows.positions], targets[rows.positions]


def column_of(content: Content, relation: str, name: str) -> pa.Array:
    """Column of a relation kind; missing cells where the schema knows the column and the data have none."""
    table = content.relations[relation]
    if name in table.column_names and name not in ("source", "target"):
        return table.column(name).combine_chunks()
    if name in (attribute.name for attribute in content.schema.relation_columns(relation)[5:]):
        return pa.nulls(table.num_rows, pa.float64())
    known = [one for one in table.column_names if one not in ("source", "target", "#")]
    raise unknown(f"column of {relation}", name, known)


def role_values(
    content: Content, relation: str, rows: NDArray[np.int64], roles: Mapping[str, Inverse | str], unit: str | None
) -> tuple[Rows, str, list[Finding]]:
    """Values of the roles on these rows, in one unit; rows without a value, or in another unit, are left out.

    Returns
    -------
    Rows
        Rows kept and the values of each role.
    str
        The unit of the amounts.
    list of Finding
        How many rows were left out, and why.

    Raises
    ------
    WeightError
        If a value is negative, NaN or infinite, or amounts have two units and none was asked for.
    """
    findings: list[Finding] = []
    factors, found_unit = np.ones(1), ""
    if "amount" in roles or unit:
        factors, found_unit = _unit_factors(content, relation, rows, unit)
        other = np.isnan(factors)
        if other.any():
            findings += _left_out("other_unit", relation, other, {"unit": found_unit})
            rows, factors = rows[~other], factors[~other]
    values: dict[str, NDArray[np.float64]] = {}
    missing = np.zeros(len(rows), np.bool_)
    for role, given in roles.items():
        name = given.column if isinstance(given, Inverse) else given
        values[role], absent = _numbers(content, relation, name, rows)
        findings += _left_out("missing_value", relation, absent & ~missing, {"column": name})
        missing |= absent
    if "amount" in values and (factors != 1).any():
        values["amount"] = values["amount"] * factors
    chosen = Rows(relation, rows, values).kept(~missing)
    return _checked(content, chosen, roles), found_unit, findings


def _left_out(code: str, relation: str, mask: NDArray[np.bool_], details: Mapping[str, str]) -> list[Finding]:
    count = int(mask.sum())
    column = details.get("column", "")
    rest = {key: value for key, value in details.items() if key != "column"}
    return [Finding(code, count, f"relations/{relation}", column=column, details=rest)] if count else []


def _numbers(
    content: Content, relation: str, name: str, rows: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    column = _picked(column_of(content, relation, name), rows)
    if not (pa.types.is_integer(column.type) or pa.types.is_floating(column.type) or pa.types.is_null(column.type)):
        raise WeightError(f"{relation}.{name} holds {column.type}, not numbers; declare it as a number in the schema")
    values = column.cast(pa.float64()).fill_null(0.0).to_numpy(zero_copy_only=False)
    return values, column.is_null().to_numpy(zero_copy_only=False)


def _picked(column: pa.Array, rows: NDArray[np.int64]) -> pa.Array:
    """Cells of these rows, which are ascending; all rows are not copied."""
    return column if len(rows) == len(column) else column.take(pa.array(rows))


def _unit_factors(
    content: Content, relation: str, rows: NDArray[np.int64], unit: str | None
) -> tuple[NDArray[np.float64], str]:
    """Factor to the unit asked for, NaN for rows in a unit that has none; the only unit if none was asked for."""
    units = _picked(column_of(content, relation, "unit"), rows)
    found = sorted(one for one in units.unique().to_pylist() if one)
    if unit is None:
        if len(found) > 1:
            raise WeightError(
                f"{relation} has amounts in {', '.join(found)}; give unit= and declare factors to convert"
            )
        unit = found[0] if found else ""
        return np.ones(len(rows)), unit
    known = {unit: 1.0} | {one: factor for (one, to), factor in content.factors.items() if to == unit}
    if rows.size and not set(found) & set(known):
        raise WeightError(f"unit={unit!r}: {relation} has no amount in it; found: {', '.join(found) or 'no unit'}")
    if found == [unit] and not units.null_count:
        return np.ones(len(rows)), unit
    places = (
        pc.index_in(units.cast(pa.string()), pa.array(list(known), pa.string()))
        .fill_null(-1)
        .to_numpy(zero_copy_only=False)
    )
    return np.array([*known.values(), np.nan])[places], unit


def _checked(content: Content, rows: Rows, roles: Mapping[str, Inverse | str]) -> Rows:
    """Refuse what no weight may be, naming the rows; turn over what was asked to be."""
    values = dict(rows.values)
    for role, given in roles.items():
        cells = values[role]
        bad = ~np.isfinite(cells) | (cells < 0)
        turned = isinstance(given, Inverse)
        if turned:
            bad |= cells == 0
        if bad.any():
            keys = content.keys(rows.relation, rows.positions[bad][:SHOWN]).to_pylist()
            rule = "above 0 to be inverted" if turned else "finite and not negative"
            name = given.column if isinstance(given, Inverse) else given
            raise WeightError(
                f"{rows.relation}.{name} as {role}: {int(bad.sum())} values are not {rule}, first "
                f"{float(cells[bad][0])} at {'; '.join(keys)}; mend these rows or leave them out with where="
            )
        if turned:
            values[role] = 1.0 / cells
    return Rows(rows.relation, rows.positions, values)


def named_roles(arguments: Mapping[str, Any]) -> dict[str, Inverse | str]:
    """Roles that were given, by name; ``parallel`` is checked with them."""
    parallel = arguments.get("parallel")
    if parallel is not None and parallel not in PARALLEL:
        raise ParameterError(f"parallel={parallel!r}; allowed: {', '.join(PARALLEL)}")
    return {role: role_of(arguments[role], role) for role in ROLES if arguments.get(role) is not None}


def chosen_how(role: str, parallel: Parallel | None, repeated: int) -> Parallel:
    """How parallel values become one: sums for counts and amounts, the caller's choice for strengths and distances."""
    if role in ("count", "amount"):
        return "sum"
    if parallel is None and repeated:
        raise ViewError(
            f"{repeated:,} ordered pairs have several relations and {role}= does not say how they become one; "
            f"give parallel= one of {', '.join(PARALLEL)}"
        )
    return parallel or "sum"
