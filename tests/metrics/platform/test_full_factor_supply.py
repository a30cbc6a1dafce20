"""Full-factor supply: makerspaces by hand, the rules in plain Python on made towns, and laws."""

from collections import defaultdict
from datetime import date
from statistics import fmean
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import ParameterError, UnknownNameError, ViewError, WeightError
from tests.strategies import made

CATEGORIES = ("space", "equipment", "capital", "knowledge", "information", "talent", "service")
SERVICES = ("training", "finance_matching", "registration", "legal_accounting", "media")
NODES = {
    "Makerspace": {"id": ["hub", "loft"]},
    "Enterprise": {"id": ["firm"]},
    "ServiceProvider": {"id": ["law"]},
    "Resource": {"id": [*CATEGORIES, "odd"], "category": [*CATEGORIES, None]},
}
SUPPLIED = [
    ("firm", "hub", "space", "2025-01-01", None),
    ("law", "hub", "space", None, None),
    ("firm", "hub", "capital", "2025-01-01", "2025-06-01"),  # stops on the day: no longer
    ("firm", "hub", "talent", "2025-06-01", "2025-06-02"),  # starts on the day
    ("firm", "hub", "knowledge", "2025-06-02", None),  # not yet
    ("firm", "hub", "odd", None, None),
    ("hub", "loft", "service", None, None),  # supplies loft, not hub
]
OFFERED = [
    ("law", "hub", "training", 300.0, "CNY", None),
    ("hub", "hub", "training", 100.0, "CNY", None),
    ("law", "hub", "media", None, "CNY", None),
    ("law", "hub", "catering", 50.0, "CNY", None),
    ("law", "hub", "media", 900.0, "CNY", "2025-06-01"),
    ("hub", "loft", "registration", 0.0, "CNY", None),
]


def table(rows: list[tuple[Any, ...]], names: str) -> dict[str, list[Any]]:
    return {name: [row[place] for row in rows] for place, name in enumerate(names.split())}


def offered(rows: list[tuple[Any, ...]]) -> dict[str, list[Any]]:
    return table(rows, "source target service amount unit valid_to")


def by_hand() -> eg.Ecosystem:
    supplied = table(SUPPLIED, "source target resource valid_from valid_to")
    return eg.from_tables(NODES, {"SUPPLIES": supplied, "OFFERS_SERVICE": offered(OFFERED)})


def by_id(result: eg.Result) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in result.table.rows()}


def test_makerspaces_by_hand() -> None:
    result = eg.full_factor_supply(by_hand().records(day="2025-06-01"))
    hub, loft = by_id(result).values()
    assert (hub["kind"], hub["share"]) == ("Makerspace", 2 / 7)
    assert hub["missing"] == "equipment, capital, knowledge, information, service"
    assert [hub[name] for name in CATEGORIES] == [2, 0, 0, 0, 0, 1, 0]
    assert (hub["fee"], hub["fee_training"], hub["unit"]) == (150, 200, "CNY")
    assert np.isnan(hub["fee_media"])
    assert hub["note"] == "no fee on record for finance_matching, registration, legal_accounting, media"
    assert (loft["share"], loft["service"], loft["fee_registration"], loft["fee"]) == (1 / 7, 1, 0, 0)
    found = {(item.code, item.file, item.column): item.count for item in result.findings}
    no_category, no_fee = ("relations/SUPPLIES", "category"), ("relations/OFFERS_SERVICE", "amount")
    assert found == {("missing_value", *no_category): 1, ("missing_value", *no_fee): 1}


def test_the_day_decides() -> None:
    shares = [
        by_id(eg.full_factor_supply(by_hand().records(day=day)))["hub"]["share"]
        for day in ("2024-12-31", "2025-01-01", "2025-05-31", "2025-06-01", "2025-06-02")
    ]
    assert shares == [1 / 7, 2 / 7, 2 / 7, 2 / 7, 2 / 7]
    early = by_id(eg.full_factor_supply(by_hand().records(day="2025-05-31")))["hub"]
    assert early["missing"] == "equipment, knowledge, information, talent, service"
    assert (early["fee_media"], early["fee"]) == (900, 337.5)


def test_fees_in_two_units_are_never_added() -> None:
    rows = [("law", "hub", "training", 300.0, "CNY", None), ("law", "hub", "training", 40.0, "EUR", None)]
    eco = eg.from_tables(
        NODES, {"SUPPLIES": table(SUPPLIED, "source target resource"), "OFFERS_SERVICE": offered(rows)}
    )
    view = eco.records(day="2025-06-01")
    with pytest.raises(WeightError, match="unit="):
        eg.full_factor_supply(view)
    result = eg.full_factor_supply(view, unit="EUR")
    assert (result["fee_training"][0], result["unit"][0]) == (40, "EUR")
    assert result.findings.counts()["other_unit"] == 1


