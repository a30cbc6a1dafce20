"""Composition: a table by hand, a slow twin, intervals and wrong calls."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given

import ecograph as eg
from ecograph.errors import ParameterError, UnknownNameError
from tests.strategies import made, made_ecosystems

PATH = "Maker -SETTLED_IN-> Makerspace"


def settled(counts: dict[str, dict[str, int]]) -> eg.Ecosystem:
    """Platforms with as many members of each background as the table says."""
    people = [(f"{place}-{background}-{number}", background, place) for place, row in counts.items()
              for background, many in row.items() for number in range(many)]  # fmt: skip
    nodes = {
        "Maker": {"id": [one for one, _, _ in people], "background": [background for _, background, _ in people]},
        "Makerspace": {"id": list(counts)},
    }
    rows = {"source": [one for one, _, _ in people], "target": [place for _, _, place in people]}
    return eg.from_tables(nodes, {"SETTLED_IN": rows})


TWO = {"one": {"student": 30, "returnee": 10}, "two": {"student": 20, "returnee": 40}}


def test_a_table_by_hand() -> None:
    found = eg.composition(settled(TWO).two_mode(PATH))
    assert found["a"].tolist() == ["one", "one", "two", "two"]
    assert found["b"].tolist() == ["returnee", "student"] * 2
    assert set(found["a_kind"]) == {"Makerspace"} and set(found["b_kind"]) == {"background"}
    assert found["count"].tolist() == [10, 30, 40, 20]
    assert found["share"].tolist() == pytest.approx([1 / 4, 3 / 4, 2 / 3, 1 / 3])
    assert found["share_of_all"].tolist() == [0.5] * 4
    assert found["location_quotient"].tolist() == pytest.approx([1 / 2, 3 / 2, 4 / 3, 2 / 3])
    assert (found["low"] < found["location_quotient"]).all() and (found["location_quotient"] < found["high"]).all()


def test_the_interval_narrows_with_more_members_and_follows_the_seed() -> None:
    view = settled(TWO).two_mode(PATH)
    tenfold = {place: {background: 10 * many for background, many in row.items()} for place, row in TWO.items()}
    few, many = (eg.composition(one) for one in (view, settled(tenfold).two_mode(PATH)))
    assert ((many["high"] - many["low"]) < (few["high"] - few["low"]) / 2).all()
    # delta method, 100 of 400 and 500 in 1,000: 100 (1/100 - 1/400 - 1/500)^2 + 300/400^2 + 400/500^2 - 1/1000 = .0055
    assert np.log(many["high"][0] / many["low"][0]) == pytest.approx(2 * 1.96 * np.sqrt(0.0055), rel=0.1)
    assert few == eg.composition(view, seed=0)
    assert few["low"].tolist() != eg.composition(view, seed=1)["low"].tolist()


@pytest.mark.parametrize("by", ["kind", "group"])
def test_it_equals_a_slow_twin(by: str, rounds) -> None:
    for seed in range(rounds(20, 200)):
        eco = made(seed).ecosystem
        types = {(kind, row["id"]): kind if by == "kind" else row.get(by) for kind in eco.kinds
                 for row in eco.nodes(kind).rows()}  # fmt: skip
        joins = {((row["source_kind"], row["source"]), row["target"]) for row in eco.relations("JOINS").rows()}
        known = [(types[who], what) for who, what in joins if types[who] is not None]
        for row in eg.composition(eco.two_mode("Actor -JOINS-> Project"), by=by, resamples=0).table.rows():
            here = [kind for kind, what in known if what == row["a"]]
            everywhere = [kind for kind, _ in known]
            assert row["count"] == here.count(row["b"])
            if here and row["b"] in everywhere:
                share, common = here.count(row["b"]) / len(here), everywhere.count(row["b"]) / len(everywhere)
                assert row["share"] == pytest.approx(share)
                assert row["location_quotient"] == pytest.approx(share / common)
            else:
                assert np.isnan(row["location_quotient"]) and row["note"]


@given(made_ecosystems)
def test_counts_and_shares_add_up(tables) -> None:
    view = tables.ecosystem.two_mode("Actor -JOINS-> Project")
    found = eg.composition(view, by="kind", resamples=0).frame()
    by_platform = found.groupby("a")
    met = by_platform["count"].sum() > 0
    assert by_platform["share"].sum()[met].tolist() == pytest.approx([1] * int(met.sum()))
    assert found["count"].sum() == len({(row["source"], row["target"])
                                        for row in tables.ecosystem.relations("JOINS").rows()})  # fmt: skip
    alike = eg.Table({"kind": view.nodes.kinds, "id": view.nodes.ids, "value": pa.array(["x"] * view.n, pa.string())})
    quotients = eg.composition(view, by=alike, resamples=0)["location_quotient"]
    assert quotients[~np.isnan(quotients)] == pytest.approx(1)


def test_nobody_and_unknown_types_are_told() -> None:
    eco = eg.from_tables(
        {
            "Maker": {"id": ["a", "b", "c"], "background": ["student", "returnee", None]},
            "Makerspace": {"id": ["full", "void"]},
        },
        {"SETTLED_IN": {"source": ["a", "c"], "target": ["full", "full"]}},
    )
    found = eg.composition(eco.two_mode(PATH))
    assert found["note"].tolist() == ["nobody of this type is joined", None, *["no member with a type"] * 2]
    assert found["count"].tolist() == [0, 1, 0, 0]
    assert found.findings.counts() == {"no_label": 1}
    assert set(eg.composition(eco.two_mode(PATH), resamples=0)["note"]) >= {"no interval: resamples=0"}
    nobody = eg.from_tables({"Maker": {"id": ["a"], "background": [None]}, "Makerspace": {"id": ["m"]}}, {})
    with pytest.raises(UnknownNameError, match="background"):
        eg.composition(eg.from_tables({}, {}).two_mode(PATH))
    assert len(eg.composition(nobody.two_mode(PATH), by="kind")) == 1


def test_wrong_draws_and_attributes() -> None:
    view = settled(TWO).two_mode(PATH)
    with pytest.raises(ParameterError, match="resamples=10;"):
        eg.composition(view, resamples=10)
    with pytest.raises(ParameterError, match="seed=-1"):
        eg.composition(view, seed=-1)
    with pytest.raises(UnknownNameError, match="colour"):
        eg.composition(view, by="colour")


def test_a_row_says_how_common_a_type_is() -> None:
    found = eg.composition(settled({**TWO, "three": {}}).two_mode(PATH))
    low, high = found["low"][0], found["high"][0]
    assert found.explain("one", "returnee") == (
        "10 of 40 members of one are of type returnee (25.0%), on all platforms 50.0%: a location quotient of 0.50, "
        f"with 95 % confidence {low:.2f} to {high:.2f}: fewer than elsewhere."
    )
    chinese = found.explain("two", "returnee", language="zh")
    assert "two 的 60 个成员中有 40 个是归国留学生（66.7%）" in chinese and chinese.endswith("：高于整体。")
    assert found.explain("three", "student").startswith("three has no member with a type")
    even = eg.composition(settled({"one": {"student": 3, "returnee": 3}}).two_mode(PATH))
    assert even.explain("one", "student").endswith("the difference may be chance.")
    plain = eg.composition(settled(TWO).two_mode(PATH), resamples=0)
    assert plain.explain("one", "student").endswith("a location quotient of 1.50.")


def test_a_type_that_nobody_who_joined_has_is_named() -> None:
    nodes = {"Maker": {"id": ["a", "b"], "background": ["student", "returnee"]}, "Makerspace": {"id": ["m"]}}
    eco = eg.from_tables(nodes, {"SETTLED_IN": {"source": ["a"], "target": ["m"]}})
    found = eg.composition(eco.two_mode(PATH))
    assert found.explain("m", "returnee") == "No member of any platform is of type returnee."
    assert found.explain("m", "returnee", language="zh") == "各平台的成员中都没有归国留学生。"
