"""Cells: numbers, dates, truths and words as people write them."""

from datetime import UTC, date, datetime
from typing import Any

from tests.reading.corpus.case import Case, makers

SCHEMA = """
[schema]
kinds = [{ name = "Maker", attributes = [
    { name = "age", type = "integer", zh = "年龄", minimum = 0, maximum = 150 },
    { name = "score", type = "number", zh = "得分" },
    { name = "share", type = "number", minimum = 0, maximum = 1 },
    { name = "size", type = "integer" },
    { name = "active", type = "boolean", zh = "活跃" },
    { name = "joined", type = "date", zh = "加入日期" },
    { name = "colour", vocabulary = "colour", zh = "颜色" },
    { name = "home", ref = "Makerspace", zh = "住处" },
] }]
vocabularies = [{ name = "colour", closed = true, words = [{ name = "red", zh = "红" }, "blue"] }]
"""
NOON = datetime(2024, 1, 5, 4, tzinfo=UTC)
DAY = date(2024, 1, 5)
GONE: tuple[None, str] = (None, "")

# by column: what is written, what must be held, and the code of the finding where there is one
CELLS: dict[str, dict[str, tuple[Any, str]]] = {
    "score": {
        "12": (12.0, ""),
        " 12 ": (12.0, ""),
        "+1.5": (1.5, ""),
        "-0": (0.0, ""),
        ".5": (0.5, ""),
        "1e3": (1000.0, ""),
        "NaN": (None, "not_finite"),
        "inf": (None, "not_finite"),
        "-Infinity": (None, "not_finite"),
        "1e999": (None, "not_finite"),
        "1,5": (None, "bad_number"),
        "1,234.5": (None, "bad_number"),
        "1.234,5": (None, "bad_number"),
        "1 234": (None, "bad_number"),
        "12%": (None, "bad_number"),
        "¥12": (None, "bad_number"),
        "12万": (None, "bad_number"),
        "十二": (None, "bad_number"),
        "１２": (None, "bad_number"),
        "−5": (None, "bad_number"),
        "1/2": (None, "bad_number"),
        "0x10": (None, "bad_number"),
        "1_000": (None, "bad_number"),
        "(5)": (None, "bad_number"),
        "=1+1": (None, "bad_number"),
        "N/A": (None, "bad_number"),
        "-": (None, "bad_number"),
        "#DIV/0!": (None, "bad_number"),
        " ": GONE,
        "\u3000": GONE,
        "9" * 400: (None, "not_finite"),
        "0." + "0" * 400 + "1": (0.0, ""),
    },
    "age": {
        "30": (30, ""),
        "030": (30, ""),
        "30.0": (30, ""),
        "30.5": (None, "bad_integer"),
        "-1": (None, "below_minimum"),
        "151": (None, "above_maximum"),
        "30岁": (None, "bad_integer"),
        "nan": (None, "not_finite"),
    },
    "share": {
        "1": (1.0, ""),
        "1.01": (None, "above_maximum"),
        "-0.01": (None, "below_minimum"),
        "50%": (None, "bad_number"),
    },
    "size": {
        "9007199254740991": (2**53 - 1, ""),
        "9007199254740992": (None, "bad_integer"),
        "9007199254740993": (None, "bad_integer"),
        "-9007199254740993": (None, "bad_integer"),
        "1e15": (10**15, ""),
        "99999999999999999999": (None, "bad_integer"),
    },
    "active": dict.fromkeys(("true", "TRUE", "Yes", "1", "是", " true "), (True, ""))
    | dict.fromkeys(("false", "No", "0", "否"), (False, ""))
    | dict.fromkeys(("y", "T", "2", "1.0", "-1", "对", "√", "maybe"), (None, "bad_boolean")),
    "joined": {
        "2024-01-05": (DAY, ""),
        "2024/1/5": (DAY, ""),
        "2024.1.5": (DAY, ""),
        "2024年1月5日": (DAY, ""),
        " 2024-01-05 ": (DAY, ""),
        "2024-01-05 00:00:00": (DAY, ""),
        "2024-02-29": (date(2024, 2, 29), ""),
        "2024-01-05T12:00:00+08:00": (NOON, ""),
        "2024-01-05 04:00Z": (NOON, ""),
        "2024-01-05 12:00": (None, "no_zone"),
        "2024-01-05T12:00:00": (None, "no_zone"),
        "2023-02-29": (None, "bad_date"),
        "2024-13-01": (None, "bad_date"),
        "2024-00-10": (None, "bad_date"),
        "2024-04-31": (None, "bad_date"),
        "31/12/2024": (None, "bad_date"),
        "12/31/2024": (None, "bad_date"),
        "05.01.2024": (None, "bad_date"),
        "5 Jan 2024": (None, "bad_date"),
        "45321": (None, "bad_date"),
        "45321.5": (None, "bad_date"),
        "0000-00-00": (None, "bad_date"),
        "9999-12-31": (date(9999, 12, 31), ""),
        "10000-01-01": (None, "bad_date"),
        "-0001-01-01": (None, "bad_date"),
        "2024-1": (None, "bad_date"),
        "2024": (None, "bad_date"),
        "20240105": (None, "bad_date"),
        "２０２４-01-05": (None, "bad_date"),
        "二〇二四年一月五日": (None, "bad_date"),
        "至今": (None, "bad_date"),
        "2024-01-05T24:00Z": (None, "bad_date"),
        "2024-01-05T10:00+25:00": (None, "bad_date"),
        "2024-01-05T10:00Asia/Shanghai": (None, "bad_date"),
    },
    "colour": {
        "red": ("red", ""),
        "红": ("red", ""),
        " blue ": ("blue", ""),
        "RED": (None, "closed_word"),
        "green": (None, "closed_word"),
        "red,blue": (None, "closed_word"),
    },
    "background": {
        "student": ("student", ""),
        "大学生": ("student", ""),
        "farmer": ("farmer", "open_word"),
        " farmer ": ("farmer", "open_word"),
    },
    "home": {
        "hub": ("hub", ""),
        "ada": (None, "unknown_reference"),
        "HUB": (None, "unknown_reference"),
        " hub": (None, "unknown_reference"),
    },
}


