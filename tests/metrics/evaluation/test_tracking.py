"""Tracking: a table by hand, harbour's truth, a slow twin, and laws."""

import statistics
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import ParameterError, ViewError
from ecograph.methods.survival import kaplan_meier
from ecograph.metrics.evaluation.tracking import READ
from ecograph.views import Records

Span = tuple[str, str, int, int | None]
Moment = tuple[str, str, int]
Rows = Mapping[str, Sequence[tuple[Any, ...]]]

FIRST, TODAY = date(2025, 1, 1), 20
NODES = {
    "Professional": ["t", "u", "v"],
    "Enterprise": ["e", "f"],
    "PublicBody": ["g"],
    "Makerspace": ["m", "n", "o"],
    "Project": ["p", "q", "r", "old"],
    "Problem": ["x", "y", "z"],
    "Agreement": ["a", "b"],
}
ENDS = {
    "INCUBATES": ("mno", "pqr"),
    "TRACKS": ("tuv", "pqr"),
    "EMPLOYS": ("ef", "tuv"),
    "SUPPLIES": ("ef", "mno"),
    "INTENDS": ("ef", "pqr"),
    "PARTY_TO": ("efgpqr", "ab"),
    "SUPERVISES": ("efg", "ab"),
    "GIVES_FEEDBACK": ("tuv", "pqr"),
    "RAISES": ("pqr", "xyz"),
    "ANSWERS": ("tuv", "xyz"),
    "INVESTS_IN": ("ef", "pqr"),
}
MOMENTS = ("GIVES_FEEDBACK", "RAISES", "ANSWERS", "INVESTS_IN")
FILLERS: Rows = {
    name: [("m" if name == "INCUBATES" else "t", "old", -9, -8)] for name in ("INCUBATES", "TRACKS")
}  # over long ago, so that these tables are never empty

HAND: Rows = {
    "INCUBATES": [
        ("m", "p", 0, None),
        ("m", "q", 0, 5),
        ("m", "q", 5, None),
        ("n", "q", 2, None),
        ("n", "r", 0, 20),  # over on the very day
    ],
    "TRACKS": [
        ("t", "p", 0, None),
        ("t", "q", 0, 10),
        ("t", "q", 9, None),  # the same tracker again
        ("u", "q", 3, None),
        ("v", "r", 0, None),
    ],
    "EMPLOYS": [("e", "t", 0, None), ("f", "u", 0, 20), ("f", "v", 0, None)],
    "SUPPLIES": [("e", "m", 0, None), ("f", "n", 0, None)],
    "GIVES_FEEDBACK": [("t", "p", 1), ("t", "p", 5), ("u", "p", 5), ("t", "q", 2), ("u", "q", 12), ("u", "q", 21)],
    "RAISES": [("p", "x", 2), ("q", "y", 4), ("r", "z", 5)],
    "ANSWERS": [("v", "x", 1), ("v", "x", 9), ("v", "x", 11), ("t", "z", 8), ("t", "y", 21)],
    "INTENDS": [("e", "p", 3, 4), ("f", "q", 3, None), ("f", "r", 21, None)],
    "PARTY_TO": [("e", "a", 5, 6), ("p", "a", 5, 6), ("f", "b", 5, None), ("q", "b", 5, None)],
    "SUPERVISES": [("g", "a", 5, None), ("f", "b", 5, None)],  # f supervises its own agreement: that is no third party
    "INVESTS_IN": [("e", "p", 6), ("f", "q", 7)],
}


def drawn(name: str) -> st.SearchStrategy[list[Any]]:
    ends = [st.sampled_from(list(side)) for side in ENDS[name]]
    if name in MOMENTS:
        return st.lists(st.tuples(*ends, st.integers(0, 23)), max_size=7)
    spans = st.tuples(*ends, st.integers(0, 22), st.one_of(st.none(), st.integers(1, 9)))
    return st.lists(spans.map(lambda row: (*row[:3], None if row[3] is None else row[2] + row[3])), max_size=7)


tables = st.fixed_dictionaries({name: drawn(name) for name in ENDS})


def iso(day: int | None) -> str | None:
    return None if day is None else (FIRST + timedelta(day)).isoformat()


def view_of(rows: Rows) -> Records:
    relations = {}
    for name, told in rows.items():
        whole = [*told, *FILLERS.get(name, ())]
        columns = ("source", "target", "at") if name in MOMENTS else ("source", "target", "valid_from", "valid_to")
        cells = [[*row[:2], *map(iso, row[2:])] for row in whole]
        if cells:
            relations[name] = {column: [row[place] for row in cells] for place, column in enumerate(columns)}
    return eg.from_tables({kind: {"id": ids} for kind, ids in NODES.items()}, relations).records(day=iso(TODAY))


def told_by(rows: Rows) -> dict[str, dict[str, Any]]:
    return {row["group"]: row for row in eg.tracking(view_of(rows)).table.rows()}


