"""Panels on the command line: one that cannot answer says why in one line on stderr, and the rows stay empty."""

from pathlib import Path

import pytest

import ecograph as eg
from tests.cli.calling import Call

MAKERS = ("--sides", "makers=Maker:SETTLED_IN")
SIDES = (*MAKERS, "--sides", "suppliers=supplier:SUPPLIES")
TWICE = (*MAKERS, "--sides", "again=Maker:SETTLED_IN")
EFFECTS = ("measure", "cross_side_effects")


@pytest.fixture
def still(tmp_path: Path) -> Path:
    """Makers who come over a year to three makerspaces, and a supplier who is always at all of them."""
    spaces, days = ["a", "b", "c"], [f"2025-{month:02}-0{day}" for month in range(1, 13) for day in (1, 2)]
    makers = [f"m{place}" for place in range(len(days))]
    homes = [spaces[place * place % 3] for place in range(len(days))]
    nodes = {"Maker": {"id": makers}, "Enterprise": {"id": ["e"]}, "Makerspace": {"id": spaces}}
    eco = eg.from_tables(
        nodes,
        {
            "SETTLED_IN": {"source": makers, "target": homes, "valid_from": days, "source_kind": ["Maker"] * len(days)},
            "SUPPLIES": {"source": ["e"] * 3, "target": spaces, "source_kind": ["Enterprise"] * 3},
        },
    )
    eg.write(eco, tmp_path / "still")
    return tmp_path / "still"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((*SIDES, "--members", "Makerspace:makerspace-01,through=SETTLED_IN"), "the panel has one platform; what all"),
        ((*SIDES, "--every", "4000 days"), "the panel has one period; nothing can be compared"),
        (
            (*SIDES, "--lags", "12"),
            "no platform has 13 known periods one after the other, as lags=12 needs; the longest",
        ),
        (TWICE, "the sides makers and again move in step at every platform, so neither says anything beyond"),
    ],
)
def test_why_nothing_can_be_estimated(call: Call, words: tuple[str, ...], said: str) -> None:
    outcome = call(*EFFECTS, "harbour", "--by", "Makerspace", *words)
    assert outcome.code == 0, outcome.err
    assert [line for line in outcome.err.splitlines() if line.startswith(said)]
    estimates = [line for line in outcome.out.splitlines()[1:] if "(t-" in line]
    assert estimates
    assert not any("0." in line.split("(t-")[1] for line in estimates)


def test_a_side_that_never_changes(call: Call, still: Path) -> None:
    outcome = call(*EFFECTS, still, "--by", "Makerspace", "--every", "month", *SIDES)
    assert outcome.code == 0, outcome.err
    (line,) = [line for line in outcome.err.splitlines() if line.startswith("the side suppliers has the same size in")]
    assert line.endswith("take longer data, shorter periods or another side")
    outcome = call(*EFFECTS, still, "--by", "Makerspace", "--every", "month", *SIDES, "--language", "zh")
    assert [line for line in outcome.err.splitlines() if line.startswith("“suppliers”一边在每个平台的各时期规模都不变")]


def test_zeros_are_counted_where_logarithms_are_taken(call: Call) -> None:
    words = (*EFFECTS, "harbour", "--by", "Makerspace", "--every", "month", *SIDES, "--shuffles", "0", "--draws", "0")
    logs, plain = call(*words), call(*words, "--no-logs")
    assert "3 sizes of the side makers are 0 and have no logarithm" in logs.err
    assert "no logarithm" not in plain.err
    assert (logs.code, plain.code) == (0, 0)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (MAKERS, "the panel has the sides makers; name two of them with pair="),
        ((*SIDES, "--pair", "makers,makers"), "pair=['makers', 'makers']; give two different ones"),
        ((*SIDES, "--pair", "makers,supliers"), "'supliers'"),
        ((*SIDES, "--lags", "0"), "lags=0; allowed: 1 or more"),
        (
            (*MAKERS, *SIDES),
            "'makers=Maker:SETTLED_IN': there is a side makers already; give each side a name of its own",
        ),
        ((*SIDES, "--every", "fortnight"), "every='fortnight'"),
    ],
)
def test_wrong_words_are_one_line(call: Call, words: tuple[str, ...], said: str) -> None:
    outcome = call(*EFFECTS, "harbour", "--by", "Makerspace", *words)
    assert (outcome.code, outcome.out) != (0, "")
    assert outcome.code in (1, 2)
    assert said in outcome.err
    assert outcome.err.count("\n") == 1
