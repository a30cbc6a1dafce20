"""Duality: makers by hand, the makerspace with and without sharing, planted dual makers, plain Python, and laws."""

import csv
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import ParameterError
from tests.strategies import keyed, made, made_ecosystems


def moved(rows: list[tuple[str, str, float]]) -> dict[str, list[Any]]:
    return {
        "source": [row[0] for row in rows],
        "target": [row[1] for row in rows],
        "amount": [row[2] for row in rows],
        "unit": ["hours"] * len(rows),
    }


NODES = {"Maker": {"id": ["a", "b", "c", "d"]}, "Enterprise": {"id": ["firm"]}, "Market": {"id": ["m"]}}
ROWS = [("a", "b", 6.0), ("b", "a", 1.0), ("b", "a", 1.0), ("firm", "c", 5.0), ("a", "a", 9.0), ("c", "m", 4.0)]


def test_makers_by_hand() -> None:
    eco = eg.from_tables(NODES, {"TRANSFERS": moved(ROWS)})
    found = {row["id"]: row for row in eg.duality(eco.flows("TRANSFERS", outside="Market")).table.rows()}
    expected = {"a": (0.5, 6, 2, 1), "b": (0.5, 2, 6, 1), "c": (0, 0, 5, 0), "firm": (0, 5, 0, 0)}
    for node, values in expected.items():
        assert tuple(found[node][name] for name in ("duality", "out", "in", "both")) == values
        assert found[node]["note"] is None
    assert np.isnan(found["d"]["duality"]) and found["d"]["note"] == "moves nothing inside"
    # the market taken in, c sells what it was given
    inside = keyed(eg.duality(eco.flows("TRANSFERS")), "duality")
    assert inside["Maker", "c"] == pytest.approx(1 - 1 / 9)


def test_makers_who_share_and_who_do_not(reference: Path) -> None:
    folder = reference / "toy_makerspace_flow"
    with (folder / "flows.csv").open() as file:
        flows = list(csv.DictReader(file))
    nodes = {"Enterprise": {"id": ["enterprise"]}, "University": {"id": ["university"]},
             "Makerspace": {"id": ["platform"]}, "Maker": {"id": ["maker1", "maker2"]}}  # fmt: skip
    found = {}
    for case in ("with_maker_sharing", "without_sharing"):
        rows = [(row["from"], row["to"], float(row["flow"])) for row in flows if row["case"] == case]
        eco = eg.from_tables(nodes, {"TRANSFERS": moved(rows)})
        found[case] = eg.duality(eco.flows("TRANSFERS"))
    makers = [("Maker", "maker1"), ("Maker", "maker2")]
    none, some = (keyed(found[case], "duality") for case in ("without_sharing", "with_maker_sharing"))
    assert [none[maker] for maker in makers] == [0, 0]
    # maker1 gives 12 + 10 and takes 20 + 95 + 6; maker2 gives 6 and takes 15 + 72 + 10
    assert [some[maker] for maker in makers] == pytest.approx([1 - 99 / 143, 1 - 91 / 103], abs=1e-15)


def test_who_does_both_in_deliveries_demands_and_supplies_on_the_platforms() -> None:
    for town in (eg.harbour(), eg.harbour(relations=20_000, seed=3)):
        planted = set(town.truth["dual_makers"].column("maker").to_pylist())
        both = set()
        for unit in ("hours", "m2"):
            result = eg.duality(town.ecosystem.flows("TRANSFERS", unit=unit))
            both |= {one for (kind, one), dual in keyed(result, "both").items() if kind == "Maker" and dual}
        assert both and both <= planted


def test_it_equals_plain_sums(rounds) -> None:
    for seed in range(rounds(20, 300)):
        eco = made(seed).ecosystem
        given_away: dict[tuple[str, str], float] = defaultdict(float)
        taken: dict[tuple[str, str], float] = defaultdict(float)
        for row in eco.relations("ARC").rows():
            source, target = (row["source_kind"], row["source"]), (row["target_kind"], row["target"])
            if source != target and "PublicBody" not in (source[0], target[0]):
                given_away[source] += row["amount"]
                taken[target] += row["amount"]
        result = eg.duality(eco.flows("ARC", outside="PublicBody"))
        for node, value in keyed(result, "duality").items():
            out, into = given_away[node], taken[node]
            assert keyed(result, "both")[node] == (out > 0 and into > 0)
            if out + into:
                assert value == pytest.approx(1 - abs(out - into) / (out + into), abs=1e-12)
            else:
                assert np.isnan(value)


@given(made_ecosystems)
def test_turned_round_it_is_the_same_and_zero_where_not_both(tables) -> None:
    found = eg.duality(tables.ecosystem.flows("ARC"))
    arcs = tables.relations["ARC"]
    turned = type(tables)(tables.nodes, {"ARC": {**arcs, "source": arcs["target"], "target": arcs["source"]}})
    back = eg.duality(turned.ecosystem.flows("ARC")) if arcs["source"] else found
    values = keyed(found, "duality")
    for node, value in keyed(back, "duality").items():
        assert value == pytest.approx(values[node], abs=1e-12, nan_ok=True)
    known = ~np.isnan(found["duality"])
    assert ((found["duality"] > 0) == (found["both"] == 1))[known].all()
    assert not found["both"][~known].any()


@given(st.floats(5e-324, 1.7e308), st.floats(5e-324, 1.7e308))
def test_any_amounts_a_float_can_hold(one: float, other: float) -> None:
    rows = [("a", "b", one), ("b", "a", other)]
    found = eg.duality(eg.from_tables(NODES, {"TRANSFERS": moved(rows)}).flows("TRANSFERS"))
    values = keyed(found, "duality")
    assert 0 <= values["Maker", "a"] == values["Maker", "b"] <= 1
    ratio = min(one, other) / max(one, other)
    assert values["Maker", "a"] == pytest.approx(2 * ratio / (1 + ratio), rel=1e-12, abs=0)


def test_nothing_and_the_wrong_view() -> None:
    assert len(eg.duality(eg.from_tables({}, {}).flows("TRANSFERS"))) == 0
    with pytest.raises(ParameterError, match=r"eco\.flows\(\)"):
        eg.duality(made(7).ecosystem.network("ARC", kinds="Actor"))


def test_it_says_how_many_do_both() -> None:
    result = eg.duality(eg.from_tables(NODES, {"TRANSFERS": moved(ROWS)}).flows("TRANSFERS", outside="Market"))
    assert result.explain("a") == (
        "a gives 6 hours and takes 2 hours inside: duality 0.50. Of 4 nodes of kind Maker, 2 do both (50.0%)."
    )
    assert "4 个创客中有 2 个既有流出又有流入（50.0%）" in result.explain("a", language="zh")
    assert result.explain("d").startswith("d neither gives nor takes anything inside.")
    assert "既无流出也无流入" in result.explain("d", language="zh")
