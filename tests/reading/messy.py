"""Messy tables: a small schema with every trap, and random tables full of mistakes."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
from hypothesis import strategies as st

from ecograph.reading import Raw
from ecograph.schema import Attribute, NodeKind, RelationKind, Schema, Vocabulary, Word

Row = dict[str, Any]
Tables = dict[str, list[Row]]

BACKGROUND = Vocabulary("background", (Word("student", "大学生"), Word("returnee", "归国留学生")))
COLOUR = Vocabulary("colour", (Word("red", "红"), Word("blue", "蓝")), closed=True)

SCHEMA = Schema(
    "messy",
    kinds=(
        NodeKind("Actor", zh="主体"),
        NodeKind("Person", "Actor", "人员", branch=True),
        NodeKind(
            "Maker",
            "Person",
            "创客",
            attributes=(
                Attribute("background", zh="背景", vocabulary="background"),
                Attribute("colour", zh="颜色", vocabulary="colour"),
                Attribute("age", "integer", "年龄", minimum=0),
                Attribute("score", "number", "得分"),
                Attribute("active", "boolean", "活跃"),
                Attribute("joined", "date", "加入时间"),
                Attribute("home", zh="住处", ref="Place"),
            ),
        ),
        NodeKind("Helper", "Person", "帮手"),
        NodeKind("Team", "Actor", "团队", branch=True),
        NodeKind("Place", zh="场所"),
        NodeKind("Park", zh="园区"),
    ),
    relations=(
        RelationKind("MEETS", "Actor", "Actor", "见面", "span", directed=False),
        RelationKind("DOCKS", "Place", "Park", "对接", directed=False),
        RelationKind("MIXES", "Person", ("Maker", "Place"), "混合", directed=False, self_ties=True),
        RelationKind(
            "GIVES",
            "Actor",
            ("Actor", "Place"),
            "给予",
            "moment",
            attributes=(
                Attribute("thing", zh="物品", ref="Place"),
                Attribute("owner", zh="所有者", ref="Actor"),
                Attribute("amount", "number", "数量", minimum=0),
                Attribute("unit", zh="单位"),
                Attribute("colour", zh="颜色", vocabulary="colour"),
            ),
        ),
    ),
    vocabularies=(BACKGROUND, COLOUR),
)

NUMBERS = ["", " ", "1", "01", " 2 ", "-1", "+3", "1.5", "2.0", ".5", "1e3", "1,5", "1,234.5", "many", "nan", "-inf"]
NUMBERS += ["1e999", "9007199254740993"]
DATES = ["", "2024-01-05", "2024-01-05", "2024/1/6", " 2024-01-07 ", "2024-02-30", "2024-13-01", "0000-01-01", "5.1.24"]
DATES += ["2024-01-05T10:00:00Z", "2024-01-05 23:30+08:00", "2024-01-05 10:00", "2024-01-05 00:00:00"]
DATES += ["9999-12-31T23:00-02:00", "2024-01-05T25:00Z", "2024-01-05T10:00+08:75", "2024-01-05T10:00:00.1234567+0800"]
SOUND_DATES = ["", "2024-01-01", "2024-01-05", "2024-02-01T00:30:00+00:30"]
TRUTHS = ["", "true", "FALSE", "1", "0", "yes", "No", "是", "否", "maybe"]
WORDS = ["", "student", "大学生", " returnee ", "farmer", " ", "red", "红", "blue"]
IDS = ["ada", "bo", "cy", "00123", "NA"]
ENDS = [*IDS, "p1", "p2", "k1", "ghost", "", " "]
FEW = [*["ada", "cy"] * 4, *ENDS]  # so that ends repeat
STATED = ["", "", "Maker", "创客", "Person", "Place", "园区", "Frog"]


def _rows(most: int, **cells: list[str]) -> st.SearchStrategy[list[Row]]:
    return st.lists(st.fixed_dictionaries({name: st.sampled_from(pool) for name, pool in cells.items()}), max_size=most)


NODES: st.SearchStrategy[Tables] = st.fixed_dictionaries(
    {
        "Maker": _rows(
            9,
            id=[*IDS, ""],
            background=WORDS,
            colour=WORDS,
            age=NUMBERS,
            score=NUMBERS,
            active=TRUTHS,
            joined=DATES,
            home=["", "p1", "p2", "ada"],
            valid_from=SOUND_DATES,
            valid_to=SOUND_DATES,
            extra=["", "x", "1.0"],
        ),
        "Helper": _rows(4, id=["ada", "dee", " "], valid_from=DATES, valid_to=SOUND_DATES),
        "Team": _rows(3, id=["bo", "t1"], name=["", "NA"]),
        "Place": _rows(3, id=["p1", "p2"], name=["", "a", "b"]),
        "Park": _rows(3, id=["p1", "k1"]),
    }
)
RELATIONS: st.SearchStrategy[Tables] = st.fixed_dictionaries(
    {
        "MEETS": _rows(9, source=FEW, target=FEW, valid_from=SOUND_DATES, valid_to=SOUND_DATES),
        "DOCKS": _rows(6, source_kind=STATED, source=ENDS, target_kind=STATED, target=ENDS),
        "MIXES": _rows(6, source=FEW, target=FEW, key=["", "k", "l", "m", " "], note=["", "x"]),
        "GIVES": _rows(
            9,
            source=FEW,
            target=[*FEW, *["p2"] * 8],
            target_kind=STATED,
            at=DATES,
            thing=["", "p1", "k1"],
            owner=["", "ada", "bo", "p1"],
            amount=NUMBERS,
            unit=["", "CNY"],
            colour=WORDS,
        ),
    }
)


def raw(rows: list[Row], file: str, columns: tuple[str, ...] = ()) -> Raw:
    """Rows as a table of text; the columns have to be said where there are no rows."""
    names = columns or tuple(rows[0])
    return Raw(pa.table({name: pa.array([row[name] for row in rows], pa.string()) for name in names}), file)


def raws(tables: Mapping[str, list[Row]], folder: str) -> dict[str, list[Raw]]:
    """One file a kind; kinds without rows have none."""
    return {kind: [raw(rows, f"{folder}/{kind}.csv")] for kind, rows in tables.items() if rows}
