"""Stage funnel: a chain solved by hand, a slow twin, harbour counted plainly, and laws."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import accumulate, groupby, pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import ParameterError, UnknownNameError, ViewError

Row = tuple[str, int, int | None, str]

FIRST, TODAY = date(2025, 1, 1), 60
STAGES = ("-1", "0", "1", "beyond")
TO = {"-1": "to_minus_1", "0": "to_0", "1": "to_1", "left": "to_left"}

HAND: list[Row] = [
    *(("p", 0, 10, "-1"), ("p", 10, 30, "0"), ("p", 30, None, "1")),
    *(("q", 0, 6, "-1"), ("q", 6, 10, "0"), ("q", 10, 18, "-1"), ("q", 18, None, "0")),
    ("r", 0, 8, "-1"),
    ("s", 5, 21, "0"),
    *(("t", 2, 12, "0"), ("t", 12, None, "beyond")),
    ("u", 50, None, "-1"),
]

lives = st.dictionaries(
    st.sampled_from("pqrstu"),
    st.tuples(
        st.integers(0, 20),
        st.lists(st.tuples(st.sampled_from(STAGES), st.integers(1, 15)), min_size=1, max_size=5),
        st.booleans(),
    ),
    min_size=1,
)


def rows_of(drawn: dict[str, tuple[int, list[tuple[str, int]], bool]]) -> list[Row]:
    """Spans that follow each other; the last may be open."""
    rows: list[Row] = []
    for project, (first, spans, is_open) in drawn.items():
        days = list(accumulate((length for _, length in spans), initial=first))
        rows += [(project, *days[place : place + 2], stage) for place, (stage, _) in enumerate(spans)]
        if is_open:
            rows[-1] = (*rows[-1][:2], None, rows[-1][3])
    return rows


def iso(day: int | None) -> str | None:
    return None if day is None else (FIRST + timedelta(day)).isoformat()


def spans_of(rows: Sequence[tuple[Any, ...]]) -> dict[str, list[Any]]:
    """A table of spans from source, target, first day and first day no longer."""
    names = ("source", "target", "valid_from", "valid_to")
    cells = [(*row[:2], iso(row[2]), iso(row[3])) for row in rows]
    return {name: [row[place] for row in cells] for place, name in enumerate(names)}


def ecosystem_of(rows: Sequence[Row], **others: Sequence[tuple[Any, ...]]) -> eg.Ecosystem:
    nodes = {
        "Maker": {"id": ["ada", "bo", "cy"], "background": ["student", "returnee", None]},
        "Team": {"id": ["team"]},
        "Makerspace": {"id": ["m"]},
        "Project": {"id": list("pqrstu")},
    }
    incubates = spans_of([("m", project, start, stop) for project, start, stop, _ in rows])
    incubates["stage"] = [row[3] for row in rows]
    return eg.from_tables(nodes, {"INCUBATES": incubates} | {name: spans_of(one) for name, one in others.items()})


def funnel(rows: Sequence[Row]) -> eg.Result:
    return eg.stage_funnel(ecosystem_of(rows).histories(day=iso(TODAY)))


def told_by(result: eg.Result) -> dict[str, dict[str, Any]]:
    return {row["group"]: row for row in result.table.rows()}


def slowly(rows: Sequence[Row]) -> dict[str, dict[str, float]]:
    """Counts project by project; probabilities and days by linear equations of their own, one for each question."""
    visits, steps, days, met, now = Counter(), Counter(), Counter(), Counter(), Counter()
    projects = sorted({row[0] for row in rows})
    for project in projects:
        mine = sorted((row for row in rows if row[0] == project), key=lambda row: row[1])
        runs = [list(group) for _, group in groupby(mine, key=lambda row: row[3])]
        history = [(run[0][3], run[0][1], run[-1][2]) for run in runs]
        met.update({stage for stage, _, _ in history})
        visits.update(stage for stage, _, _ in history)
        now.update(stage for stage, _, stop in history if stop is None or stop > TODAY)
        before = True
        for (stage, start, stop), later in pairwise([*history, None]):  # type: ignore[misc]  # the last has no later
            before = before and stage in ("-1", "0")
            if not before or stop is None or stop > TODAY:
                continue
            to = "left" if later is None else "1" if later[0] == "beyond" else later[0]
            steps[stage, to] += 1
            days[stage] += stop - start
            met["left"] += to == "left"
    return _solved(met, visits, now, steps, days, len(projects))


def _solved(met: Any, visits: Any, now: Any, steps: Any, days: Any, n: int) -> dict[str, dict[str, float]]:
    closed = {stage: sum(steps[stage, to] for to in TO) for stage in ("-1", "0")}
    shares = {(stage, to): steps[stage, to] / closed[stage] for stage in closed for to in TO if closed[stage]}
    mean = {stage: days[stage] / closed[stage] for stage in closed if closed[stage]}
    found = {}
    for stage in (*STAGES, "left"):
        row = {"projects": met[stage], "share": met[stage] / n}
        row |= {"now": now[stage] if stage != "left" else met[stage]}
        row |= {"visits": visits[stage] if stage != "left" else met[stage], "closed": closed.get(stage, 0)}
        if stage in closed:
            row |= {name: shares.get((stage, to), np.nan) for to, name in TO.items()}
            row |= {"mean_days": mean.get(stage, np.nan), **_hopes(stage, shares, mean)}
        found[stage] = row
    return found


def _hopes(stage: str, shares: Any, mean: Any) -> dict[str, float]:
    """Probability of 1 and expected days from a stage, over the stages that can be met from it."""
    met, names = {stage}, ["reaches_1", "days_to_1", "days_to_end"]
    met |= {to for (one, to), share in shares.items() if one in met and to in ("-1", "0") and share > 0}
    inside = sorted(met)
    ends = sum(shares.get((one, to), 0.0) for one in inside for to in ("1", "left"))
    loop = len(inside) == 2 and any(
        shares.get((one, other), 0) == 1 and shares.get((other, one), 0) == 1 for one, other in [inside]
    )
    if any(one not in mean for one in inside) or not ends or loop:
        return dict.fromkeys(names, np.nan)
    inner = np.array([[shares[one, to] for to in inside] for one in inside])
    place, eye = inside.index(stage), np.eye(len(inside))
    reach = np.linalg.solve(eye - inner, [shares[one, "1"] for one in inside])
    lasting = np.array([mean[one] for one in inside])
    end = np.linalg.solve(eye - inner, lasting)[place]
    if not reach[place] > 1e-12:
        return {"reaches_1": 0.0, "days_to_1": np.nan, "days_to_end": end}
    hopeful = reach > 1e-12
    given_1 = inner[hopeful][:, hopeful] * reach[hopeful] / reach[hopeful, np.newaxis]
    to_1 = np.linalg.solve(np.eye(hopeful.sum()) - given_1, lasting[hopeful])[int(hopeful[:place].sum())]
    return {"reaches_1": reach[place], "days_to_1": to_1, "days_to_end": end}


def test_a_chain_by_hand() -> None:
    found = told_by(funnel(HAND))
    counts = {stage: [row[name] for name in ("projects", "now", "visits", "closed")] for stage, row in found.items()}
    assert counts == {
        "-1": [4, 1, 5, 4],
        "0": [4, 1, 5, 4],
        "1": [1, 1, 1, 0],
        "beyond": [1, 1, 1, 0],
        "left": [2] * 3 + [0],
    }
    assert found["0"]["share"] == pytest.approx(4 / 6)
    assert [found["-1"][name] for name in TO.values()] == [0, 0.75, 0, 0.25]
    assert [found["0"][name] for name in TO.values()] == [0.25, 0, 0.5, 0.25]
    assert (found["-1"]["mean_days"], found["0"]["mean_days"]) == (8, 12.5)
    # N = 1/13 (16 12; 4 16), R = (0; 1/2) to 1
    assert [found[stage]["reaches_1"] for stage in ("-1", "0")] == pytest.approx([6 / 13, 8 / 13])
    assert [found[stage]["days_to_end"] for stage in ("-1", "0")] == pytest.approx([278 / 13, 232 / 13])
    # visits of those who reach 1: from -1 16/13 and 12/13 * 8/6, from 0 4/13 * 6/8 and 16/13
    assert [found[stage]["days_to_1"] for stage in ("-1", "0")] == pytest.approx([328 / 13, 224 / 13])
    assert [found["1"][name] for name in ("reaches_1", "days_to_1", "days_to_end", "note")] == [
        1, 0, 0, "the chain ends here"
    ]  # fmt: skip
    assert found["left"]["reaches_1"] == 0 and np.isnan(found["left"]["days_to_1"])
    sentence = funnel(HAND).explain("-1")
    assert sentence.startswith(
        "All projects: 4 were ever in stage -1, 1 are there now. Of 4 visits that are over, 8.0 days"
    )
    assert "46.2% reach stage 1, in 25.2 days; until 1 or leaving it takes 21.4 days" in sentence
    assert "46.2% 到达 1 阶段" in funnel(HAND).explain("-1", language="zh")


def test_what_comes_after_1_is_no_step_of_the_chain() -> None:
    found = told_by(funnel([("p", 0, 4, "-1"), ("p", 4, 8, "1"), ("p", 8, 12, "0"), ("q", 0, 9, "1")]))
    assert [found["-1"][name] for name in ("to_1", "reaches_1", "days_to_1")] == [1, 1, 4]
    assert [found["0"][name] for name in ("projects", "visits", "closed")] == [1, 1, 0]
    assert found["left"]["projects"] == 0


def test_what_is_not_told_is_missing_with_its_reason() -> None:
    young = told_by(funnel([("p", 0, 4, "-1"), ("p", 4, None, "0")]))
    assert young["-1"]["note"] == "it may lead to a stage no visit of which is over"
    assert young["0"]["note"] == "no visit is over"
    assert np.isnan([young["-1"]["reaches_1"], young["0"]["reaches_1"], young["0"]["mean_days"]]).all()
    assert young["-1"]["to_0"] == 1
    gone = told_by(funnel([("p", 0, 4, "-1")]))
    assert (gone["-1"]["reaches_1"], gone["-1"]["note"]) == (0, "nobody reaches 1 from here")
    nothing = funnel([("p", 70, None, "0")])
    assert set(nothing["projects"]) == {0} and all(note.startswith("no project; ") for note in nothing["note"])
    assert [one.code for one in nothing.findings] == ["after_day"]


def test_by_background_of_makers_and_of_members_of_teams_on_the_first_day() -> None:
    eco = ecosystem_of(
        HAND,
        WORKS_ON=[
            ("ada", "p", 0, None),
            ("bo", "p", 1, None),  # came later
            ("ada", "q", 0, None),
            ("team", "q", 0, None),
            ("team", "r", 0, 1),
            ("cy", "s", 0, None),  # has no background
            ("bo", "t", 0, 2),  # gone on the first day
        ],
        MEMBER_OF=[("bo", "team", 0, None), ("ada", "team", 3, None)],
    )
    view = eco.histories(day=iso(TODAY))
    found = eg.stage_funnel(view, by="background")
    rows = told_by(found)
    assert found["group"].tolist()[:2] == ["returnee · -1", "returnee · 0"]
    assert found["background"].tolist() == ["returnee"] * 5 + ["student"] * 5
    assert [rows[f"student · {stage}"]["projects"] for stage in (*STAGES, "left")] == [2, 2, 1, 0, 0]  # p and q
    assert [rows[f"returnee · {stage}"]["projects"] for stage in (*STAGES, "left")] == [2, 1, 0, 0, 1]  # q and r
    (missing,) = found.findings
    assert (missing.code, missing.count, missing.column) == ("no_label", 3, "background")  # s, t and u
    assert found.explain("returnee · left") == "returnee: 1 left before stage 1 (50.0%)."
    assert found.explain("returnee · left", language="zh").startswith("归国留学生：")
    alone = ecosystem_of([row for row in HAND if row[0] in "pq"])
    assert told_by(eg.stage_funnel(alone.histories(day=iso(TODAY))))["0"]["mean_days"] == 12
    assert rows["student · 0"]["mean_days"] == 12


def test_without_any_background_there_is_no_funnel_by_it() -> None:
    eco = ecosystem_of(HAND, WORKS_ON=[("cy", "p", 0, None)])
    found = eg.stage_funnel(eco.histories(day=iso(TODAY)), by="background")
    assert len(found) == 10 and set(found["projects"]) == {0}
    assert found.findings.counts() == {"no_label": 6}
    relations = {
        "WORKS_ON": {"source": ["cy"], "target": ["p"]},
        "INCUBATES": {"source": ["m"], "target": ["p"], "valid_from": ["2025-01-01"], "stage": ["0"]},
    }
    makers = {"id": ["cy"], "background": pa.nulls(1, pa.string())}
    nodes = {"Maker": makers, "Makerspace": {"id": ["m"]}, "Project": {"id": ["p"]}}
    nobody = eg.stage_funnel(eg.from_tables(nodes, relations).histories(), by="background")
    assert len(nobody) == 0 and nobody.findings.counts() == {"no_label": 1}
    with pytest.raises(UnknownNameError, match="background"):
        eg.stage_funnel(eg.from_tables(nodes | {"Maker": {"id": ["cy"]}}, relations).histories(), by="background")


@given(lives)
def test_it_equals_a_twin(drawn: dict[str, tuple[int, list[tuple[str, int]], bool]]) -> None:
    rows = rows_of(drawn)
    rows = [row for row in rows if row[1] <= TODAY]
    found = told_by(funnel(rows))
    for stage, expected in slowly(rows).items():
        assert {name: found[stage][name] for name in expected} == pytest.approx(expected, nan_ok=True), stage


@given(lives)
def test_laws(drawn: dict[str, tuple[int, list[tuple[str, int]], bool]]) -> None:
    rows = rows_of(drawn)
    found = told_by(funnel(rows))
    for stage in ("-1", "0"):
        row = found[stage]
        if row["closed"]:
            assert sum(row[name] for name in TO.values()) == pytest.approx(1)
        if not np.isnan(row["reaches_1"]):
            assert row["days_to_end"] >= row["mean_days"] - 1e-9
        assert row["visits"] >= max(row["projects"], row["closed"])
    later = [(project, start + 3, None if stop is None else stop + 3, stage) for project, start, stop, stage in rows]
    moved = eg.stage_funnel(ecosystem_of(later).histories(day=iso(TODAY + 3)))
    assert moved.table == funnel(rows).table


def test_harbour_counted_plainly() -> None:
    made = eg.harbour(relations=5_000, seed=2)
    found = told_by(eg.stage_funnel(made.ecosystem.histories()))
    spans: dict[str, list[Any]] = {}
    for row in made.relations["INCUBATES"].to_pylist():
        spans.setdefault(row["target"], []).append(row)
    for stage in STAGES:
        assert found[stage]["projects"] == sum(any(row["stage"] == stage for row in mine) for mine in spans.values())
    last = [max(mine, key=lambda row: row["valid_from"]) for mine in spans.values()]
    left = [row for row in last if row["stage"] in ("-1", "0") and row["valid_to"] is not None]
    assert found["left"]["projects"] == len(left) > 0
    assert found["-1"]["now"] == sum(row["stage"] == "-1" and row["valid_to"] is None for row in last)


def test_slices_and_a_result_made_again() -> None:
    eco = eg.dataset("harbour")
    found = eg.stage_funnel(eco.slices("year").histories(), by="background")
    assert eg.repeat(found, eco) == found
    assert len(set(found["slice"].astype(str))) >= 3


def test_what_it_needs_and_what_it_takes() -> None:
    eco = eg.dataset("harbour")
    with pytest.raises(ParameterError, match="by='industry'; allowed: background"):
        eg.stage_funnel(eco.histories(), by="industry")  # type: ignore[arg-type]  # the wrong word is what is tested
    with pytest.raises(ParameterError, match=r"eco\.histories\(\)"):
        eg.stage_funnel(eco.records())
    with pytest.raises(ViewError, match="'finance_matching' is no stage"):
        eg.stage_funnel(eco.histories("OFFERS_SERVICE", state="service"))
    with pytest.raises(ViewError, match=r"INCUBATES: no such rows here; add a table relations/INCUBATES\.csv"):
        eg.stage_funnel(eg.from_tables({"Project": {"id": ["p"]}}, {}).histories())
    with pytest.raises(ViewError, match="WORKS_ON: no such rows here"):
        eg.stage_funnel(ecosystem_of(HAND).histories(), by="background")
