"""Interchange: networks as tables, matrices and networkx graphs, and back."""

import networkx as nx
import pytest
from hypothesis import given

import ecograph as eg
from ecograph.errors import LoadError
from tests.strategies import GRAPH, made, made_ecosystems

EVERYTHING = ("ARC", "TIE", "JOINS")


@given(made_ecosystems)
def test_networkx_and_back_is_the_same_ecosystem(tables) -> None:
    eco = tables.ecosystem
    net = eco.network(*EVERYTHING, kinds=["Actor", "Project"], direction="as declared")
    back = eg.from_networkx(net.to_networkx(), GRAPH)
    assert back == eco
    assert back.quality.counts() == eco.quality.counts()


@pytest.mark.parametrize("name", ["cordis-h2020", "florentine", "harbour"])
def test_datasets_survive_networkx(name: str) -> None:
    eco = eg.dataset(name)
    net = eco.network(*eco.relation_kinds, kinds=list(eco.kinds), direction="as declared")
    assert eg.from_networkx(net.to_networkx(), eco.schema) == eco


def test_keys_dates_and_direction_are_kept() -> None:
    rows = {
        "source": ["a", "a"],
        "target": ["p", "p"],
        "at": ["2024-01-01", None],
        "key": ["k", "l"],
        "score": [1.0, 2.0],
    }
    eco = eg.from_tables({"Maker": {"id": ["a"]}, "Project": {"id": ["p"]}}, {"EVALUATES": rows})
    graph = eco.network("EVALUATES").to_networkx()
    assert isinstance(graph, nx.MultiDiGraph) and graph.number_of_edges() == 2
    assert graph.nodes["Maker", "a"] == {"kind": "Maker", "id": "a"}
    found = graph.edges[("Maker", "a"), ("Project", "p"), ("EVALUATES", "k")]
    assert (str(found["at"]), found["score"], found["key"]) == ("2024-01-01", 1.0, "k")
    turned = eco.network("EVALUATES", direction="reversed").to_networkx()
    assert set(turned.edges()) == {(("Project", "p"), ("Maker", "a"))}
    assert eg.from_networkx(graph) == eco


def test_a_path_has_no_relations_of_its_own() -> None:
    works = {"source": ["a", "b", "a", "b"], "target": ["p", "p", "q", "q"]}
    eco = eg.from_tables({"Maker": {"id": ["a", "b"]}, "Project": {"id": ["p", "q"]}}, {"WORKS_ON": works})
    graph = eco.network("Maker -WORKS_ON-> Project <-WORKS_ON- Maker").to_networkx()
    assert type(graph) is nx.Graph
    assert graph.edges[("Maker", "a"), ("Maker", "b")] == {"multiplicity": 2}


def test_arrow_and_scipy_hold_every_arc_and_results_join_the_nodes() -> None:
    eco = made(7).ecosystem
    net = eco.network("ARC", kinds="Actor", count="hours")
    table = net.to_arrow()
    assert table.num_rows == len(net.arcs)
    assert table.column_names == ["source_kind", "source", "target_kind", "target", "multiplicity", "count"]
    assert net.to_scipy().sum() == sum(table.column("multiplicity").to_pylist())
    joined = eg.degree(net).frame().merge(eco.nodes("Actor").frame(), on=["kind", "id"])
    assert len(joined) == net.n


def test_any_graph_can_be_given_kinds() -> None:
    karate = nx.karate_club_graph()
    eco = eg.from_networkx(karate, kind="Maker", relation="COLLABORATES")
    assert len(eco.nodes("Maker")) == 34 and len(eco.relations("COLLABORATES")) == 78
    mixed = nx.Graph()
    mixed.add_node(1, kind="Maker", label="x", size=3)
    mixed.add_node(2, kind="Maker", id="two", size="large")
    mixed.add_edge(1, 2, relation="COLLABORATES")
    found = eg.from_networkx(mixed)
    assert found.nodes("Maker")["id"].tolist() == ["1", "two"]
    assert found.nodes("Maker")["size"].tolist() == ["3", "large"]
    with pytest.raises(LoadError, match="states no kind"):
        eg.from_networkx(nx.path_graph(2))
    with pytest.raises(LoadError, match="states no relation"):
        eg.from_networkx(nx.path_graph(2), kind="Maker")
