"""Maximum flow: a table by hand, networkx on random networks, laws, and what is said."""

from collections.abc import Callable, Mapping
from typing import Any

import networkx as nx
import numpy as np
import pytest

import ecograph as eg
from ecograph.errors import ParameterError, UnknownNameError, ViewError
from tests.strategies import GRAPH, made

NODES = {"Maker": {"id": ["a", "b", "c", "d"]}, "Project": {"id": ["p"]}}
ROWS = [
    ("a", "b", 8.5, "CNY"),
    ("a", "c", 3.0, "CNY"),
    ("b", "c", 2.0, "CNY"),
    ("b", "p", 4.2, "CNY"),
    ("c", "p", 9.0, "CNY"),
    ("c", "b", 1.0, "CNY"),
    ("a", "b", 0.5, "CNY"),
    ("d", "d", 7.0, "CNY"),
]


def network(rows: Any = ROWS, **given: Any) -> Any:
    columns = dict(zip(("source", "target", "amount", "unit"), map(list, zip(*rows, strict=True)), strict=True))
    return eg.from_tables(NODES, {"TRANSFERS": columns}).network("TRANSFERS", **{"amount": "amount"} | given)


def rows_of(found: eg.Result) -> list[tuple[Any, ...]]:
    names = ("source", "target", "flow", "capacity", "state")
    return list(zip(*(found.table.arrow(name).to_pylist() for name in names), strict=True))


def test_a_table_by_hand() -> None:
    """9 may leave a for b and 3 for c; of the 9 only 2 + 4.2 get on. So 9.2 arrive, past {a, b}."""
    found = eg.maximum_flow(network(), sources=["a"], targets=["p"])
    assert rows_of(found) == [
        ("b", "p", 4.2, 4.2, "cut"),
        ("a", "c", 3, 3, "cut"),
        ("b", "c", 2, 2, "cut"),
        ("a", "b", pytest.approx(6.2 * 8.5 / 9), 8.5, "room"),
        ("c", "p", 5, 9, "room"),
        ("a", "b", pytest.approx(6.2 * 0.5 / 9), 0.5, "room"),
    ]
    assert found["share"][:3].tolist() == pytest.approx([4.2 / 9.2, 3 / 9.2, 2 / 9.2])
    assert found["flow"][found["state"] == "cut"].sum() == pytest.approx(9.2)
    assert found.table.columns["flow"].unit == "CNY" and not found.findings


def test_by_default_from_who_only_gives_to_who_only_receives() -> None:
    assert (
        eg.maximum_flow(network()).table == eg.maximum_flow(network(), sources=["Maker:a"], targets=["Project"]).table
    )


def test_without_amounts_paths_that_share_no_arc_are_counted() -> None:
    """Through b and through c; the two relations of a with b share the one."""
    found = eg.maximum_flow(network(amount=None))
    assert found["flow"][found["state"] == "cut"].sum() == 2
    assert [row[2] for row in rows_of(found) if row[:2] == ("a", "b")] == [0.5, 0.5]


def test_relations_without_direction_carry_one_way() -> None:
    ties = {"source": ["b", "c", "c"], "target": ["a", "b", "d"], "hours": [5.0, 3.0, 4.0]}
    eco = eg.from_tables({"Maker": {"id": ["a", "b", "c", "d"]}}, {"TIE": ties}, GRAPH)
    found = eg.maximum_flow(eco.network("TIE", amount="hours"), sources=["a"], targets=["d"])
    assert {frozenset(row[:2]): row[2:] for row in rows_of(found)} == {
        frozenset("ab"): (3, 5, "room"), frozenset("bc"): (3, 3, "cut"), frozenset("cd"): (3, 4, "room")
    }  # fmt: skip
    assert len(eg.maximum_flow(eco.network("TIE", amount="hours"))) == 0  # everybody gives and takes


def key_of(row: Mapping[str, Any]) -> tuple[tuple[str, str], tuple[str, str]]:
    return (row["source_kind"], row["source"]), (row["target_kind"], row["target"])