def slowly(rows: Rows) -> dict[str, dict[str, float]]:
    """The measure, makerspace by makerspace and project by project."""
    whole = {name: [*rows[name], *FILLERS.get(name, ())] for name in ENDS}

    def on(name: str) -> list[Any]:
        return [row for row in whole[name] if row[2] <= TODAY and (row[3] is None or row[3] > TODAY)]

    def by(name: str) -> list[Any]:
        return [row for row in whole[name] if row[2] <= TODAY]

    found = {}
    for group in ("all", *sorted({row[0] for row in by("INCUBATES")})):
        here = {row[1] for row in on("INCUBATES") if group in ("all", row[0])}
        ever = {row[1] for row in by("INCUBATES") if group in ("all", row[0])}
        found[group] = {
            **_covered(here, group, on("INCUBATES"), on("TRACKS"), on("EMPLOYS"), on("SUPPLIES")),
            **_timed(ever, by("GIVES_FEEDBACK"), by("RAISES"), by("ANSWERS")),
            **_chained(ever, *(by(name) for name in ("TRACKS", "INTENDS", "PARTY_TO", "SUPERVISES", "INVESTS_IN"))),
        }
    return found


def _covered(here: set[str], group: str, homes: Any, tracks: Any, employs: Any, supplies: Any) -> dict[str, float]:
    trackers = {project: {row[0] for row in tracks if row[1] == project} for project in here}
    loads = {one: sum(one in those for those in trackers.values()) for one in set().union(*trackers.values())}
    nan = float("nan")
    shares = {
        name: sum(fits(len(those)) for those in trackers.values()) / len(here) if here else nan
        for name, fits in (("once", lambda n: n == 1), ("none", lambda n: n == 0), ("more", lambda n: n > 1))
    }

    def is_sent(tracker: str) -> bool:
        followed = [project for project, those in trackers.items() if tracker in those]
        spaces = {row[0] for row in homes if row[1] in followed and group in ("all", row[0])}
        bosses = {row[0] for row in employs if row[1] == tracker}
        return any(row[0] in bosses and row[1] in spaces for row in supplies)

    return {
        **shares,
        "projects": len(here),
        "trackers": len(loads),
        "load_mean": statistics.mean(loads.values()) if loads else nan,
        "load_max": max(loads.values(), default=nan),
        "sent": statistics.mean(map(is_sent, sorted(loads))) if loads else nan,
    }


def _timed(ever: set[str], feedback: Any, raises: Any, answers: Any) -> dict[str, float]:
    days = [sorted(row[2] for row in feedback if row[1] == project) for project in ever]
    intervals = [later - one for told in days for one, later in pairwise(told)]
    lasted, over = [], []
    for project, problem, asked in raises:
        if project in ever:
            told_on = [row[2] for row in answers if row[1] == problem and row[2] >= asked]
            lasted.append(min(told_on, default=TODAY) - asked)
            over.append(bool(told_on))
    return {
        "feedback_days": statistics.median(intervals) if intervals else float("nan"),
        "answer_days": kaplan_meier(np.array(lasted, np.int64), np.array(over, np.bool_)).median,
        "problems": len(lasted),
        "answered": sum(over),
    }


def _chained(ever: set[str], tracks: Any, intends: Any, parties: Any, supervises: Any, invests: Any) -> dict[str, int]:
    tracked = ever & {row[1] for row in tracks}
    wishes = {row[:2] for row in intends if row[1] in tracked}
    signers = {agreement: {row[0] for row in parties if row[1] == agreement} for agreement in NODES["Agreement"]}
    third = {row[1] for row in supervises if row[0] not in signers[row[1]]}
    agreed = {wish for wish in wishes if any(set(wish) <= signers[one] for one in third)}
    invested = {wish for wish in agreed if wish in {row[:2] for row in invests}}
    steps = {"intended": wishes, "agreed": agreed, "invested": invested}
    return {"tracked": len(tracked)} | {name: len({project for _, project in those}) for name, those in steps.items()}


