"""Turnover of communities: a table by hand, a slow twin, and what is said of it."""

from itertools import pairwise
from pathlib import Path

import igraph
import numpy as np
import pytest
from hypothesis import given

import ecograph as eg
from tests.metrics.community.lives import grouped, scottish, series, table, year
from tests.metrics.community.test_community_matching import LIVES, many_years, sets
from tests.oracles.agreement import adjusted_rand

BY_HAND = {
    "turnover": [np.nan, 5 / 15, 4 / 15],
    "nodes": [12, 13, 13],
    "stayed": [np.nan, 10, 11],
    "joined": [np.nan, 3, 2],
    "left": [np.nan, 2, 2],
    "communities": [4, 3, 4],
    "births": [np.nan, 1, 1],
    "deaths": [np.nan, 1, 1],
    "merges": [np.nan, 1, 0],
    "splits": [np.nan, 0, 1],
    "continuations": [np.nan, 1, 1],
}


def turned(years, **options) -> eg.Result:
    return eg.community_turnover(series(years), by=table(years), **options)


def test_the_turnover_of_a_table_by_hand() -> None:
    found = turned(LIVES)
    for column, values in BY_HAND.items():
        np.testing.assert_allclose(found[column].astype(float), values, rtol=1e-12, err_msg=column)
    assert found["note"].tolist() == ["nothing is before the first slice", None, None]


def test_it_says_what_changed() -> None:
    found = turned(LIVES)
    assert found.explain(slice="2001-01-01") == "4 communities have 12 nodes; nothing is before the first slice."
    assert found.explain(slice="2002-01-01").startswith(
        "Of 12 nodes in communities, 2 left and 3 joined, a turnover of 33.3%; of 3 communities 1 go on, 1 are new, 1 "
        "were made by merging and 0 of those before split, 1 are gone. Of the 10 who stayed, the groupings agree by "
    )
    chinese = found.explain(slice="2002-01-01", language="zh")
    assert chinese.startswith("社群原有 12 个节点，离开 2 个、加入 3 个，更替率为 33.3%；")


@given(many_years)
def test_it_equals_the_slow_twins(years) -> None:
    found = turned(years)
    groups = sets(years)
    for row, (before, after) in enumerate(pairwise(groups), 1):
        own, other = ({one: number for number, group in enumerate(slice) for one in group} for slice in (before, after))
        both = sorted({*own} & {*other})
        assert (found["stayed"][row], found["left"][row], found["joined"][row]) == (
            len(both),
            len({*own} - {*other}),
            len({*other} - {*own}),
        )
        either = {*own} | {*other}
        if either:
            assert found["turnover"][row] == pytest.approx(1 - len(both) / len(either), abs=1e-12)
        else:
            assert np.isnan(found["turnover"][row]) and found["note"][row].startswith(
                "no node is in a community here or"
            )
            assert found.explained(row) == "No node is in a community, here or in the slice before."
        if both:
            one, two = ([groups[node] for node in both] for groups in (own, other))
            defined = {len({*one}), len({*two})} not in ({1}, {len(both)})
            assert found["ari"][row] == pytest.approx(adjusted_rand(one, two) if defined else 1, abs=1e-12)
        else:
            assert (np.isnan(found["ari"][row]) and "here and before" in found["note"][row]) or not either


def test_the_same_communities_do_not_turn_over() -> None:
    found = turned([year("abc", "de")] * 3)
    for column, value in {"turnover": 0, "ari": 1, "nmi": 1, "ami": 1, "continuations": 2, "births": 0}.items():
        assert found[column][1:].tolist() == [value, value]


def test_boards_of_scottish_companies_turn_over_as_igraph_says(reference: Path) -> None:
    """In each of five periods few directors of the one before are left: three of four seats have changed hands."""
    boards = scottish(reference)
    found, all_sizes = eg.community_turnover(boards), eg.community_turnover(boards, smallest=1)
    for row, (before, after) in enumerate(pairwise(grouped(eg.leiden(boards))), 1):
        both = sorted({*before} & {*after})
        partitions = [before[node] for node in both], [after[node] for node in both]
        for column, method in (("ari", "adjusted_rand"), ("nmi", "nmi")):
            expected = igraph.compare_communities(*partitions, method=method)
            assert all_sizes[column][row] == pytest.approx(expected, abs=1e-9)
        assert all_sizes["stayed"][row] == len(both)
    assert ((found["turnover"][1:] > 0.7) & (found["turnover"][1:] < 0.8)).all()
