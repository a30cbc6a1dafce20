"""The contract: what every metric keeps by existing, on every awkward ecosystem."""

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

import ecograph as eg
from ecograph import registry
from ecograph.errors import EcographError, ParameterError, RepeatError, WeightError
from ecograph.result import KEYS
from ecograph.views import Flows, Histories, Ledger, Network, Panel, Records, TwoMode, View
from tests.strategies import CASES, Made, made

METRICS = registry.names()
TOWN_VIEWS = {Histories, Ledger, Panel, Records}
SIDES = {"makers": eg.side("Maker", through="SETTLED_IN"), "suppliers": eg.side("Enterprise", through="SUPPLIES")}


class Town(Made):
    """Plain tables of a made ecosystem of the innovation schema."""

    @cached_property
    def ecosystem(self) -> eg.Ecosystem:
        return eg.from_tables(self.nodes, self.relations)


@cache
def town(seed: int) -> Town:
    """A made makerspace ecosystem, every kind and relation in it."""
    tables = eg.harbour(relations=1_000, seed=seed)
    parts = [tables.nodes, tables.relations]
    return Town(*({kind: table.to_pydict() for kind, table in part.items()} for part in parts))


def needs_town(name: str) -> bool:
    """Whether a metric follows rules over the relation kinds of the innovation schema."""
    return not TOWN_VIEWS.isdisjoint(registry.metric(name).views)


def tables_for(name: str, case: str) -> Made:
    """What a metric is tried on: the graph of the case, or a town that stands for it."""
    return town(list(CASES).index(case)) if needs_town(name) else CASES[case]


def views_for(name: str, tables: Made) -> Iterator[View]:
    """Every sort of view the metric takes, with the role it reads and without."""
    measure, eco = registry.metric(name), tables.ecosystem
    role = {} if measure.reads in ("none", "any") else {measure.reads: "hours"}
    if Network in measure.views:
        for relation in ("ARC", "TIE"):
            yield eco.network(relation, kinds="Actor")
            if role:
                yield eco.network(relation, kinds="Actor", parallel="sum", **role)
            if measure.reads == "any":
                yield eco.network(relation, kinds="Actor", amount="amount")
    if TwoMode in measure.views:
        yield eco.two_mode("Actor -JOINS-> Project")
        if role or measure.reads == "any":
            yield (
                eco.two_mode("Actor -JOINS-> Project", amount="amount")
                if not role
                else eco.two_mode("Actor -JOINS-> Project", parallel="sum", **role)
            )
    if Flows in measure.views:
        yield eco.flows("ARC")
        yield eco.flows("ARC", outside="PublicBody")
    yield from town_views(measure.views, eco)


def town_views(taken: tuple[type[View], ...], eco: eg.Ecosystem) -> Iterator[View]:
    """Every sort of view of a town that a metric takes."""
    if Records in taken:
        yield eco.records()
        yield eco.between("2024-01-01", "2025-01-01").records()
    if Ledger in taken:
        yield eco.ledger()
        yield eco.ledger("category", unit="hours", day="2025-06-30")
        yield eco.between("2024-01-01", "2025-01-01").ledger()
    if Histories in taken:
        yield eco.histories()
        yield eco.histories(day="2024-06-30")
        yield eco.between("2024-01-01", "2025-01-01").histories()
    if Panel in taken:
        yield eco.panel("Makerspace", "quarter", sides=SIDES)
        yield eco.panel("Makerspace", "90 days", sides=SIDES, value="amount", unit="hours", apportion="start")
        yield eco.between("2024-01-01", "2025-01-01").panel("Makerspace", "month", sides=SIDES)


def results(name: str, tables: Made) -> Iterator[tuple[View, eg.Result]]:
    measure = registry.metric(name)
    for view in views_for(name, tables):
        yield view, measure(view, **measure.example)


def arrays_of(view: Any) -> Iterator[np.ndarray]:
    """Every array a view was made of."""
    for field in fields(view):
        value = getattr(view, field.name)
        for part in value if isinstance(value, tuple) else value.values() if isinstance(value, dict) else [value]:
            if isinstance(part, np.ndarray):
                yield part
            elif is_dataclass(part):
                yield from arrays_of(part)
            elif hasattr(part, "indptr"):
                yield from (part.data, part.indices, part.indptr)


cases = pytest.mark.parametrize("case", CASES)
metrics = pytest.mark.parametrize("name", METRICS)