def test_a_table_by_hand() -> None:
    found = told_by(HAND)
    assert list(found) == ["all", "m", "n"]
    numbers = {group: {name: cell for name, cell in row.items() if name not in ("group", "note")}
               for group, row in found.items()}  # fmt: skip
    assert numbers["all"] == {
        # p has t; q has t and u; r is over
        "once": 0.5, "none": 0.0, "more": 0.5, "projects": 2, "trackers": 2, "load_mean": 1.5, "load_max": 2.0,
        "sent": 0.5,  # t of e, who supplies m; the work of u at f is over
        "feedback_days": 4.0,  # 4 and 0 of p, 10 of q
        "answer_days": 7.0,  # 3 of r, 7 of p, q open since day 4: S = 2/3, then 1/3
        "problems": 3, "answered": 2, "tracked": 4, "intended": 2, "agreed": 1, "invested": 1,
    }  # fmt: skip
    assert numbers["m"] == {
        "once": 0.5, "none": 0.0, "more": 0.5, "projects": 2, "trackers": 2, "load_mean": 1.5, "load_max": 2.0,
        "sent": 0.5, "feedback_days": 4.0, "answer_days": 7.0, "problems": 2, "answered": 1,
        "tracked": 3, "intended": 2, "agreed": 1, "invested": 1,
    }  # fmt: skip
    assert numbers["n"] == pytest.approx({
        "once": 0.0, "none": 0.0, "more": 1.0, "projects": 1, "trackers": 2, "load_mean": 1.0, "load_max": 1.0,
        "sent": 0.0, "feedback_days": 10.0, "answer_days": 3.0, "problems": 2, "answered": 1,
        "tracked": 2, "intended": 1, "agreed": 0, "invested": 0,
    })  # fmt: skip
    assert all(row["note"] is None for row in found.values())
    sentence = eg.tracking(view_of(HAND)).explain("all")
    assert sentence.startswith("All makerspaces: active projects 2, 50.0% with one tracker, 0.0% with none")
    assert "signed under supervision with 1 and invested in 1." in sentence
    assert "全部众创空间：活跃项目 2 个" in eg.tracking(view_of(HAND)).explain("all", language="zh")


def test_what_does_not_exist_is_missing_with_every_reason() -> None:
    found = eg.tracking(view_of({"INCUBATES": [], "TRACKS": []}))
    assert found["group"].tolist() == ["all", "m"]
    reasons = (
        "no active project; no active tracker; trackers' employers or suppliers unknown; no project with two "
        "feedbacks; no problem raised"
    )
    assert found["note"].tolist() == [reasons, reasons]
    assert [(one.code, one.value) for one in found.findings] == [("no_rows", name) for name in READ[1:]]
    open_only = told_by({**HAND, "ANSWERS": [("t", "y", 21)]})["all"]
    assert np.isnan(open_only["answer_days"])
    assert open_only["note"] == "less than half of the problems answered"
    assert eg.tracking(view_of({"INCUBATES": [], "TRACKS": []})).explain("m").count("–") == 8


def test_without_incubates_there_is_one_row() -> None:
    rows = {name: told for name, told in HAND.items() if name != "INCUBATES"}
    (group, row), = told_by(rows).items()  # fmt: skip
    assert (group, row["projects"], row["once"], row["none"]) == ("all", 4, 0.5, 0.25)
    assert "trackers' employers or suppliers unknown" in row["note"]


@given(tables)
def test_it_equals_a_twin(rows: Rows) -> None:
    expected = slowly(rows)
    if not (rows["EMPLOYS"] and rows["SUPPLIES"]):
        expected = {group: {**row, "sent": float("nan")} for group, row in expected.items()}
    found = told_by(rows)
    assert list(found) == list(expected)
    for group, row in expected.items():
        assert {name: found[group][name] for name in row} == pytest.approx(row, nan_ok=True), group


@given(tables)
def test_laws(rows: Rows) -> None:
    view = view_of(rows)
    found = {row["group"]: row for row in eg.tracking(view).table.rows()}
    for row in found.values():
        if row["projects"]:
            assert row["once"] + row["none"] + row["more"] == pytest.approx(1)
        assert row["tracked"] >= row["intended"] >= row["agreed"] >= row["invested"]
        assert row["answered"] <= row["problems"]
        assert not row["trackers"] or row["load_mean"] <= row["load_max"] <= row["projects"]
        assert row["projects"] <= found["all"]["projects"]
    listed = eg.untracked(view)["id"].tolist()
    everything = found["all"]
    assert not everything["projects"] or len(listed) == pytest.approx(everything["none"] * everything["projects"])


@pytest.mark.parametrize(("relations", "seed"), [(1_000, 1), (5_000, 2), (20_000, 3)])
def test_the_truth_of_made_harbours(relations: int, seed: int) -> None:
    made = eg.harbour(relations=relations, seed=seed)
    row = next(eg.tracking(made.ecosystem.records()).table.rows())
    planted = [made.truth[f"{name}_projects"].num_rows for name in ("untracked", "doubly_tracked")]
    assert all(planted)
    assert [round(row[name] * row["projects"]) for name in ("none", "more")] == planted
    assert row["once"] == pytest.approx(1 - sum(planted) / row["projects"])


def test_harbour_as_it_ships() -> None:
    found = eg.tracking(eg.dataset("harbour").records())
    assert round(found["more"][0] * found["projects"][0]) == 3
    assert len(found) == 13


def test_what_it_needs_and_what_it_takes() -> None:
    eco = eg.dataset("harbour")
    with pytest.raises(ViewError, match=r"TRACKS: no such rows here; add a table relations/TRACKS\.csv"):
        eg.tracking(eco.records("INCUBATES"))
    with pytest.raises(ParameterError, match=r"eco\.records\(\)"):
        eg.tracking(eco.network("TRACKS"))
    with pytest.raises(ParameterError, match="its parameters: none"):
        eg.tracking(eco.records(), days=3)  # type: ignore[call-arg]  # the wrong call is what is tested
