"""Query packs: questions that operators ask again and again, one a file, each told in its head comment.

A file ``queries/<pack>/<query>.cypher`` begins with comment lines that hold TOML: ``title``, ``purpose`` and ``act``
(what a row asks the operator to do) in both languages, ``parameters`` and ``columns``. One reading statement follows.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from ecograph import registry
from ecograph.errors import AddressError, ParameterError, QueryError, unknown
from ecograph.table import Column, Language, Table

if TYPE_CHECKING:
    from ecograph.content import Content
    from ecograph.cypher.embedded import Embedded
    from ecograph.cypher.gate import Statement
    from ecograph.ecosystem import Ecosystem
    from ecograph.schema import Schema
    from ecograph.stores.neo4j import Served

PACKAGE = Path(__file__).parent
FOLDERS = (PACKAGE / "queries", PACKAGE.parent / "queries")
TOLD = ("title", "purpose", "act")
LANGUAGES: tuple[Language, ...] = ("en", "zh")
PARTS = (*TOLD, "metric", "check", "parameters", "columns")
DAY = "as_of"
_COPIES: "WeakKeyDictionary[Content, Embedded]" = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a query asks for: its type, meaning and default; without one it must be given.

    A date called ``as_of`` is by default the day on which the data are read.
    """

    type: str
    meaning: str
    zh: str
    default: Any = None


@dataclass(frozen=True, slots=True)
class Query:
    """One query of a pack.

    Parameters
    ----------
    name : str
        Pack and file, as in ``tracking/untracked``.
    title, purpose, act : mapping of str to str
        What it is called, what it tells, and what a row asks the operator to do, by language.
    parameters : mapping of str to Parameter
        What it asks for.
    columns : mapping of str to Column
        What it answers.
    text : str
        The file as it stands, which is what runs.
    check : bool
        Whether a row is something to be put right.
    metric : str
        The metric that goes further than rows can; empty where there is none.
    """

    name: str
    title: Mapping[str, str]
    purpose: Mapping[str, str]
    act: Mapping[str, str]
    parameters: Mapping[str, Parameter]
    columns: Mapping[str, Column]
    text: str = field(repr=False)
    check: bool = False
    metric: str = ""

    def statement(self, schema: "Schema") -> "Statement":
        """The statement, passed by the gate.

        Raises
        ------
        QueryError
            If the gate refuses it, its columns are not those of the head comment, or the order of its rows is open.
        """
        from ecograph.cypher.gate import check

        types = {name: parameter.type for name, parameter in self.parameters.items()}
        try:
            statement = check(self.text, schema, types)
        except QueryError as error:
            raise QueryError(f"{self.name}: {error}") from None
        if tuple(statement.columns) != tuple(self.columns):
            found, told = ", ".join(statement.columns), ", ".join(self.columns)
            raise QueryError(f"{self.name}: it returns {found}, its head comment tells of {told}; make them alike")
        if not statement.settled:
            remedy = "let ORDER BY end in an id or key, or name in it all that the rows are grouped by"
            raise QueryError(f"{self.name}: its rows stand in no certain order; {remedy}")
        return statement

    def run(
        self,
        eco: "Ecosystem | Served",
        values: Mapping[str, Any] | None = None,
        *,
        timeout: float = 60.0,
        max_rows: int = 100_000,
    ) -> Table:
        """Answer the query.

        Parameters
        ----------
        eco : Ecosystem or Served
            What it is asked of: tables, of which a copy on this machine is asked, or what a Neo4j server has.
        values : mapping of str to object, optional
            Values of parameters; those that are left out have their defaults.
        timeout : float, default 60
            Seconds it may take.
        max_rows : int, default 100,000
            Rows it may answer.

        Returns
        -------
        Table
            Its columns, with their meanings.

        Raises
        ------
        ParameterError
            If a parameter has no value, or one that is not allowed.
        QueryError
            If the query is refused, takes too long, or answers too many rows.
        MissingPartError
            If what answers queries is not installed.
        """
        statement = self.statement(eco.schema)
        given = self._defaults(eco) | dict(values or {})
        found = _engine(eco).run(statement, given, timeout=timeout, max_rows=max_rows)
        return Table(found, self.columns)

    def _defaults(self, eco: "Ecosystem | Served") -> dict[str, Any]:
        known = {name: one.default for name, one in self.parameters.items() if one.default is not None}
        if DAY in self.parameters and DAY not in known:
            day = _day(eco)
            known |= {DAY: str(day)} if day else {}
        return known


def names(*folders: str | Path) -> tuple[str, ...]:
    """Names of the queries that come with ecograph, and of those in folders of packs, ascending."""
    return tuple(sorted({_name(path) for folder in (*FOLDERS, *folders) for path in Path(folder).glob("*/*.cypher")}))


