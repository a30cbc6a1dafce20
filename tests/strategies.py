"""Made ecosystems for tests: random graphs with everything that breaks a measure, and hypothesis strategies."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import networkx as nx
import numpy as np
from hypothesis import strategies as st

import ecograph as eg
from ecograph.ecosystem import Ecosystem

GRAPH = eg.Schema(
    "graph",
    (
        eg.NodeKind("Actor", zh="行动者"),
        eg.NodeKind("Maker", "Actor", zh="创客", attributes=(eg.Attribute("group", zh="组别"),)),
        eg.NodeKind("Enterprise", "Actor", zh="企业"),
        eg.NodeKind("University", "Actor", zh="高校"),
        eg.NodeKind("PublicBody", "Actor", zh="政府"),
        eg.NodeKind("Project", zh="项目"),
    ),
    tuple(
        eg.RelationKind(
            name,
            ("Actor",),
            (target,),
            zh=zh,
            time="moment",
            directed=directed,
            self_ties=True,
            attributes=(
                eg.Attribute("hours", "number", zh="小时"),
                eg.Attribute("amount", "number", zh="数量"),
                eg.Attribute("unit", zh="单位"),
            ),
        )
        for name, target, zh, directed in (
            ("ARC", "Actor", "指向", True),
            ("TIE", "Actor", "联系", False),
            ("JOINS", "Project", "参加", True),
        )
    ),
)
ACTORS = ("Maker", "Enterprise", "University", "PublicBody")


@dataclass(frozen=True)
class Made:
    """Plain tables of a made ecosystem."""

    nodes: dict[str, dict[str, list[Any]]]
    relations: dict[str, dict[str, list[Any]]]

    @cached_property
    def ecosystem(self) -> Ecosystem:
        return eg.from_tables(self.nodes, self.relations, GRAPH)

    def shuffled(self, seed: int) -> "Made":
        """The same rows in another order."""
        random = np.random.default_rng(seed)

        def mixed(columns: dict[str, list[Any]]) -> dict[str, list[Any]]:
            order = random.permutation(len(next(iter(columns.values()), [])))
            return {name: [cells[place] for place in order] for name, cells in columns.items()}

        return type(self)(
            {kind: mixed(columns) for kind, columns in self.nodes.items()},
            {kind: mixed(columns) for kind, columns in self.relations.items()},
        )


def made(
    seed: int, *, n: int = 30, m: int = 60, projects: int = 8, zeros: bool = False, kinds: int = len(ACTORS)
) -> Made:
    """Random typed graph with isolates, dangling nodes, self-ties, parallel relations and several components."""
    random = np.random.default_rng(seed)
    kind_of = random.integers(0, kinds, n)
    ids = [f"n{number:03}" for number in random.permutation(n)]
    nodes: dict[str, dict[str, list[Any]]] = {
        kind: {"id": [one for one, code in zip(ids, kind_of, strict=True) if code == number]}
        for number, kind in enumerate(ACTORS)
    }
    nodes["Maker"]["group"] = [f"g{len(one) + int(one[1:]) % 3}" for one in nodes["Maker"]["id"]]
    nodes["Project"] = {"id": [f"p{number}" for number in range(projects)]}
    active = max(1, int(n * 0.8)) if n else 0

    def rows(count: int, targets: list[str]) -> dict[str, list[Any]]:
        count = count if active and targets else 0
        sources = random.integers(0, active, count) if count else np.empty(0, int)
        ends = np.minimum(random.integers(0, len(targets) or 1, count), (sources // 9) * 9 + 8) if count else sources
        repeated = random.random(count) < 0.15
        sources[1:][repeated[1:]], ends[1:][repeated[1:]] = sources[:-1][repeated[1:]], ends[:-1][repeated[1:]]
        hours = np.zeros(count) if zeros else np.round(random.exponential(3, count), 3) * (random.random(count) > 0.1)
        return {
            "source": [ids[place] for place in sources],
            "target": [targets[min(place, len(targets) - 1)] for place in ends],
            "hours": hours.tolist(),
            "amount": (hours * 10).tolist(),
            "unit": ["CNY"] * count,
        }

    relations = {"ARC": rows(m, ids), "TIE": rows(m, ids), "JOINS": rows(m, nodes["Project"]["id"])}
    return Made(nodes, relations)


CASES = {
    "empty": made(0, n=0, m=0, projects=0),
    "no relations": made(1, n=5, m=0),
    "one node": made(2, n=1, m=0, projects=1),
    "one node, self-tie": made(2, n=1, m=2, projects=1),
    "zero weights": made(3, zeros=True),
    "sparse": made(4, n=40, m=20),
    "dense": made(5, n=12, m=150),
    "one kind": made(6, n=15, m=30, kinds=1),
    "usual": made(7),
}


def networkx_of(eco: Ecosystem, relation: str) -> "nx.MultiDiGraph[Any] | nx.MultiGraph[Any]":
    """The same relations in networkx, every node in."""
    graph = nx.MultiDiGraph() if eco.schema.relation(relation).directed else nx.MultiGraph()
    for kind in eco.schema.leaves("Actor"):
        graph.add_nodes_from((kind, one) for one in eco.nodes(kind)["id"])
    for row in eco.relations(relation).rows():
        ends = (row["source_kind"], row["source"]), (row["target_kind"], row["target"])
        graph.add_edge(*ends, hours=row["hours"], amount=row["amount"])
    return graph


def keyed(result: eg.Result, column: str) -> dict[tuple[str, str], Any]:
    """A column of a node-level result by (kind, id)."""
    return dict(zip(zip(result["kind"], result["id"], strict=True), result[column].tolist(), strict=True))


made_ecosystems = st.builds(
    made,
    st.integers(0, 10_000),
    n=st.integers(0, 25),
    m=st.integers(0, 60),
    projects=st.integers(0, 6),
    zeros=st.booleans(),
    kinds=st.integers(1, len(ACTORS)),
)
