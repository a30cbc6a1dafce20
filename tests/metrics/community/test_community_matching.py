"""Matching of communities over slices: a table by hand, a slow twin, laws, and boards of Scottish companies."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import MemoryLimitError, ParameterError, UnknownNameError
from tests.metrics.community.lives import days, grouped, scottish, series, table, year
from tests.oracles.matching import followed
from tests.strategies import made

LIVES = (
    year("abcd", "efgh", "ij", "kl", "z"),
    year("abcdefgh", "ijm", "no", "z"),
    year("abcd", "efgh", "ijm", "pq"),
)
ROWS = (
    ("2001-01-01", "1", 4, np.nan, None, "merge", "", "1", "0"),
    ("2001-01-01", "2", 4, np.nan, None, "merge", "", "1", "1"),
    ("2001-01-01", "3", 2, np.nan, None, "continuation", "", "3", "2"),
    ("2001-01-01", "4", 2, np.nan, None, "death", "", "", "3"),
    ("2002-01-01", "1", 8, 1 / 2, "merge", "split", "1, 2", "1, 6", "0"),
    ("2002-01-01", "3", 3, 2 / 3, "continuation", "continuation", "3", "3", "1"),
    ("2002-01-01", "5", 2, 0.0, "birth", "death", "", "", "2"),
    ("2003-01-01", "1", 4, 1 / 2, "split", None, "1", "", "0"),
    ("2003-01-01", "3", 3, 1.0, "continuation", None, "3", "", "2"),
    ("2003-01-01", "6", 4, 1 / 2, "split", None, "1", "", "1"),
    ("2003-01-01", "7", 2, 0.0, "birth", None, "", "", "3"),
)
COLUMNS = ("size", "likeness", "origin", "fate", "parents", "children", "name")

many_years = st.lists(
    st.dictionaries(st.sampled_from("abcdefghijkl"), st.integers(0, 4), max_size=12), min_size=1, max_size=4
)
thresholds = st.sampled_from([0, 0.2, 0.3, 0.5, 0.8])


def matched(years, **options) -> eg.Result:
    return eg.community_matching(series(years), by=table(years), **options)


def sets(years, smallest: int = 2) -> list[list[frozenset[str]]]:
    """Groups of each year by size, then by smallest member."""
    found = []
    for own in years:
        groups = [frozenset(one for one in own if own[one] == group) for group in {*own.values()}]
        large = [group for group in groups if len(group) >= smallest]
        found.append(sorted(large, key=lambda group: (-len(group), min(group))))
    return found


def test_the_lives_of_a_table_by_hand() -> None:
    found = matched(LIVES)
    assert found.table.names == ("slice", "group", *COLUMNS, "note")
    rows = [tuple(row.values())[:-1] for row in found.table.rows()]
    assert [(str(row[0]), *row[1:3], *row[4:]) for row in rows] == [(*row[:3], *row[4:]) for row in ROWS]
    np.testing.assert_array_equal(found["likeness"], [row[3] for row in ROWS])
    assert set(found["note"][:4]) == {"nothing is before the first slice"}
    assert set(found["note"][4:7]) == {None} and set(found["note"][7:]) == {"nothing is after the last slice"}
    assert matched(LIVES, smallest=1).table["group"].tolist().count("5") == 2  # z, alone for two years
    assert found.findings.counts() == {"no_label": 5 + 4 + 5}


def test_it_says_why() -> None:
    found = matched(LIVES)
    said = {
        ("1", "2001-01-01"): "it stands in the first slice, and it merges into community 1 in the next slice",
        (
            "1",
            "2002-01-01",
        ): "communities 1, 2 merged into it, the most like it by 50.0%, and it splits into communities "
        "1, 6 in the next slice",
        ("3", "2002-01-01"): "it goes on from the slice before, 66.7% alike, and it goes on in the next slice",
        (
            "5",
            "2002-01-01",
        ): "it is new, for no community of the slice before is more like it than 0.0%, and it is gone "
        "in the next slice",
        ("6", "2003-01-01"): "it is a part of community 1, which split, and 50.0% alike, and this is the last slice",
    }
    for (group, slice), sentence in said.items():
        assert found.explain(group, slice=slice).endswith(f" nodes; {sentence}.")
    assert found.explain("1", slice="2002-01-01", language="zh") == (
        "第 1 号社群有 8 个节点；它由第 1、2 号社群合并而成，最高相似度为 50.0%；到下一时段分裂为第 1、6 号社群。"
    )


@given(many_years, thresholds, st.integers(1, 3))
def test_it_equals_the_slow_twin(years, threshold: float, smallest: int) -> None:
    found = matched(years, threshold=threshold, smallest=smallest)
    expected = [
        (day, str(number), len(group), origin, fate, ", ".join(map(str, parents)), ", ".join(map(str, children)))
        for day, groups, rows in zip(
            days(years), sets(years, smallest), followed(sets(years, smallest), threshold), strict=True
        )
        for group, (number, origin, fate, parents, children) in sorted(
            zip(groups, rows, strict=True), key=lambda pair: pair[1][0]
        )
    ]
    names = ("slice", "group", "size", "origin", "fate", "parents", "children")
    cells = [found.table.arrow(name).to_pylist() for name in names]
    assert [(str(day), *rest) for day, *rest in zip(*cells, strict=True)] == expected


def test_the_same_communities_go_on_under_their_numbers() -> None:
    found = matched([year("abc", "de", "fgh")] * 4)
    assert found["group"].tolist() == ["1", "2", "3"] * 4 and found["size"].tolist() == [3, 3, 2] * 4
    assert set(found["origin"][3:]) == set(found["fate"][:-3]) == {"continuation"}
    assert set(found["likeness"][3:]) == {1.0}


def test_communities_are_those_of_leiden_unless_others_are_given() -> None:
    eco = eg.dataset("harbour")
    years = eco.slices(every="year").network("COLLABORATES")
    found = eg.community_matching(years)
    assert found.table == eg.community_matching(years, by=eg.leiden(years)).table
    assert found.table != eg.community_matching(years, by=eg.consensus(years, runs=5)).table
    again = eg.community_matching(years, by=eg.leiden(years))
    assert eg.repeat(found, eco) == found and eg.repeat(again, eco) == again
    kinds = eg.community_matching(eco.slices(every="year").network("COLLABORATES", isolates=False), by="kind")
    assert set(kinds["fate"][:1]) <= {"continuation"} and "Maker" in kinds["name"]
    two_mode = eco.slices(every="year").two_mode("Maker -SETTLED_IN-> Makerspace")
    assert "birth" in eg.community_matching(two_mode)["origin"]


def test_names_of_groups_do_not_matter() -> None:
    other = [{maker: 9 - group for maker, group in own.items()} for own in LIVES]
    one, two = (matched(years).frame().drop(columns="name") for years in (LIVES, other))
    assert one.equals(two)


def test_boards_of_scottish_companies_equal_the_slow_twin(reference: Path) -> None:
    boards = scottish(reference)
    partitions = eg.leiden(boards)
    groups = sets(grouped(partitions))
    found = eg.community_matching(boards, by=partitions, threshold=0.1)
    expected = [row for rows in followed(groups, 0.1) for row in sorted(rows)]
    assert [int(number) for number in found["group"]] == [number for number, *_ in expected]
    assert found["origin"].tolist() == [origin for _, origin, *_ in expected]
    assert found["fate"].tolist() == [fate for _, _, fate, *_ in expected]
    assert {"birth", "continuation", "merge", "split"} < {*found["origin"]}
    assert {"death", "continuation", "merge", "split"} < {*found["fate"]}


def test_what_cannot_be_followed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    years = series(LIVES)
    for wrong in ({"threshold": 1}, {"threshold": -0.1}, {"threshold": float("nan")}, {"smallest": 0}):
        for measure in (eg.community_matching, eg.community_turnover):
            with pytest.raises(ParameterError, match=f"^{next(iter(wrong))}="):
                measure(years, **wrong)
    with pytest.raises(ParameterError, match="platforms have no order"):
        eg.community_matching(eg.dataset("harbour").slices(by="Makerspace", through="SETTLED_IN").network("SETTLED_IN"))
    with pytest.raises(UnknownNameError, match="attribute"):
        eg.community_matching(years, by="nothing")
    twice = table(LIVES).frame()
    with pytest.raises(ParameterError, match="twice"):
        eg.community_matching(years, by=eg.Table({name: [*twice[name], twice[name][0]] for name in twice}))
    with pytest.raises(ParameterError, match="the data have no dates"):
        eg.community_matching(made(3).ecosystem.slices(every="year").network("TIE"))
    monkeypatch.setenv("ECOGRAPH_MEMORY", "1 B")
    with pytest.raises(MemoryLimitError, match="give the groups as by="):
        eg.community_matching(years)