@metrics
def test_a_declaration_is_whole(name: str) -> None:
    measure = registry.metric(name)
    assert measure.name == name
    assert measure.zh and not measure.zh.isascii()
    assert measure.source and measure.columns and measure.summaries["en"].endswith((".", "?"))
    assert measure.summaries["zh"].endswith(("。", "？")) and not measure.summaries["zh"].isascii()
    for column in measure.columns.values():
        assert column.meaning and column.zh and not column.zh.isascii()
    for sentences in measure.words.values():
        assert set(sentences) == {"en", "zh"} and all(sentences.values())
    needed = {one for one, parameter in measure.parameters.items() if parameter.default is parameter.empty}
    assert needed <= set(measure.example) <= set(measure.parameters)
    assert not set(measure.columns) & {*KEYS[measure.level], "note", "slice"}


@cases
@metrics
def test_a_result_has_its_shape(name: str, case: str) -> None:
    measure = registry.metric(name)
    seen = 0
    for view, result in results(name, tables_for(name, case)):
        seen += 1
        assert result.level == measure.level
        assert result.table.names == (*KEYS[measure.level], *measure.columns, "note")
        if measure.level == "node":
            nodes = list(zip(view.nodes.kinds.to_pylist(), view.nodes.ids.to_pylist(), strict=True))
            rows = list(zip(result["kind"].tolist(), result["id"].tolist(), strict=True))
            assert rows == nodes if not isinstance(view, Records) else rows == [one for one in nodes if one in {*rows}]
        if measure.level == "whole":
            assert len(result) == 1
        for column, about in measure.columns.items():
            cells = result.table.arrow(column)
            sorts = (pa.types.is_floating, pa.types.is_integer, pa.types.is_string, pa.types.is_date)
            assert any(is_of(cells.type) for is_of in sorts)
            assert about.unit != "unit of the view" or result.table.columns[column].unit == view.unit
    assert seen


@cases
@metrics
def test_values_keep_their_bounds_and_missing_ones_have_a_reason(name: str, case: str) -> None:
    measure = registry.metric(name)
    for _, result in results(name, tables_for(name, case)):
        notes = result["note"]
        for column, about in measure.columns.items():
            cells = result[column]
            if cells.dtype == object:
                continue
            missing = np.isnan(cells.astype(float))
            assert np.isfinite(cells.astype(float)[~missing]).all()
            assert not np.signbit(cells[cells == 0].astype(float)).any(), f"{column} has a negative zero"
            assert all(notes[missing]), f"{column} is missing without a note"
            least, greatest = about.bounds
            known = cells[~missing]
            assert least is None or (known >= least - 1e-12).all()
            assert greatest is None or (known <= greatest + 1e-12).all()


@cases
@metrics
def test_shuffled_rows_and_a_second_run_give_the_same_bytes(name: str, case: str, tmp_path: Path) -> None:
    for number, ((_, one), (_, other)) in enumerate(
        zip(results(name, tables_for(name, case)), results(name, tables_for(name, case).shuffled(11)), strict=True)
    ):
        assert one == other
        one.save(tmp_path / f"{number}-one.parquet")
        other.save(tmp_path / f"{number}-other.parquet")
        files = [(tmp_path / f"{number}-{which}.parquet").read_bytes() for which in ("one", "other")]
        assert files[0] == files[1]


@cases
@metrics
def test_a_result_is_repeated_and_survives_a_file(name: str, case: str, tmp_path: Path) -> None:
    eco = tables_for(name, case).ecosystem
    for view, result in results(name, tables_for(name, case)):
        result.save(tmp_path / "result.parquet")
        loaded = eg.load(tmp_path / "result.parquet")
        assert loaded == result and loaded.columns == result.columns
        assert eg.repeat(loaded, eco) == result
        with pytest.raises(RepeatError, match=r"eg\.repeat"):
            loaded.explain("x")
        assert view.recipe == result.provenance["recipe"]
    with pytest.raises(RepeatError, match="fingerprint="):
        eg.repeat(result, made(99).ecosystem)


@cases
@metrics
def test_measuring_changes_nothing(name: str, case: str) -> None:
    measure = registry.metric(name)
    for view in views_for(name, tables_for(name, case)):
        before = [cells.tobytes() for cells in arrays_of(view)]
        measure(view, **measure.example)
        assert [cells.tobytes() for cells in arrays_of(view)] == before