def query(name: str, *folders: str | Path) -> Query:
    """Read a query by its name; a folder of one's own goes before the shipped ones.

    Parameters
    ----------
    name : str
        Pack and file, as in ``tracking/untracked``.
    *folders : str or Path
        Folders of packs.

    Returns
    -------
    Query
        Its head comment and its text; the statement is not checked yet.

    Raises
    ------
    UnknownNameError
        If there is no such query.
    QueryError
        If its head comment does not say what it must.

    Examples
    --------
    >>> import ecograph as eg
    >>> query("tracking/untracked").run(eg.dataset("harbour"))["project"].tolist()
    ['project-07', 'project-34', 'project-73']
    """
    if name not in names(*folders):
        raise unknown("query", name, names(*folders), "ecograph query list names all of them")
    places = (Path(folder) / f"{name}.cypher" for folder in (*folders, *FOLDERS))
    return read(next(place for place in places if place.is_file()))


def read(path: str | Path) -> Query:
    """Read a query from its file.

    Raises
    ------
    AddressError
        If there is no such file.
    QueryError
        If it is no UTF-8 text, or its head comment does not say what it must.
    """
    file = Path(path)
    if not file.is_file():
        raise AddressError(f"query={str(path)!r}: no such file; give the path of a .cypher file")
    try:
        text = file.read_bytes().decode("utf-8")
        head = tomllib.loads(_head(text))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise QueryError(f"{file}: its head comment is no TOML in UTF-8 ({error}); correct it") from None
    return _made(_name(file), head, text)


def _head(text: str) -> str:
    """The comment lines a text begins with, without their slashes."""
    lines = text.splitlines()
    end = next((place for place, line in enumerate(lines) if not line.startswith("//")), len(lines))
    return "\n".join(line[2:].strip() for line in lines[:end])


def _made(name: str, head: Mapping[str, Any], text: str) -> Query:
    _only(name, head, PARTS)
    title, purpose, act = (_said(name, part, head.get(part)) for part in TOLD)
    parameters = {one: _parameter(f"{name}: {one}", said) for one, said in head.get("parameters", {}).items()}
    columns = {one: _column(f"{name}: {one}", said) for one, said in head.get("columns", {}).items()}
    check, metric = head.get("check", False), head.get("metric", "")
    if not isinstance(check, bool):
        raise QueryError(f"{name}: check={check!r}; write check = true, or leave it out")
    if metric and metric not in registry.names():
        raise QueryError(f"{name}: {unknown('metric', str(metric), registry.names())}")
    return Query(name, title, purpose, act, parameters, columns, text, check, metric)


def _said(name: str, part: str, words: Any) -> Mapping[str, str]:
    if not isinstance(words, dict) or set(words) != set(LANGUAGES) or not all(words.values()):
        raise QueryError(f"{name}: {part} is missing in a language; write {part} = {{ en = '...', zh = '...' }}")
    return words


def _parameter(name: str, said: Mapping[str, Any]) -> Parameter:
    from ecograph.cypher.gate import TYPES

    _only(name, said, ("type", "meaning", "zh", "default"), ("type", "meaning", "zh"))
    if said["type"] not in TYPES:
        raise ParameterError(f"{name}: type={said['type']!r}; allowed: {', '.join(TYPES)}")
    return Parameter(**said)


def _column(name: str, said: Mapping[str, Any]) -> Column:
    _only(name, said, ("meaning", "zh", "unit", "words"), ("meaning", "zh"))
    return Column(**{**said, "words": _words(name, said.get("words", {}))})


def _words(name: str, words: Any) -> Mapping[str, str]:
    """Chinese of the words in a column: as they are told, or those of kinds, of relations or of a vocabulary."""
    if isinstance(words, Mapping):
        return words
    from ecograph.innovation import SCHEMA

    known = {one.name: {word.name: word.zh for word in one.words} for one in SCHEMA.vocabularies}
    known["kind"] = {kind.name: kind.zh for kind in SCHEMA.kinds}
    known["relation"] = {relation.name: relation.zh for relation in SCHEMA.relations}
    if str(words) not in known:
        raise QueryError(f"{name}: {unknown('vocabulary', str(words), known)}")
    return known[str(words)]


def _only(name: str, said: Any, allowed: Sequence[str], needed: Sequence[str] = ()) -> None:
    """Refuse what a head comment may not say, and miss what it must."""
    if not isinstance(said, dict):
        raise QueryError(f"{name} is {said!r}; write a table of {', '.join(allowed)}")
    for part in said:
        if part not in allowed:
            raise QueryError(f"{name}: no part {part!r}; allowed: {', '.join(allowed)}")
    for part in needed:
        if not said.get(part):
            raise QueryError(f"{name}: {part} is missing; add it to the head comment")


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def _day(eco: "Ecosystem | Served") -> object:
    from ecograph.ecosystem import Ecosystem

    return eco.records().day if isinstance(eco, Ecosystem) else eco.day


def _engine(eco: "Ecosystem | Served") -> "Embedded | Served":
    """Who answers; a copy of tables lives as long as they do."""
    from ecograph.cypher.embedded import Embedded
    from ecograph.ecosystem import Ecosystem

    if not isinstance(eco, Ecosystem):
        return eco
    if eco.content not in _COPIES:
        _COPIES[eco.content] = Embedded(eco.content)
    return _COPIES[eco.content]
