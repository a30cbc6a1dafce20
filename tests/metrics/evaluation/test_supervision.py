"""Supervision: agreements by hand, plain Python on made towns, and laws."""

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ecograph as eg
from ecograph.errors import ParameterError, UnknownNameError, ViewError
from tests.strategies import keyed, made

NODES = {
    "Enterprise": {"id": ["firm", "rival"]},
    "ServiceProvider": {"id": ["law"]},
    "PublicBody": {"id": ["office"]},
    "Team": {"id": ["crew"]},
    "Project": {"id": ["app"]},
    "Agreement": {"id": ["a1", "a2", "a3", "a4"]},
}


def agreed(parties: list[tuple[str, str]], supervisors: list[tuple[str, str]]) -> eg.Ecosystem:
    rows = {"PARTY_TO": parties, "SUPERVISES": supervisors}
    tables = {
        relation: {"source": [one for one, _ in pairs], "target": [other for _, other in pairs]}
        for relation, pairs in rows.items()
        if pairs
    }
    return eg.from_tables(NODES, tables)


def by_hand() -> eg.Ecosystem:
    parties = [("firm", "a1"), ("crew", "a1"), ("app", "a1"), ("firm", "a2"), ("crew", "a2"), ("firm", "a3")]
    supervisors = [("law", "a1"), ("law", "a1"), ("office", "a1"), ("firm", "a1"), ("firm", "a2"), ("law", "a4")]
    return agreed(parties, supervisors)


def test_agreements_by_hand() -> None:
    names = ("supervised", "supervisors", "parties", "own_supervisors", "supervised_by", "agreed_by", "note")
    rows = {row["id"]: tuple(row[name] for name in names) for row in eg.supervision(by_hand().records()).table.rows()}
    assert rows["a1"] == (1, 2, 3, 1, "office, law", "crew, firm, app", None)
    assert rows["a2"] == (0, 0, 2, 1, None, "crew, firm", None)  # a party that supervises itself is no third party
    assert rows["a3"] == (0, 0, 1, 0, None, "firm", None)
    assert np.isnan(rows["a4"][0]) and rows["a4"][1:] == (1, 0, 0, "law", None, "no party on record")


def test_it_equals_plain_python(rounds) -> None:
    ecosystems = [eg.harbour(relations=1_000, seed=seed).ecosystem for seed in range(rounds(5, 100))]
    for eco in (eg.dataset("harbour"), *ecosystems):
        parties, watching = (defaultdict(set), defaultdict(set))
        for relation, found in (("PARTY_TO", parties), ("SUPERVISES", watching)):
            for row in eco.relations(relation).rows():
                found[row["target"]].add((row["source_kind"], row["source"]))
        result = eg.supervision(eco.records())
        assert result["id"].tolist() == eco.nodes("Agreement")["id"].tolist()
        for row in result.table.rows():
            signed, third = parties[row["id"]], watching[row["id"]] - parties[row["id"]]
            assert (row["parties"], row["supervisors"]) == (len(signed), len(third))
            assert row["own_supervisors"] == len(watching[row["id"]] & signed)
            assert sorted((row["supervised_by"] or "").split(", ")) == sorted(one for _, one in third or {("", "")})
            assert row["supervised"] == (1 if third else 0) if signed else np.isnan(row["supervised"])


agreements = st.sampled_from(NODES["Agreement"]["id"])
actors = st.sampled_from(["firm", "rival", "law", "office", "crew"])
pairs = st.lists(st.tuples(actors, agreements), min_size=1, max_size=12)


@given(pairs, pairs, agreements)
def test_a_third_party_helps_and_a_party_does_not(parties, supervisors, agreement: str) -> None:
    before = keyed(eg.supervision(agreed(parties, supervisors).records()), "supervised")
    signed = {actor for actor, one in parties if one == agreement}
    for actor in ("firm", "law"):
        after = keyed(eg.supervision(agreed(parties, [*supervisors, (actor, agreement)]).records()), "supervised")
        for node, value in after.items():
            changed = node[1] == agreement and actor not in signed and bool(signed)
            assert value == 1 if changed else value == pytest.approx(before[node], nan_ok=True)


@given(pairs, pairs)
def test_rows_said_twice_count_once(parties, supervisors) -> None:
    once = eg.supervision(agreed(sorted(set(parties)), sorted(set(supervisors))).records())
    assert once.table == eg.supervision(agreed(parties * 2, supervisors * 2).records()).table


def test_missing_tables_another_schema_and_another_view_are_refused() -> None:
    for eco, table in (
        (eg.from_tables({}, {}), "PARTY_TO"),
        (agreed([], [("law", "a1")]), "PARTY_TO"),
        (agreed([("firm", "a1")], []), "SUPERVISES"),
    ):
        with pytest.raises(ViewError, match=rf"relations/{table}\.csv"):
            eg.supervision(eco.records())
    with pytest.raises(UnknownNameError, match="PARTY_TO"):
        eg.supervision(made(7).ecosystem.records())
    with pytest.raises(ParameterError, match=r"eco\.records\(\)"):
        eg.supervision(made(7).ecosystem.flows("ARC"))


def test_it_names_the_supervisors_and_the_share() -> None:
    result = eg.supervision(by_hand().records())
    share = "Of 3 agreements with parties, 1 are supervised by a third party (33.3%)."
    assert result.explain("a1") == f"a1 (parties: 3) is supervised by a third party: office, law. {share}"
    assert result.explain("a2") == f"a2 (parties: 2) is supervised only by its own parties: firm. {share}"
    assert result.explain("a3") == f"a3 (parties: 1) is supervised by nobody. {share}"
    assert result.explain("a4").startswith("a4 has no party on record")
    assert result.explain("a1", language="zh").startswith("a1（签约方 3 个）有第三方监督：office、law。")
    assert "不算第三方监督。3 份有签约方的协议中，1 份有第三方监督（33.3%）" in result.explain("a2", language="zh")


def test_agreements_that_nobody_signed_have_no_share_to_divide_by() -> None:
    tables = {"PARTY_TO": {"source": ["firm"], "target": ["a1"], "valid_to": ["2024-01-01"]},
              "SUPERVISES": {"source": ["law"], "target": ["a2"]}}  # fmt: skip
    eco = eg.from_tables(NODES, tables)
    assert np.isnan(keyed(eg.supervision(eco.records()), "supervised")["Agreement", "a2"])
    with pytest.raises(ViewError, match="PARTY_TO"):
        eg.supervision(eco.between("2025-01-01", "2026-01-01").records())