@metrics
def test_it_explains_draws_and_prints_itself(name: str, tmp_path: Path) -> None:
    for view, result in results(name, tables_for(name, "usual")):
        for row in range(len(result)):
            english, chinese = (result.explained(row, language) for language in ("en", "zh"))
            assert english and chinese and english != chinese and not chinese.isascii()
            assert not re.search(r"\bnan\b|[:：,，]\s*[.。]", f"{english} {chinese}")
            if result.level != "relation":
                assert result.explain(**{key: result[key][row] for key in result.keys}) == english
        for language in ("en", "zh"):
            drawn = result.plot(language=language)
            assert drawn.svg.startswith("<svg") and drawn.alternative
        assert result.metric in repr(result) and "<table" in result._repr_html_()
        result.to_csv(tmp_path / "result.csv")
        text = (tmp_path / "result.csv").read_text(encoding="utf-8-sig")
        assert len(text.splitlines()) == len(result) + 1
        assert len(result.frame()) == len(result)
        assert result.top(3).names == result.table.names and len(result.top(3)) <= 3
        assert pa.table(result).num_rows == len(result)
        assert view.n == view.nodes.n


@metrics
def test_wrong_calls_end_in_one_line(name: str) -> None:
    measure = registry.metric(name)
    view = next(views_for(name, tables_for(name, "usual")))
    wrong: list[tuple[Any, dict[str, Any]]] = [
        ("a view", measure.example),
        (view, {**measure.example, "no_such_parameter": 1}),
    ]
    for given, arguments in wrong:
        with pytest.raises(ParameterError) as caught:
            measure(given, **arguments)
        assert "\n" not in str(caught.value)
    other = next((kind for kind in (Network, TwoMode, Flows) if kind not in measure.views), None)
    if other is not None:
        eco = CASES["usual"].ecosystem
        stranger = {Network: lambda: eco.network("ARC"), Flows: lambda: eco.flows("ARC")}.get(
            other, lambda: eco.two_mode("Actor -JOINS-> Project")
        )()
        with pytest.raises(ParameterError, match="make one with eco"):
            measure(stranger, **measure.example)


@metrics
def test_a_view_with_only_another_role_is_refused_and_unweighted_is_explicit(name: str) -> None:
    measure, eco = registry.metric(name), CASES["usual"].ecosystem
    if measure.reads in ("any", "none") or Network not in measure.views:
        return
    other = "distance" if measure.reads == "strength" else "strength"
    view = eco.network("ARC", kinds="Actor", parallel="sum", **{other: "hours"})
    with pytest.raises(WeightError, match="unweighted"):
        measure(view, **measure.example)
    plain = measure(view.unweighted(), **measure.example)
    assert plain.table == measure(eco.network("ARC", kinds="Actor"), **measure.example).table
    assert eg.repeat(plain, eco) == plain


def digests() -> str:
    """One line a metric and view: name and digest of the result's bytes."""
    lines = []
    for name in METRICS:
        for _, result in results(name, town(7) if needs_town(name) else made(7, n=300, m=2_000)):
            text = result.table.to_json() + repr(sorted(result.provenance["recipe"]["arguments"].items()))
            lines.append(f"{name} {hashlib.sha256(text.encode()).hexdigest()}")
    return "\n".join(lines)


def test_hash_seed_and_threads_change_no_byte() -> None:
    program = "from tests.test_contract import digests; print(digests())"
    found = set()
    for hash_seed, threads in (("0", "1"), ("1", "2"), ("12345", "4"), ("0", "4")):
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "ECOGRAPH_THREADS": threads}
        environment["PYTHONPATH"] = str(Path(__file__).parent.parent)
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=False
        )
        assert done.returncode == 0, done.stderr
        found.add(done.stdout)
    assert len(found) == 1 and found.pop().count("\n") >= len(METRICS)


def test_a_metric_in_a_notebook_works_without_being_registered() -> None:
    from ecograph.metric import Values, metric

    columns = {"size": eg.Column("nodes", zh="节点数")}

    @metric(level="whole", zh="节点数", summary_zh="共有多少个节点。", source="counting", columns=columns)
    def size(network: Network) -> Values:
        """How many nodes there are."""
        return Values(columns={"size": [network.n]})

    result = size(CASES["usual"].ecosystem.network("ARC", kinds="Actor"))
    assert result["size"].tolist() == [30]
    assert issubclass(ParameterError, EcographError)


def test_names_are_unique_over_families_and_apart_from_modules() -> None:
    folder = Path(eg.__file__).parent
    modules = {path.stem for path in folder.iterdir() if path.suffix == ".py" or path.is_dir()} - {"__init__"}
    doors = set(eg._DOORS)
    assert not modules & (doors | set(METRICS))
    assert not doors & set(METRICS)
    files = [path for path in folder.glob("metrics/*/*.py") if path.stem != "__init__"]
    assert len(files) == len(METRICS)
    assert {*doors, *METRICS} <= set(dir(eg))