def cell(column: str, written: str, held: Any, code: str) -> Case:
    """A table of one maker with one cell beside the id."""
    quoted = '"' + written.replace('"', '""') + '"'
    found = [f"{code} @ 2 {column}"] if code else []
    case = makers(f"id,{column}\nada,{quoted}\n", *found, manifest=SCHEMA, id=["ada"], **{column: [held]})
    return Case({**case.files, "nodes/Makerspace.csv": "id\nhub\n"}, case.found, holds=case.holds)


def numbers(written: str, manifest: str, held: list[float | None], *found: str) -> Case:
    return makers(written, *found, manifest=manifest + SCHEMA, score=held)


GERMAN = '[reading]\ndecimal = ","\nthousands = "."\n'
SPACED = '[reading]\nthousands = " "\n'
DECLARED = {
    "a comma declared for decimals": numbers('id,score\n1,"1,5"\n2,3\n', '[reading]\ndecimal = ","\n', [1.5, 3.0]),
    "a point where a comma is declared": numbers(
        "id,score\n1,1.5\n", '[reading]\ndecimal = ","\n', [None], "bad_number @ 2 score"
    ),
    "thousands declared": numbers(
        'id,score\n1,"1,234,567.5"\n2,1234\n', '[reading]\nthousands = ","\n', [1234567.5, 1234.0]
    ),
    "thousands in groups of two": numbers(
        'id,score\n1,"12,34"\n2,"1,2345"\n',
        '[reading]\nthousands = ","\n',
        [None, None],
        *(f"bad_number @ {row} score" for row in (2, 3)),
    ),
    "thousands and decimals declared": numbers("id;score\n1;1.234,5\n", GERMAN, [1234.5], "assumed_separator @ - "),
    "thousands beside a space that does not break": numbers(
        "id,score\n1,1\u00a0234\n2,1\u202f234\n3,1 234\n", SPACED, [1234.0] * 3
    ),
    "an apostrophe between thousands": numbers(
        "id,score\n1,1'234\n2,1’234\n", '[reading]\nthousands = "\'"\n', [1234.0] * 2
    ),
}


def named(column: str, written: str) -> str:
    return f"{column} {written if len(written) <= 40 else written[:10] + '…'!r}"


CASES: dict[str, Case] = {
    named(column, written): cell(column, written, held, code)
    for column, cells in CELLS.items()
    for written, (held, code) in cells.items()
} | DECLARED