def holds(row: dict[str, Any], day: date) -> bool:
    return (row.get("valid_from") or date.min) <= day < (row.get("valid_to") or date.max)


def test_it_equals_the_rules_in_plain_python(rounds) -> None:
    ecosystems = [eg.harbour(relations=1_000, seed=seed).ecosystem for seed in range(rounds(5, 100))]
    for eco in (eg.dataset("harbour"), *ecosystems):
        for day in ("2024-03-01", "2025-12-31"):
            today = date.fromisoformat(day)
            categories = {row["id"]: row["category"] for row in eco.nodes("Resource").rows()}
            supplied: dict[str, list[str]] = defaultdict(list)
            for row in eco.relations("SUPPLIES").rows():
                if holds(row, today):
                    supplied[row["target"]].append(categories[row["resource"]])
            fees: dict[str, list[tuple[str, float]]] = defaultdict(list)
            for row in eco.relations("OFFERS_SERVICE").rows():
                if holds(row, today):
                    fees[row["target"]].append((row["service"], row["amount"]))
            found = by_id(eg.full_factor_supply(eco.records(day=day)))
            assert list(found) == eco.nodes("Makerspace")["id"].tolist()
            for space, row in found.items():
                held = supplied[space]
                assert [row[name] for name in CATEGORIES] == [held.count(name) for name in CATEGORIES]
                assert row["share"] == pytest.approx(len(set(held)) / 7)
                assert row["missing"] == ", ".join(name for name in CATEGORIES if name not in held)
                for name, column in (("", "fee"), *((name, f"fee_{name}") for name in SERVICES)):
                    some = [fee for service, fee in fees[space] if name in ("", service)]
                    assert row[column] == pytest.approx(fmean(some) if some else np.nan, nan_ok=True)


@given(st.lists(st.sampled_from(CATEGORIES), min_size=1, max_size=12), st.sampled_from(CATEGORIES))
def test_one_more_supply_never_takes_a_category_away(held: list[str], more: str) -> None:
    def found(names: list[str]) -> dict[str, Any]:
        rows = [("firm", "hub", name, "2025-01-01") for name in names]
        eco = eg.from_tables(NODES, {"SUPPLIES": table(rows, "source target resource valid_from")})
        return by_id(eg.full_factor_supply(eco.records()))["hub"]

    before, after = found(held), found([*held, more])
    assert before["share"] == pytest.approx(len(set(held)) / 7)
    assert after["share"] - before["share"] == pytest.approx((more not in held) / 7)
    assert more not in after["missing"].split(", ")


def test_bare_tables_and_missing_ones() -> None:
    eco = eg.from_tables(
        {"Makerspace": {"id": ["hub"]}, "Enterprise": {"id": ["firm"]}},
        {"SUPPLIES": {"source": ["firm"], "target": ["hub"], "valid_from": ["2025-01-01"]}},
    )
    hub = by_id(eg.full_factor_supply(eco.records()))["hub"]
    assert (hub["share"], hub["unit"]) == (0, None)
    assert hub["note"].startswith("no fee on record for training")
    with pytest.raises(ViewError, match=r"relations/SUPPLIES\.csv"):
        eg.full_factor_supply(eg.from_tables({}, {}).records())
    with pytest.raises(UnknownNameError, match="SUPPLIES"):
        eg.full_factor_supply(made(7).ecosystem.records())
    timeless = eg.from_tables(NODES, {"SUPPLIES": {"source": ["firm"], "target": ["hub"], "resource": ["space"]}})
    with pytest.raises(ViewError, match="day="):
        eg.full_factor_supply(timeless.records())
    with pytest.raises(ParameterError, match=r"eco\.records\(\)"):
        eg.full_factor_supply(made(7).ecosystem.flows("ARC"))


def test_it_says_what_is_missing() -> None:
    result = eg.full_factor_supply(by_hand().records(day="2025-06-01"))
    assert result.explain("hub") == (
        "On 2025-06-01 hub is supplied with 2 of 7 resource categories. Nobody supplies equipment, capital, knowledge, "
        "information, service. Mean fee: training 200 CNY."
    )
    assert "尚缺：设备、资金、专业知识、信息、服务。服务均价：培训 200 CNY。" in result.explain("hub", language="zh")
    rows = [("firm", "hub", name, None, None) for name in CATEGORIES]
    whole = {"SUPPLIES": table(rows, "source target resource valid_from valid_to")}
    full = eg.full_factor_supply(eg.from_tables(NODES, whole).records(day="2025-06-01"))
    assert full.explain("hub").endswith("None is missing. No fee is on record.")
    assert full.explain("hub", language="zh").endswith("全要素齐备。没有收费记录。")
