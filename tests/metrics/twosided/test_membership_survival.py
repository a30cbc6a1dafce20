"""Membership survival: the trial of 6-MP as memberships, a table by hand, statsmodels, and what is left out."""

import csv
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import ParameterError, UnknownNameError, ViewError
from ecograph.methods.survival import kaplan_meier, log_rank

TODAY = date(2025, 12, 31)
Life = tuple[int, bool]


def ecosystem_of(lives: list[Life], backgrounds: list[str | None] | None = None) -> eg.Ecosystem:
    """A maker for each life, those that go on seen on the last day."""
    ids = [f"m{number:03}" for number in range(len(lives))]
    ends = [TODAY - timedelta(7) if over else TODAY + timedelta(1) for _, over in lives]
    spans = {
        "source": ids,
        "target": ["hub"] * len(ids),
        "valid_from": [(end - timedelta(days)).isoformat() for end, (days, _) in zip(ends, lives, strict=True)],
        "valid_to": [end.isoformat() if over else None for end, (_, over) in zip(ends, lives, strict=True)],
    }
    makers: dict[str, Any] = {"id": ids} | ({"background": backgrounds} if backgrounds else {})
    return eg.from_tables({"Makerspace": {"id": ["hub"]}, "Maker": makers}, {"SETTLED_IN": spans})


def records_of(eco: eg.Ecosystem) -> Any:
    return eco.records(day=TODAY.isoformat())


def test_the_trial_of_6_mp(reference: Path) -> None:
    tables = reference / "published_tables"
    with (tables / "km_6mp_data.csv").open() as file:
        lives = [(int(row["time"]), row["event"] == "1") for row in csv.DictReader(file)]
    with (tables / "km_6mp_expected.csv").open() as file:
        expected = {int(row["time"]): row for row in csv.DictReader(file)}
    found = eg.membership_survival(records_of(ecosystem_of(lives)), every=1)
    rows = {row["days"]: row for row in found.table.rows() if row["days"] in expected}
    assert [rows[day]["survival"] for day in expected] == pytest.approx(
        [float(row["survival"]) for row in expected.values()], abs=5e-7
    )
    assert [rows[day]["at_risk"] for day in expected] == [int(row["at_risk"]) for row in expected.values()]
    assert [round(rows[day]["survival"], 3) for day in expected] == [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert set(found["median"]) == {23}


def test_spans_that_touch_are_one_membership_and_one_that_comes_back_is_another() -> None:
    spans = {
        "source": ["a", "a", "a", "b", "b"],
        "target": ["hub", "hub", "hub", "hub", "lab"],
        "valid_from": ["2025-01-01", "2025-01-31", "2025-06-01", "2025-12-22", "2025-12-29"],
        "valid_to": ["2025-01-31", "2025-02-10", "2025-06-11", None, "2026-03-01"],
    }
    nodes = {"Makerspace": {"id": ["hub", "lab"]}, "Maker": {"id": ["a", "b"]}}
    found = eg.membership_survival(records_of(eg.from_tables(nodes, {"SETTLED_IN": spans})), every=10)
    # 40 days and 10 days, both over; 10 days and 3 days that go on
    assert found["days"].tolist() == [10, 20, 30, 40]
    assert found["at_risk"].tolist() == [3, 1, 1, 1] and found["ended"].tolist() == [1, 1, 1, 2]
    assert found["survival"].tolist() == pytest.approx([2 / 3, 2 / 3, 2 / 3, 0])


lives_drawn = st.lists(st.tuples(st.integers(1, 60), st.booleans(), st.sampled_from("xyz")), min_size=1, max_size=30)


@given(lives_drawn, st.integers(1, 30))
def test_groups_have_the_curves_of_their_members(rows: list[tuple[int, bool, str]], every: int) -> None:
    eco = ecosystem_of([row[:2] for row in rows], [row[2] for row in rows])
    found = eg.membership_survival(records_of(eco), by="background", every=every)
    labels = sorted({row[2] for row in rows})
    days, over = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    codes = np.array([labels.index(row[2]) for row in rows])
    assert list(dict.fromkeys(found["label"])) == labels
    p = log_rank(days, over, codes, len(labels)).p
    np.testing.assert_allclose(found["p"], p)
    for number, label in enumerate(labels):
        mine, curve = found["label"] == label, kaplan_meier(days[codes == number], over[codes == number])
        shares = curve.lasting(found["days"][mine].tolist())
        seen = (found["days"][mine] <= days[codes == number].max()) | (shares == 0)
        np.testing.assert_array_equal(found["survival"][mine], np.where(seen, shares, np.nan))
        assert (np.diff(found["survival"][mine][seen]) <= 0).all()
        assert found["at_risk"][mine].tolist() == [(days[codes == number] >= one).sum() for one in found["days"][mine]]


def test_who_came_before_a_period_or_has_no_label_or_day_is_left_out() -> None:
    lives, labels = [(30, True), (200, True), (50, False)], ["student", "student", None]
    eco = ecosystem_of(lives, labels)
    part = eco.between("2025-10-01", "2026-01-01")
    found = eg.membership_survival(part.records(), every=30)
    assert found.findings.counts() == {"began_before": 1} and found["at_risk"].tolist()[0] == 2
    by = eg.membership_survival(records_of(eco), by="background", every=30)
    assert by.findings.counts() == {"no_label": 1} and set(by["label"]) == {"student"}
    early = eg.membership_survival(eco.records(day="2025-11-20"), every=10)
    assert early.findings.counts() == {"after_day": 1}


def test_sentences() -> None:
    records = eg.dataset("harbour").records()
    found = eg.membership_survival(records, by="background", every=180)
    assert found.explain("student · 180").startswith("student: of ")
    assert found.explain("student · 180", language="zh").startswith("大学生：")
    assert eg.membership_survival(records).explain("90").startswith("All members: of ")


def test_wrong_calls() -> None:
    records = eg.dataset("harbour").records()
    with pytest.raises(ParameterError, match="every=0"):
        eg.membership_survival(records, every=0)
    with pytest.raises(ParameterError, match="moments"):
        eg.membership_survival(records, through="TRANSFERS")
    with pytest.raises(ViewError, match="relations/SETTLED_IN"):
        eg.membership_survival(eg.dataset("harbour").records("TRACKS"))
    with pytest.raises(UnknownNameError, match="Makr"):
        eg.membership_survival(records, who="Makr")
