"""Asked: what queries of packs have answered, as one page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from ecograph.ecosystem import Ecosystem
from ecograph.packs import DAY, Query
from ecograph.page.door import place_of
from ecograph.page.holdings import Holdings
from ecograph.page.render import LANGUAGES, about, described, environment, policy, style
from ecograph.page.sheet import Head, Sheet
from ecograph.page.wording import Sentences
from ecograph.table import Column, Language, Table
from ecograph.text import subject

if TYPE_CHECKING:
    from ecograph.stores.neo4j import Served

SHOWN = 200
"""Rows of one query that stand on the page."""


@dataclass(frozen=True, eq=False)
class Asked:
    """A query that has been asked.

    Parameters
    ----------
    query : Query
        The query.
    rows : Table
        What it answered.
    values : mapping of str to object
        Values that were given to its parameters; the others had their defaults.
    """

    query: Query
    rows: Table
    values: Mapping[str, Any] = field(default_factory=dict)


class Rows(Sheet):
    """Rows of a query, headed as the query says and not in the words of the report."""

    def heads(self, wording: Sentences) -> list[Head]:
        """Headings in order."""
        chinese = wording.language == "zh"
        named = zip(super().heads(wording), self.table.columns.items(), strict=True)
        return [replace(head, text=column.zh if chinese else name.replace("_", " ")) for head, (name, column) in named]


@dataclass(frozen=True, eq=False)
class Answer:
    """A query and its rows in the words of a page."""

    place: str
    title: str
    purpose: str
    act: str
    sheet: Sheet
    values: str
    further: str


@dataclass(frozen=True, eq=False)
class Pack:
    """Answers of one pack, one after the other."""

    place: str
    title: str
    answers: Sequence[Answer]


def answers(eco: "Ecosystem | Served", asked: Sequence[Asked], path: str | Path, *, language: Language = "en") -> Path:
    """Write what queries have answered as one offline HTML file.

    At its top stand the checks that have found something, then every query of every pack with its rows and what to do
    with them.

    Parameters
    ----------
    eco : Ecosystem or Served
        What they were asked of.
    asked : sequence of Asked
        The queries and their rows.
    path : str or Path
        The file to write; one that is there is replaced.
    language : {"en", "zh"}
        Language of the page.

    Returns
    -------
    Path
        Where it is.

    Raises
    ------
    AddressError
        If the folder of the file does not exist, or a folder stands where the file should.
    """
    file = place_of(Path(path))
    wording, look = Sentences(language), style()
    told = _about(eco, wording)
    days = {str(one.values.get(DAY) or told["day"]) for one in asked}
    shown = {one.query.name: _answer(one, wording, str(told["day"] or "")) for one in asked}
    checks = [one for one in asked if one.query.check]
    text = (
        environment()
        .get_template("asked.html")
        .render(
            about={**told, "day": days.pop() if len(days) == 1 else None},
            packs=list(_packs(asked, shown, wording)),
            wrong=[shown[one.query.name] for one in checks if len(one.rows)],
            checks=len(checks),
            say=wording.say,
            wording=wording,
            rest_of=lambda sheet: wording.say("asked.more", count=sheet.rest, called=sheet.name),
            language=LANGUAGES[language],
            style=look,
            policy=policy(look, ""),
        )
    )
    file.write_text(text, encoding="utf-8")
    return file


def _about(eco: "Ecosystem | Served", wording: Sentences) -> Mapping[str, Any]:
    """What was asked; a server is not read to the end for the first and the last day of its data."""
    if isinstance(eco, Ecosystem):
        return about(Holdings(eco), wording, version("ecograph"))
    rows = {"fingerprint": eco.fingerprint, "version": version("ecograph")}
    return described(eco.manifest, wording, eco.day, rows)


def _packs(asked: Iterable[Asked], shown: Mapping[str, Answer], wording: Sentences) -> Iterable[Pack]:
    for number, (pack, own) in enumerate(groupby(asked, lambda one: one.query.name.partition("/")[0]), start=1):
        known: Mapping[str, Mapping[str, str]] = subject("page")["packs"]
        title = known[pack][wording.language] if pack in known else pack
        yield Pack(f"pack-{number}", title, [shown[one.query.name] for one in own])


def _answer(one: Asked, wording: Sentences, day: str) -> Answer:
    query, language = one.query, wording.language
    further = (
        wording.say("asked.further", metric=wording.metric(query.metric), called=query.metric) if query.metric else ""
    )
    return Answer(
        place=f"query-{query.name}",
        title=query.title[language],
        purpose=query.purpose[language],
        act=query.act[language],
        sheet=Rows(query.name, query.title[language], _worded(one.rows, wording), shown=SHOWN, open=True),
        values=wording.listed(_values(one, wording, day)),
        further=further,
    )


def _values(one: Asked, wording: Sentences, day: str) -> Iterable[str]:
    """Values the query was asked with."""
    chinese = wording.language == "zh"
    for name, parameter in one.query.parameters.items():
        value = one.values.get(name, parameter.default)
        shown = day if value is None and name == DAY else value
        yield f"{parameter.zh}：{shown}" if chinese else f"{parameter.meaning}: {shown}"


def _worded(rows: Table, wording: Sentences) -> Table:
    """The rows with their lists, answers of yes and no, and words of a vocabulary as a page tells them."""
    cells = {name: _cells(rows.arrow(name), column, wording) for name, column in rows.columns.items()}
    return Table(pa.table(cells), rows.columns)


def _cells(column: Any, told: Column, wording: Sentences) -> Any:
    if pa.types.is_list(column.type):
        return pa.array([None if cell is None else wording.listed(map(str, cell)) for cell in column.to_pylist()])
    if pa.types.is_boolean(column.type):
        return pc.if_else(column, wording.say("asked.yes"), wording.say("asked.no"))
    if not (told.words and pa.types.is_string(column.type)):
        return column
    zh = wording.language == "zh"
    words = [(told.words.get(cell) or cell) if zh else _plain(cell) for cell in column.to_pylist()]
    return pa.array(words, pa.string())


def _plain(word: str | None) -> str | None:
    """A word of a vocabulary without the signs that join it."""
    return word.replace("_", " ") if word else word