@pytest.mark.parametrize("relation", ["ARC", "TIE"])
def test_it_equals_networkx(relation: str, rounds: Callable[[int, int], int]) -> None:
    told = 0
    for seed in range(rounds(30, 300)):
        view = made(seed, n=20, m=80).ecosystem.network(relation, kinds="Actor", amount="hours")
        graph = nx.DiGraph()
        for row in view.to_arrow().to_pylist():
            graph.add_edge(*key_of(row), capacity=row["amount"])
        nodes = sorted({end for end in graph.nodes if graph.degree(end)})
        if len(nodes) < 4:
            continue
        ends = nodes[:2], nodes[-2:]
        graph.add_edges_from([("from", one) for one in ends[0]] + [(one, "to") for one in ends[1]])
        names = [[":".join(one) for one in side] for side in ends]
        found = eg.maximum_flow(view, sources=names[0], targets=names[1])
        cut = found["state"] == "cut"
        value = nx.maximum_flow_value(graph, "from", "to")
        assert found["flow"][cut].sum() == pytest.approx(value, abs=1e-9)
        assert found["share"].sum() == pytest.approx(1 if value else 0)
        assert (found["flow"] <= found["capacity"] + 1e-12).all() and (found["flow"] > 0).all()
        assert found.findings.counts() == ({} if value else {"no_way": 2})
        left = graph.copy()
        left.remove_edges_from({pair for row, one in zip(found.table.rows(), cut, strict=True) if one for pair in (
            key_of(row), key_of(row)[::-1] if relation == "TIE" else key_of(row)
        )})  # fmt: skip
        zero = [(a, b) for a, b, room in left.edges.data("capacity") if room == 0]
        left.remove_edges_from(zero)
        assert not nx.has_path(left, "from", "to")
        told += value > 0
    assert told > rounds(15, 150)


def test_to_widen_the_cut_widens_the_flow_and_nothing_else_does() -> None:
    def most(rows: Any) -> float:
        found = eg.maximum_flow(network(rows))
        return float(found["flow"][found["state"] == "cut"].sum())

    cut = {("b", "p"), ("a", "c"), ("b", "c")}
    for place, row in enumerate(ROWS):
        wider = [*ROWS[:place], (*row[:2], row[2] + 0.1, row[3]), *ROWS[place + 1 :]]
        assert most(wider) == pytest.approx(9.3 if row[:2] in cut else 9.2)


def test_what_is_said() -> None:
    found = eg.maximum_flow(network())
    assert found.explained(0) == (
        "From b to p 4.2 of 4.2 CNY flow: it is part of the bottleneck, which holds 45.7% of what arrives here; 9.2 "
        "arrive in all."
    )
    assert found.explained(4, "zh") == "从 c 到 p 通过 5，容量为 9 CNY；总共到达 9.2。"


def test_wrong_calls_and_no_way() -> None:
    with pytest.raises(ParameterError, match=r"share 1 nodes, first 'a'; leave each in one of them"):
        eg.maximum_flow(network(), sources=["a", "b"], targets=["a"])
    with pytest.raises(UnknownNameError, match="no node has id='x'"):
        eg.maximum_flow(network(), sources=["x"], targets=["p"])
    with pytest.raises(ParameterError, match=r"targets=\['Team'\] are no nodes"):
        eg.maximum_flow(network(), targets=["Team"])
    eco = eg.from_tables(NODES, {"WORKS_ON": {"source": ["a"], "target": ["p"]}})
    with pytest.raises(ViewError, match="is a path, whose arcs are no relations"):
        eg.maximum_flow(eco.network("Maker -WORKS_ON-> Project <-WORKS_ON- Maker"))
    found = eg.maximum_flow(network(), sources=["p"], targets=["a"])
    assert len(found) == 0 and found.findings.counts() == {"no_way": 1}
    assert next(iter(found.findings)).reason() == "nothing can get from the 1 sources to the 1 targets"


def test_harbour_from_enterprises_to_projects() -> None:
    view = eg.dataset("harbour").network("TRANSFERS", amount="amount", unit="hours")
    found = eg.maximum_flow(view, sources=["Enterprise"], targets=["Project"])
    assert (np.diff(found["share"]) <= 0).all() and found["share"].sum() == pytest.approx(1)
