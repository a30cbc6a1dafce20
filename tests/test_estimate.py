"""Estimates: near what measures really take, and calls that would take too much are refused before they begin."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import ecograph as eg
from ecograph.errors import EcographError, MemoryLimitError, ParameterError, WeightError
from ecograph.metric import VIEW_DOORS, Values, metric
from ecograph.table import Column
from ecograph.views import Network, Series
from tests.peaks import CASES

COUNTED = Path("/proc/self/clear_refs")


@pytest.mark.skipif(not os.access(COUNTED, os.W_OK), reason="the system does not count the most memory held")
def test_bytes_are_within_a_factor_of_two() -> None:
    program = Path(__file__).parent / "peaks.py"
    counted = os.environ | {"ECOGRAPH_THREADS": "1"}
    done = subprocess.run([sys.executable, program], capture_output=True, text=True, check=True, env=counted)
    cases = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(cases) == len(CASES) >= 20
    assert [case for case in cases if not case["peak"] / 2 <= case["estimate"] <= case["peak"] * 2] == []
    assert min(case["peak"] for case in cases) > 2**21


@pytest.fixture
def net() -> Network:
    return eg.dataset("florentine").network("MARRIAGE")


def test_more_work_takes_longer(net: Network) -> None:
    assert eg.estimate(eg.consensus, net, runs=100).seconds == pytest.approx(
        10 * eg.estimate(eg.consensus, net, runs=10).seconds
    )
    assert eg.estimate(eg.betweenness, net, sources=3).seconds < eg.estimate(eg.betweenness, net).seconds
    assert eg.estimate(eg.consensus, net, runs=100).bytes > eg.estimate(eg.consensus, net, runs=10).bytes


def test_a_series_takes_the_time_of_all_and_the_memory_of_the_largest() -> None:
    series = eg.dataset("harbour").slices(every="year").network("COLLABORATES")
    assert isinstance(series, Series)
    each = [eg.estimate(eg.leiden, view) for view in series]
    whole = eg.estimate(eg.leiden, series)
    assert whole.seconds == pytest.approx(sum(one.seconds for one in each))
    assert whole.bytes == max(one.bytes for one in each)


def test_what_the_call_would_refuse_is_refused(net: Network) -> None:
    with pytest.raises(ParameterError, match="its parameters: sources, seed"):
        eg.estimate(eg.betweenness, net, source=3)
    with pytest.raises(ParameterError, match="takes a Network"):
        eg.estimate(eg.betweenness, eg.dataset("harbour").records())
    strong = eg.dataset("harbour").network("COLLABORATES", strength="hours", parallel="sum")
    with pytest.raises(WeightError, match="reads distance="):
        eg.estimate(eg.closeness, strong)


def test_every_view_has_a_size() -> None:
    harbour = eg.dataset("harbour")
    views = {
        "Network": harbour.network("COLLABORATES"),
        "TwoMode": harbour.two_mode("Maker -SETTLED_IN-> Makerspace"),
        "Flows": harbour.flows("TRANSFERS", unit="CNY"),
        "Records": harbour.records(),
        "Ledger": harbour.ledger(),
        "Histories": harbour.histories(),
        "Panel": harbour.panel("Makerspace", sides={"makers": eg.side("Maker", through="SETTLED_IN")}),
    }
    assert set(views) == set(VIEW_DOORS)
    assert all(view.size > 0 for view in views.values())
    chain = harbour.two_mode("Maker -MEMBER_OF-> Team -SETTLED_IN-> Makerspace")
    assert chain.size == sum(factor.nnz for factor in chain.factors)


@pytest.mark.parametrize("allowed", ["1 kB", "0.5 KiB"])
def test_too_much_is_refused_with_the_numbers_and_what_to_do(
    net: Network, allowed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ECOGRAPH_MEMORY", allowed)
    need = "betweenness needs about .* and may take .* KiB; draw fewer sources=, measure slices or fewer kinds, or set "
    with pytest.raises(MemoryLimitError, match=f"^{need}ECOGRAPH_MEMORY higher than that$"):
        eg.betweenness(net)
    assert eg.estimate(eg.betweenness, net).bytes > 1000
    monkeypatch.setenv("ECOGRAPH_MEMORY", "1 GiB")
    assert len(eg.betweenness(net)) == 16


def test_it_is_refused_before_it_begins(net: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECOGRAPH_MEMORY", "1 B")

    @metric(
        level="whole",
        zh="空",
        summary_zh="空。",
        source="none",
        columns={"nothing": Column("nothing", zh="空")},
    )
    def nothing(network: Network) -> Values:
        """Nothing."""
        raise AssertionError(network)

    with pytest.raises(EcographError, match=r"^nothing needs about .* measure slices or fewer kinds"):
        nothing(net)
