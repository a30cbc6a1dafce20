"""Harbour as a whole: complete, legal, repeatable, of the size asked for, and as files."""

import re
import time
from pathlib import Path

import numpy as np
import pytest

import ecograph as eg
from ecograph.errors import AddressError, EcographError, ParameterError
from ecograph.generate.harbour import Harbour, harbour, write_dataset
from ecograph.innovation import SCHEMA

DATASET = Path(__file__).parents[2] / "datasets" / "harbour"
AS_OF = "2025-12-31"


def rows(made: Harbour) -> int:
    return sum(table.num_rows for table in made.relations.values())


def test_every_kind_and_relation_is_there(made: Harbour) -> None:
    assert tuple(made.nodes) == made.ecosystem.kinds == SCHEMA.leaves()
    assert tuple(made.relations) == made.ecosystem.relation_kinds == tuple(one.name for one in SCHEMA.relations)
    assert all(table.num_rows for table in made.truth.values())


def test_every_end_the_schema_allows_some_relation_has(large: Harbour) -> None:
    """Kinds of ends that stand in the schema by name, not only as a branch."""
    for relation in SCHEMA.relations:
        table = large.ecosystem.relations(relation.name)
        for end, kinds in (("source", relation.sources), ("target", relation.targets)):
            found = set(table[f"{end}_kind"])
            named = {kind for kind in kinds if SCHEMA.leaves(kind) == (kind,)}
            assert named <= found, f"{relation.name} has no {end} of {named - found}"


def test_every_attribute_has_values(made: Harbour) -> None:
    for kind in SCHEMA.leaves():
        wanted = {column.name for column in SCHEMA.node_columns(kind)} - {"valid_from", "valid_to"}
        assert wanted <= set(made.nodes[kind].column_names)
    for relation in SCHEMA.relations:
        wanted = {attribute.name for attribute in relation.attributes}
        table = made.relations[relation.name]
        assert wanted <= set(table.column_names)
        assert not any(table.column(name).null_count for name in wanted)


def test_loading_finds_nothing(made: Harbour) -> None:
    assert not len(made.ecosystem.quality)


@pytest.mark.parametrize("seed", range(12))
def test_loading_the_smallest_finds_nothing(seed: int) -> None:
    made = harbour(1_000, seed)
    assert not len(made.ecosystem.quality)
    assert all(table.num_rows for part in made.parts.values() for table in part.values())
    assert 980 <= rows(made) <= 1_020


@pytest.mark.parametrize("relations", [1_000, 1_234, 5_000, 30_000, 100_000])
def test_there_are_as_many_relations_as_asked(relations: int) -> None:
    assert abs(rows(harbour(relations, 9)) - relations) <= 0.02 * relations


def test_every_date_lies_in_the_three_years(made: Harbour) -> None:
    first, end = np.datetime64("2023-01-01"), np.datetime64("2026-01-01")
    for table in (*made.nodes.values(), *made.relations.values()):
        for name in ("valid_from", "valid_to", "at"):
            if name in table.column_names:
                found = table.column(name).drop_null().to_numpy()
                assert (found >= first).all()
                assert (found <= (np.datetime64(AS_OF) if name == "at" else end)).all()


def test_what_is_told_of_projects_lies_in_their_lives(made: Harbour) -> None:
    lives = {row["id"]: (row["valid_from"], row["valid_to"]) for row in made.nodes["Project"].to_pylist()}
    for name, table in made.relations.items():
        for row in table.to_pylist():
            for end in ("source", "target"):
                if row[end] not in lives or name == "ANSWERS":
                    continue
                born, gone = lives[row[end]]
                start, stop = row.get("at", row.get("valid_from")), row.get("at", row.get("valid_to"))
                assert born <= start, name
                if name not in ("DEMANDS", "TRANSFERS") and gone is not None:
                    assert stop is not None and stop <= gone, name


