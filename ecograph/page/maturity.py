"""Maturity: every platform in one row, measured by several metrics, each with the rank it gives; no composite."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.errors import EcographError
from ecograph.page.each_platform import YEAR_ON, concentration_by_platform, retention_by_platform
from ecograph.page.groups import PLATFORM, plain_groups
from ecograph.page.holdings import Holdings
from ecograph.page.homes import cycling_by_platform
from ecograph.page.sheet import PERCENT
from ecograph.page.wording import Wording
from ecograph.registry import metric, names
from ecograph.result import SLICE, Result
from ecograph.table import Column, Table

DECIMALS = 2
LEVELS = ("node", "group")  # of results that can have one row a platform
MEMBERS = "Maker -SETTLED_IN-> Makerspace"
MOST_PLATFORMS = 40  # for which each one is measured by itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Aspect:
    """One column of the comparison.

    Parameters
    ----------
    metric : str
        The metric it comes from; without it there is no such column.
    members : bool
        Whether it is measured on makers and the platforms they are settled in, and not on records or the ledger.
    each : callable, optional
        Measures every platform by itself, which is left out where there are many platforms.
    group : str
        Group of its result that is told, where every platform is a slice.
    column : str
        Column of its result; the first one if not given.
    arguments : mapping
        How the metric is asked.
    percent : bool
        Whether it is a share, to be shown in percent.
    """

    metric: str
    members: bool = False
    each: Callable[[Holdings], Result | None] | None = None
    group: str = ""
    column: str = ""
    arguments: Mapping[str, Any] = field(default_factory=dict)
    percent: bool = True

    @property
    def name(self) -> str:
        """Name of its column."""
        return self.column or next(iter(metric(self.metric).columns))


ASPECTS = (
    Aspect(metric="coverage", column="by_count", arguments={"by": "platform"}),
    Aspect(metric="full_factor_supply", column="share"),
    Aspect(metric="tracking", column="once"),
    Aspect(metric="cycling", each=cycling_by_platform),
    Aspect(metric="boundary_share"),
    Aspect(metric="diversity", members=True, column="hill_1", arguments={"by": "background"}, percent=False),
    Aspect(metric="retention", each=retention_by_platform, group=YEAR_ON),
    Aspect(metric="concentration", each=concentration_by_platform, group="sources", percent=False),
    Aspect(metric="platform_stages", column="co_creation"),
)


@dataclass(frozen=True, eq=False)
class Maturity:
    """The comparison of the platforms.

    Parameters
    ----------
    ids : array of str
        The platforms, in order.
    table : Table
        One row a platform: its name and id, and for each aspect the value and the rank.
    aspects : sequence of Aspect
        Those that could be measured, in order.
    values : array of float
        One row a platform, one column an aspect; NaN where there is no value.
    results : sequence of Result
        What it was made from, aspect by aspect.
    left_out : sequence of Aspect
        Those that are not measured for so many platforms.
    """

    ids: NDArray[np.str_]
    table: Table
    aspects: Sequence[Aspect]
    values: NDArray[np.float64]
    results: Sequence[Result]
    left_out: Sequence[Aspect] = ()


def maturity(holdings: Holdings, wording: Wording, aspects: Sequence[Aspect] = ASPECTS) -> Maturity:
    """Measure every platform by every aspect that the data and the metrics at hand allow.

    Parameters
    ----------
    holdings : Holdings
        What the data hold.
    wording : Wording
        How it is called.
    aspects : sequence of Aspect
        What to measure; an aspect whose metric is not there, or that the data do not allow, has no column.

    Returns
    -------
    Maturity
        Platforms in the order of their ids.
    """
    ids = [str(id) for id in holdings.eco.nodes(PLATFORM)["id"]]
    left_out = [aspect for aspect in aspects if aspect.each and len(ids) > MOST_PLATFORMS]
    asked = [aspect for aspect in aspects if aspect not in left_out]
    made = [(aspect, result) for aspect in asked if (result := _result(holdings, aspect)) is not None]
    columns = [_by_platform(ids, *one) for one in made]
    kept = [place for place, values in enumerate(columns) if not np.isnan(values).all()]
    values = np.array([columns[place] for place in kept]).reshape(len(kept), len(ids)).T
    shown, results = [made[place][0] for place in kept], [made[place][1] for place in kept]
    table = _table(wording, ids, shown, values, results)
    return Maturity(np.array(ids, dtype=np.str_), table, shown, values, results, left_out)


def ranks(values: NDArray[np.float64]) -> list[int | None]:
    """Rank of each value, 1 for the largest, equal ones alike; none where there is no value."""
    return [None if np.isnan(value) else 1 + int((values > value).sum()) for value in values]


def _result(holdings: Holdings, aspect: Aspect) -> Result | None:
    """The result of an aspect; none where there is no such metric or the data do not allow it."""
    if aspect.metric not in names():
        return None
    try:
        if aspect.each:
            return aspect.each(holdings)
        if aspect.members:
            result: Result = metric(aspect.metric)(holdings.eco.two_mode(MEMBERS), **aspect.arguments)
        else:
            result = holdings.measured(aspect.metric, **aspect.arguments)
    except EcographError:
        return None
    return result if result.level in LEVELS else None


def _by_platform(ids: Sequence[str], aspect: Aspect, result: Result) -> NDArray[np.float64]:
    """Value of each platform; of several rows of one, which differ in their unit, by their demands if they have any."""
    groups = _platforms(aspect, result)
    places = {id: place for place, id in enumerate(ids)}
    values = np.asarray(result[aspect.name], np.float64)
    weights = result["demands"].astype(np.float64) if "demands" in result.columns else np.ones(len(result))
    sums, totals = np.zeros(len(ids)), np.zeros(len(ids))
    for group, value, weight in zip(groups, values, weights, strict=True):
        if group in places and not np.isnan(value):
            sums[places[group]] += weight * value
            totals[places[group]] += weight
    found = np.full(len(ids), np.nan)
    np.divide(sums, totals, out=found, where=totals > 0)
    return found


def _platforms(aspect: Aspect, result: Result) -> list[str | None]:
    """Platform that each row of a result is of; none of rows that are not told."""
    if not aspect.group:
        return list(result["id"].tolist() if result.level == "node" else plain_groups(result.table))
    rows = zip(result[SLICE], result["group"], strict=True)
    return [str(platform) if group == aspect.group else None for platform, group in rows]


def _table(
    wording: Wording,
    ids: Sequence[str],
    aspects: Sequence[Aspect],
    values: NDArray[np.float64],
    results: Sequence[Result],
) -> Table:
    """Columns are called after the metrics, since two of them may have a column of one name."""
    cells: dict[str, Any] = {"platform": wording.referred(PLATFORM, ids)}
    known: dict[str, Column] = {}
    for aspect, result, column in zip(aspects, results, values.T, strict=True):
        described = result.table.columns[aspect.name]
        cells[aspect.metric] = np.round(column * (100 if aspect.percent else 1), DECIMALS)
        known[aspect.metric] = replace(described, unit=PERCENT) if aspect.percent else described
        cells[f"{aspect.metric}_rank"] = pa.array(ranks(column), pa.int64())
        known[f"{aspect.metric}_rank"] = Column("rank among the platforms", zh="名次")
    return wording.table(cells, known)
