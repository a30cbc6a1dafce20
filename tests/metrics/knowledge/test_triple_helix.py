"""Triple helix: XOR, copy and independence, CORDIS, and laws."""

import csv
from itertools import permutations, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import ParameterError
from ecograph.methods.information import joint_entropies
from tests.strategies import GRAPH, made

HELICES = {"university": ["University"], "industry": ["Enterprise"], "government": ["PublicBody"]}
KINDS = ("University", "Enterprise", "PublicBody")


def coded(codes: list[tuple[int, ...]], kinds: tuple[str, ...] = KINDS) -> eg.Ecosystem:
    """One actor a kind, who joins the projects whose code has a 1 for it."""
    joins = [
        (kind, f"p{number:04}")
        for number, code in enumerate(codes)
        for kind, one in zip(kinds, code, strict=True)
        if one
    ]
    nodes = {kind: {"id": [kind]} for kind in kinds}
    nodes["Project"] = {"id": [f"p{number:04}" for number in range(len(codes))]}
    rows = {"source": [kind for kind, _ in joins], "target": [project for _, project in joins]}
    return eg.from_tables(nodes, {"JOINS": rows}, GRAPH)


def transmission(codes: list[tuple[int, ...]]) -> float:
    return float(eg.triple_helix(coded(codes).two_mode("Actor -JOINS-> Project"), **HELICES)["transmission"][0])


def test_xor_is_synergy_copy_redundancy_and_independence_nothing() -> None:
    assert transmission([(a, b, a ^ b) for a, b in product((0, 1), repeat=2)]) == pytest.approx(-1, abs=1e-12)
    assert transmission([(0, 0, 0), (1, 1, 1)]) == pytest.approx(1, abs=1e-12)
    assert transmission(list(product((0, 1), repeat=3))) == pytest.approx(0, abs=1e-12)


def test_counts_of_cordis(reference: Path) -> None:
    with (reference / "published_tables" / "triple_helix_cordis_counts.csv").open() as file:
        rows = list(csv.DictReader(file))
    for definition in {row["definition"] for row in rows}:
        chosen = [row for row in rows if row["definition"] == definition]
        codes = [tuple(int(row[name]) for name in HELICES) for row in chosen for _ in range(int(row["projects"]))]
        assert len(codes) == 602
        assert transmission(codes) == pytest.approx(float(chosen[0]["T_uig_bits"]), abs=5e-10)


@pytest.mark.parametrize(
    ("university", "expected"),
    [(["University", "ResearchOrganisation"], -0.0242123), (["University"], -0.0275461)],
)
def test_the_shipped_dataset(university: list[str], expected: float) -> None:
    view = eg.dataset("cordis-h2020").two_mode("Project <-PARTICIPATES_IN- Organisation")
    found = eg.triple_helix(view, university=university, industry=["Enterprise"], government=["PublicBody"])
    assert found["transmission"][0] == pytest.approx(expected, abs=5e-8)
    assert found["units"][0] == 602


@given(st.lists(st.tuples(*[st.integers(0, 1)] * 3), min_size=1, max_size=30))
def test_helices_may_change_places_and_a_chain_of_steps_counts_alike(codes: list[tuple[int, ...]]) -> None:
    values = {round(transmission([tuple(code[place] for place in order) for code in codes]), 10)
              for order in permutations(range(3))}  # fmt: skip
    assert len(values) == 1


def test_four_helices_alternate_singles_pairs_triples_and_all() -> None:
    random = np.random.default_rng(1)
    codes = [tuple(code) for code in random.integers(0, 2, (50, 4)).tolist()]
    view = coded(codes, (*KINDS, "Maker")).two_mode("Actor -JOINS-> Project")
    found = eg.triple_helix(view, **HELICES, fourth=["Maker"])
    entropies = joint_entropies(np.array(codes, bool).T)
    signs = {1: 1, 2: -1, 3: 1, 4: -1}
    expected = sum(signs[len(rows)] * entropy for rows, entropy in entropies.items())
    assert found["transmission"][0] == pytest.approx(expected, abs=1e-12)
    assert found["with_fourth"][0] == sum(code[3] for code in codes)
    assert entropies[(0,)] == pytest.approx(-sum(
        share * np.log2(share) for share in (np.mean([code[0] for code in codes]), 1 - np.mean([c[0] for c in codes]))
    ))  # fmt: skip


def test_either_side_may_hold_the_units() -> None:
    eco = made(7).ecosystem
    one = eg.triple_helix(eco.two_mode("Actor -JOINS-> Project"), **HELICES)
    other = eg.triple_helix(eco.two_mode("Project <-JOINS- Actor"), **HELICES)
    assert one.table == other.table


def test_kinds_are_checked() -> None:
    view = made(7).ecosystem.two_mode("Actor -JOINS-> Project")
    with pytest.raises(ParameterError, match="both hold Enterprise"):
        eg.triple_helix(view, university=["Enterprise"], industry=["Enterprise"], government=["PublicBody"])
    with pytest.raises(ParameterError, match="one side"):
        eg.triple_helix(view, university=["Project"], industry=["Enterprise"], government=["PublicBody"])
    with pytest.raises(ParameterError, match="one side"):
        eg.triple_helix(view, university=[], industry=[], government=[])
