"""Association: scipy on made ecosystems, a table by hand, and what cannot be told."""

import numpy as np
import pytest
from scipy.stats import chi2_contingency
from scipy.stats.contingency import association

import ecograph as eg
from ecograph.errors import ParameterError
from tests.metrics.platform.test_composition import PATH, TWO, settled
from tests.strategies import made


def first(result: eg.Result) -> dict[str, float]:
    return next(iter(result.table.rows()))


def test_a_table_by_hand() -> None:
    found = eg.association(settled(TWO).two_mode(PATH))
    row = first(found)
    assert row["chi_square"] == pytest.approx(50 / 3)
    assert row["plain_v"] == pytest.approx(np.sqrt(1 / 6))
    assert (row["degrees_of_freedom"], row["observations"], row["platforms"], row["types"]) == (1, 100, 2, 2)
    assert row["cramers_v"] == pytest.approx(np.sqrt((1 / 6 - 1 / 99) / (1 - 1 / 99)))
    assert 0 < row["low"] < row["cramers_v"] < row["high"] < 1
    assert row["p"] == pytest.approx(4.455709e-05, rel=1e-5)
    assert "platforms differ in whom they have" in found.explain()
    assert "有差异" in found.explain(language="zh")


def test_it_equals_scipy(rounds) -> None:
    compared = 0
    for seed in range(rounds(30, 300)):
        view = made(seed).ecosystem.two_mode("Actor -JOINS-> Project")
        cells = eg.composition(view, by="kind", resamples=0).frame().pivot_table(index="a", columns="b", values="count")
        counts = cells.to_numpy(int)
        counts = counts[counts.any(axis=1)][:, counts.any(axis=0)]
        found = first(eg.association(view, by="kind", resamples=0))
        if min(counts.shape) < 2:
            continue
        compared += 1
        peer = chi2_contingency(counts, correction=False)
        assert found["chi_square"] == pytest.approx(peer.statistic, abs=1e-9)
        assert (found["p"], found["degrees_of_freedom"]) == (pytest.approx(peer.pvalue), peer.dof)
        assert found["plain_v"] == pytest.approx(association(counts, method="cramer"), abs=1e-9)
    assert compared > 20


def test_the_same_mix_everywhere_is_no_association() -> None:
    found = eg.association(settled({place: {"student": 20, "returnee": 10} for place in TWO}).two_mode(PATH))
    row = first(found)
    assert (row["chi_square"], row["plain_v"], row["cramers_v"], row["low"], row["p"]) == pytest.approx((0, 0, 0, 0, 1))
    assert "may be chance" in found.explain()


def test_what_cannot_be_compared_has_a_note() -> None:
    alone = eg.association(settled({"one": {"student": 5, "returnee": 3}}).two_mode(PATH))
    assert np.isnan(alone["cramers_v"][0]) and alone["note"][0] == "fewer than two platforms or types with members"
    assert alone.explain().startswith("There are fewer than two")
    apart = eg.association(settled({"one": {"student": 1}, "two": {"returnee": 1}}).two_mode(PATH))
    assert apart["plain_v"][0] == pytest.approx(1) and np.isnan(apart["cramers_v"][0])
    assert apart["note"][0].startswith("as many platforms or types as memberships")
    assert apart.explain()
    plain = eg.association(settled(TWO).two_mode(PATH), resamples=0)
    assert np.isnan(plain["low"][0]) and plain["note"].tolist() == ["no interval: resamples=0"]


def test_wrong_draws() -> None:
    with pytest.raises(ParameterError, match="resamples=5;"):
        eg.association(settled(TWO).two_mode(PATH), resamples=5)
