"""Nothing is lost in silence: every row and every cell of a table is held, or a finding says where it stood."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from ecograph.content import Content
from ecograph.quality import Finding
from ecograph.reading import assemble, read_csv
from tests.reading.messy import DATES, ENDS, IDS, NUMBERS, SCHEMA, SOUND_DATES, STATED, TRUTHS, WORDS
from tests.reading.mutations import check_always

Rounds = Callable[[int, int], int]
Cells = Sequence[str]

ANY = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from(' ,;\t"\n\r\0\ufffd创'), max_size=6)


def column(pool: Sequence[str]) -> st.SearchStrategy[str]:
    return st.sampled_from(pool) | st.sampled_from(pool) | ANY


MAKERS = {
    "id": [*IDS, "1", "2", "3", "4"],
    "name": ["", "Ada"],
    "background": WORDS,
    "colour": WORDS,
    "age": NUMBERS,
    "score": NUMBERS,
    "active": TRUTHS,
    "joined": DATES,
    "home": ["", "p1", "p2", "p3"],
    "valid_from": SOUND_DATES,
    "valid_to": SOUND_DATES,
    "extra": ["", "x"],
}
GIFTS = {
    "source": [*IDS, *ENDS],
    "target": [*IDS, *ENDS],
    "target_kind": STATED,
    "at": DATES,
    "thing": ["", "p1", "k1"],
    "amount": NUMBERS,
    "unit": ["", "CNY"],
    "colour": WORDS,
    "note": ["", "x"],
    "key": ["", "", "k", "l"],
}
NODES = "id\nada\nbo\ncy\n00123\nNA\n"
PLACES = "id\np1\np2\n"
LEAVING = {
    *("wrong_fields", "blank_id", "duplicate_id", "ends_before_start", "blank_end", "unknown_end", "illegal_end"),
    *("ambiguous_end", "unknown_kind", "self_tie", "duplicate_key"),
}
"""Findings that say a row was left out; so does one about a mistaken date of its own, and one about equal nodes."""
DATED = {"bad_date", "no_zone"}
OWN_DATES = {"valid_from", "valid_to", "at"}


def rows(pools: dict[str, Sequence[str]]) -> st.SearchStrategy[list[list[str]]]:
    """Rows under these headings; some have a cell too many or too few."""
    whole = st.tuples(*[column(pool) for pool in pools.values()]).map(list)
    short, long = whole.map(lambda row: row[:-1]), whole.map(lambda row: [*row, "more"])
    return st.lists(whole | whole | whole | short | long, max_size=12)


def written(table: Sequence[Cells], separator: str, ending: str, quoted: bool) -> str:
    """Text of a table; what would be read as something else stands in quotes."""
    special = {separator, '"', "\n", "\r"}
    lines = [
        separator.join(
            '"' + cell.replace('"', '""') + '"' if quoted or special & set(cell) or len(cells) == 1 else cell
            for cell in cells
        )
        for cells in table
    ]
    return "".join(line + ending for line in lines)


def left_out(item: Finding, kind: str) -> bool:
    """Whether a finding says that its rows are not there."""
    own_date = item.code in DATED and item.column in OWN_DATES
    gone = {"equal_rows"} if kind == "Maker" or item.column == "key" else set()
    return own_date or item.code in LEAVING | gone


def check_rows(table: Sequence[Cells], names: Cells, kind: str, content: Content, findings: Sequence[Finding]) -> None:
    """Every row is held, or left out with a finding of its own row; never both."""
    origins = content.origins[kind].to_pylist()
    held = Counter(origin["row"] for origin in origins)
    gone = {item.row for item in findings if left_out(item, kind)}
    given = {number for number, cells in enumerate(table, start=2) if any(cells) or len(cells) != len(names)}
    assert not set(held) & gone
    assert set(held) | gone == given
    assert max(held.values(), default=1) == 1


def check_cells(table: Sequence[Cells], names: Cells, kind: str, content: Content, findings: Sequence[Finding]) -> None:
    """Every cell of a row that is held is there as well, or found; text is there as it was written."""
    found = {(item.row, item.column) for item in findings}
    read = content.nodes[kind].to_pylist() if kind == "Maker" else content.relation_rows(kind).to_pylist()
    for origin, row in zip(content.origins[kind].to_pylist(), read, strict=True):
        cells = dict(zip(names, table[origin["row"] - 2], strict=True))
        for name, cell in cells.items():
            if not cell.strip() or (origin["row"], name) in found:
                continue
            assert row.get(name) is not None, (origin["row"], name, cell)
            assert name not in ("id", "name", "source", "target", "note", "unit", "extra") or row[name] == cell


@pytest.mark.parametrize(("kind", "pools"), [("Maker", MAKERS), ("GIVES", GIFTS)])
def test_every_row_and_cell_is_held_or_found(
    tmp_path: Path, rounds: Rounds, kind: str, pools: dict[str, Sequence[str]]
) -> None:
    path = tmp_path / f"{kind}.csv"

    def law(table: list[list[str]], separator: str, ending: str, quoted: bool, encoding: str) -> None:
        text = written([list(pools), *table], separator, ending, quoted)
        path.write_bytes(text.encode(encoding))
        raw, found = read_csv(path, path.name, encoding=encoding.removesuffix("-sig"), separator=separator)
        content, findings = loaded(tmp_path, kind, raw)
        every = [item for item in (*found, *findings) if item.file == path.name]
        check_rows(table, list(pools), kind, content, every)
        check_cells(table, list(pools), kind, content, every)

    check_always(
        rounds(100, 1_500),
        law,
        table=rows(pools),
        separator=st.sampled_from([",", ";", "\t"]),
        ending=st.sampled_from(["\n", "\r\n", "\r"]),
        quoted=st.booleans(),
        encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
    )


def loaded(folder: Path, kind: str, raw: Any) -> tuple[Content, Sequence[Finding]]:
    """The table beside what it refers to."""
    others = {}
    for name, text in (("Place", PLACES), ("Maker", NODES), ("Park", "id\nk1\n")):
        (folder / "other.csv").write_text(text)
        others[name] = [read_csv(folder / "other.csv", f"{name}-other.csv")[0]]
    if kind == "Maker":
        return assemble(SCHEMA, {**others, "Maker": [raw]}, {})
    return assemble(SCHEMA, others, {kind: [raw]})


@pytest.mark.parametrize("many", [1_000, 1_001, 3_000])
def test_beyond_what_is_listed_every_row_is_counted(tmp_path: Path, many: int) -> None:
    path = tmp_path / "Maker.csv"
    lines = [("", "x", "7"), ("same", "x", "7"), ("1", "2"), ("id", "x", "seven"), ("2024", "x", "-1")]
    table = [
        [cells[0] + str(number) * (cells[0] not in ("", "same")), *cells[1:]]
        for number in range(many)
        for cells in lines
    ]
    path.write_text(written([["id", "extra", "age"], *table], ",", "\n", quoted=False))
    raw, found = read_csv(path, path.name)
    content, findings = assemble(SCHEMA, {"Maker": [raw]}, {})
    counts = Counter({item.code: 0 for item in findings})
    for item in (*found, *findings):
        counts[item.code] += item.count
    assert content.nodes["Maker"].num_rows == 2 * many + 1
    assert counts == {
        "blank_id": many,
        "equal_rows": many - 1,
        "wrong_fields": many,
        "bad_integer": many,
        "below_minimum": many,
        "unknown_column": 4 * many,
    }