def test_activity_is_heavy_tailed(large: Harbour) -> None:
    """The most active hundredth of the makers stands in more than a tenth of the rows; evenly it would be 0.01."""
    makers = set(large.nodes["Maker"].column("id").to_pylist())
    for relation in ("COMMUNICATES", "ATTENDS", "DEMANDS"):
        found = [one for one in large.relations[relation].column("source").to_pylist() if one in makers]
        counts = np.sort(np.unique(found, return_counts=True)[1])[::-1]
        assert counts[: len(makers) // 100].sum() > 0.1 * len(found), relation


def test_makerspaces_have_every_mode(made: Harbour) -> None:
    words = {word.name for word in SCHEMA.vocabulary("mode").words}
    assert set(made.nodes["Makerspace"].column("mode").to_pylist()) == words


def test_names_are_chinese_for_persons_and_in_both_languages_for_the_rest(made: Harbour) -> None:
    chinese, english = re.compile("[\u4e00-\u9fff]"), re.compile("[A-Za-z]")
    for kind, table in made.nodes.items():
        for name in table.column("name").to_pylist():
            assert chinese.search(name)
            assert bool(english.search(name)) != (kind in ("Maker", "Professional"))


def test_names_of_all_but_persons_differ(made: Harbour) -> None:
    for kind, table in made.nodes.items():
        if kind not in ("Maker", "Professional"):
            assert len(set(table.column("name").to_pylist())) == table.num_rows, kind


def test_units_belong_to_resources(made: Harbour) -> None:
    units: dict[str, set[str]] = {}
    for relation in ("SUPPLIES", "DEMANDS", "TRANSFERS"):
        for row in made.relations[relation].to_pylist():
            units.setdefault(row["resource"], set()).add(row["unit"])
    assert set.union(*units.values()) == {"CNY", "hours", "m2"}
    assert all(len(found) == 1 for found in units.values())


def test_equal_seeds_give_equal_bytes_and_others_do_not(tmp_path: Path) -> None:
    for name, seed in (("one", 5), ("two", 5), ("other", 6)):
        harbour(2_000, seed).write(tmp_path / name)
    paths = [path.relative_to(tmp_path / "one") for path in sorted((tmp_path / "one").rglob("*.*"))]
    contents = [[(tmp_path / name / path).read_bytes() for path in paths] for name in ("one", "two", "other")]
    assert contents[0] == contents[1]
    equal = {path.stem for path, one, other in zip(paths, contents[0], contents[2], strict=True) if one == other}
    assert equal == {"cross_side_effects"}


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_what_was_written_is_read(tmp_path: Path, made: Harbour, ending: str) -> None:
    made.write(tmp_path / "harbour", ending)
    eco = eg.read(tmp_path / "harbour")
    assert eco == made.ecosystem
    assert not len(eco.quality)
    assert eco.manifest == made.manifest == made.ecosystem.manifest
    assert eco.manifest["as_of"] == AS_OF
    found = {path.stem for path in (tmp_path / "harbour" / "truth").glob(f"*.{ending}")}
    assert found == set(made.truth)


def test_nothing_is_written_over(tmp_path: Path) -> None:
    made = harbour(1_000)
    made.write(tmp_path / "there")
    with pytest.raises(AddressError, match=r"nodes, relations, truth, ecosystem\.toml is there; give a new or empty"):
        made.write(tmp_path / "there", "parquet")
    with pytest.raises(ParameterError, match="format='xlsx'; allowed: csv, parquet"):
        made.write(tmp_path / "new", "xlsx")  # type: ignore[arg-type]
    (tmp_path / "file").write_text("")
    with pytest.raises(AddressError, match="a file is there"):
        made.write(tmp_path / "file")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"relations": 999}, "relations=999; allowed: 1,000 to 10,000,000"),
        ({"relations": 10_000_001}, "relations=10000001; allowed: 1,000 to 10,000,000"),
        ({"seed": -1}, "seed=-1; allowed: 0 or more"),
    ],
)
def test_arguments_are_refused(arguments: dict[str, int], message: str) -> None:
    with pytest.raises(EcographError, match=re.escape(message)):
        harbour(**arguments)


def test_a_hundred_thousand_relations_take_seconds() -> None:
    started = time.process_time()
    harbour(100_000)
    assert time.process_time() - started < 5


def test_the_dataset_is_the_small_form(tmp_path: Path) -> None:
    write_dataset(tmp_path)
    fresh = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.*")}
    kept = {path.relative_to(DATASET): path.read_bytes() for path in DATASET.rglob("*.*") if path.name != "SOURCE.md"}
    assert kept == fresh
    write_dataset(tmp_path)
    assert {path.relative_to(tmp_path) for path in tmp_path.rglob("*.*")} == set(kept)


def test_the_dataset_s_source_counts_right() -> None:
    told = dict(re.findall(r"`(\w+/\w+)\.csv` \| ([\d,]+)", (DATASET / "SOURCE.md").read_text(encoding="utf-8")))
    made = harbour()
    counts = {f"{part}/{name}": table.num_rows for part, tables in made.parts.items() for name, table in tables.items()}
    assert {name: int(count.replace(",", "")) for name, count in told.items()} == counts
