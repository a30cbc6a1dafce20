"""The platforms compared: values and ranks are those of the metrics, and what is not there has no column."""

import math

import numpy as np
import pytest

import ecograph as eg
from ecograph.ecosystem import Ecosystem
from ecograph.page.holdings import Holdings
from ecograph.page.maturity import ASPECTS, Aspect, maturity, ranks
from ecograph.page.wording import Wording
from ecograph.registry import names
from tests.page.conftest import Made


def number(cell: str) -> float:
    """A number of a table."""
    return float(cell.replace(",", ""))


def test_values_are_those_of_the_metrics(made: Made, harbour: Ecosystem) -> None:
    rows = made(harbour).table("The platforms, measure by measure")
    supplied = eg.full_factor_supply(harbour.records())
    demands: dict[str, list[float]] = {}
    for row in eg.coverage(harbour.ledger(), by="platform").table.rows():
        platform = row["group"].split(" (")[0]
        met, asked = demands.setdefault(platform, [0, 0])
        demands[platform] = [met + row["demands"] - row["unmet"], asked + row["demands"]]
    assert len(rows) == 12
    for row, id, share in zip(rows, supplied["id"], supplied["share"], strict=True):
        assert id in row["platform"]
        assert number(row["categories supplied (%)"]) == pytest.approx(100 * share, abs=0.005)
        met, asked = demands[id]
        assert number(row["demands met whole (%)"]) == pytest.approx(100 * met / asked, abs=0.005)


def test_ranks_are_from_the_largest_and_equal_ones_alike() -> None:
    assert ranks(np.array([0.5, math.nan, 1.0, 0.5])) == [2, None, 1, 2]
    assert ranks(np.array([])) == []


def test_the_table_has_a_rank_beside_each_value(harbour: Ecosystem) -> None:
    found = maturity(Holdings(harbour), Wording(harbour, "en", names=False))
    there = [aspect.metric for aspect in ASPECTS if aspect.metric in names()]
    assert [aspect.metric for aspect in found.aspects] == there
    assert found.table.names == ("platform", *(name for one in there for name in (one, f"{one}_rank")))
    for place, name in enumerate(there):
        assert found.table.arrow(f"{name}_rank").to_pylist() == ranks(found.values[:, place])


def test_an_aspect_without_its_metric_or_its_data_has_no_column(harbour: Ecosystem, makerspace: Ecosystem) -> None:
    aspects = (Aspect(metric="not_there_yet"), Aspect(metric="platform_stages", column="market"))
    found = maturity(Holdings(harbour), Wording(harbour, "zh", names=False), aspects)
    assert found.table.names == ("platform", "platform_stages", "platform_stages_rank")
    shares = eg.platform_stages(harbour.records())["market"]
    assert found.table["platform_stages"].tolist() == np.round(100 * shares, 2).tolist()
    none = maturity(
        Holdings(makerspace), Wording(makerspace, "en", names=False), (Aspect(metric="full_factor_supply"),)
    )
    assert none.table.names == ("platform",)
    assert none.results == []


def test_a_column_without_a_name_is_the_first_of_its_metric() -> None:
    assert Aspect(metric="tracking").name == "once"
