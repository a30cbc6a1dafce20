"""Ties: brokers and communities."""

from collections import Counter

import pytest

import ecograph as eg
from ecograph.ecosystem import Ecosystem
from ecograph.generate.harbour import Harbour

AS_OF = "2025-12-31"


def modularity(made: Harbour, relation: str) -> float:
    """Newman-Girvan modularity of the planted communities among makers, every row one tie."""
    community = {row["maker"]: row["community"] for row in made.truth["communities"].to_pylist()}
    rows = made.relations[relation].to_pylist()
    pairs = [
        (community[row["source"]], community[row["target"]])
        for row in rows
        if row["source"] in community and row["target"] in community
    ]
    ends = Counter(one for pair in pairs for one in pair)
    inside = Counter(one for one, other in pairs if one == other)
    return sum(inside[one] / len(pairs) - (ends[one] / (2 * len(pairs))) ** 2 for one in ends)


@pytest.mark.parametrize("relation", ["COLLABORATES", "COMMUNICATES"])
def test_communities_are_dense_inside(made: Harbour, relation: str) -> None:
    assert modularity(made, relation) > 0.4


def test_every_maker_has_the_community_of_a_makerspace_it_was_settled_in(made: Harbour) -> None:
    planted = {(row["maker"], row["community"]) for row in made.truth["communities"].to_pylist()}
    settled = {(row["source"], row["target"]) for row in made.relations["SETTLED_IN"].to_pylist()}
    assert planted <= settled
    assert [maker for maker, _ in sorted(planted)] == made.nodes["Maker"].column("id").to_pylist()


@pytest.mark.parametrize("part", [lambda eco: eco, lambda eco: eco.at(AS_OF)], ids=["whole", "as of the day"])
def test_brokers_stand_on_the_most_open_paths(made: Harbour, part: type[Ecosystem]) -> None:
    planted = {(row["kind"], row["id"]) for row in made.truth["brokers"].to_pylist()}
    table = eg.brokerage(part(made.ecosystem).network("COLLABORATES")).top(len(planted) + 1)
    found = list(zip(table["kind"], table["id"], strict=True))
    assert set(found[:-1]) == planted
    assert table["total"][-1] < table["total"][-2]


def test_brokers_stand_on_the_most_open_paths_of_a_large_harbour(large: Harbour) -> None:
    planted = set(large.truth["brokers"].column("id").to_pylist())
    assert set(eg.brokerage(large.ecosystem.network("COLLABORATES")).top(len(planted))["id"]) == planted


def test_brokers_have_the_partners_planted_in_many_communities(made: Harbour) -> None:
    community = {row["maker"]: row["community"] for row in made.truth["communities"].to_pylist()}
    ties = [(row["source"], row["target"]) for row in made.relations["COLLABORATES"].to_pylist()]
    brokers = set(made.truth["brokers"].column("id").to_pylist())
    for row in made.truth["brokers"].to_pylist():
        partners = {one if other == row["id"] else other for one, other in ties if row["id"] in (one, other)}
        assert len(partners) == row["partners"]
        assert not partners & brokers
        makers = partners & set(community)
        reachable = {community[one] for one in community if one not in brokers}
        assert len({community[one] for one in makers}) == min(len(makers), len(reachable))


def test_a_pair_collaborates_once(made: Harbour) -> None:
    pairs = [frozenset((row["source"], row["target"])) for row in made.relations["COLLABORATES"].to_pylist()]
    assert len(pairs) == len(set(pairs))
    assert min(made.relations["COLLABORATES"].column("hours").to_pylist()) > 0


def test_some_compete_and_collaborate(made: Harbour) -> None:
    pairs = [
        {frozenset((row["source"], row["target"])) for row in made.relations[name].to_pylist()}
        for name in ("COLLABORATES", "COMPETES")
    ]
    assert pairs[0] & pairs[1]
