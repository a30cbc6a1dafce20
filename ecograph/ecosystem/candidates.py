"""Candidates: pairs of nodes whose names are the same or nearly so, for someone to judge."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from ecograph.ecosystem.likeness import near
from ecograph.ecosystem.names import without_form, words
from ecograph.errors import ParameterError
from ecograph.table import Column, Table
from ecograph.text import sentence, subject

if TYPE_CHECKING:
    from ecograph.ecosystem.typed import Ecosystem

TYPES = (pa.string(), pa.string(), pa.string(), pa.float64(), pa.string())


def candidates(eco: "Ecosystem", kind: str, *, least: float = 0.8, names: bool = False) -> Table:
    """Propose pairs of nodes that may be the same, by their names; nothing is merged.

    Names are compared in normal form: Unicode's form KC, case folded, without accents, punctuation, spaces and the
    legal form of a company (Ltd, GmbH, 有限公司, …). Equal normal forms score 1; so do the same words in another order.
    Otherwise the score is ``(m - d) / m``. Where each name has words that the other has not, m is the letters of these
    words, on the longer side, and d the fewest letters to insert, remove or replace that make those of one side of the
    other's, as they stand or in alphabetical order. Where only one name has more words, m is all its letters and d the
    letters of these words. Names whose numbers differ are no pair, unless their normal forms are equal.

    Of several nodes with one normal form each is paired with that of the least id, and only that one with others. Not
    every name is compared with every other: normal forms one letter apart always are, unless more than ten share the
    other letters, others where they are among the ten next to each other by their letters, by their letters from the
    last, or by their words from the rarest. Names without a letter or figure are not compared, those of more than 1,000
    only for equality.

    Parameters
    ----------
    eco : Ecosystem
        Where the nodes are.
    kind : str
        A kind, in English or Chinese; nodes of one leaf kind are compared with each other.
    least : float
        Least score of a pair, above 0 and up to 1.
    names : bool
        Compare names that are personal too; no legal form is taken off them.

    Returns
    -------
    Table
        Columns kind, a, b (ids, a before b), score and reason; highest score first, then by kind and ids.

    Raises
    ------
    ParameterError
        If names of the kind are personal and ``names`` is not set, or ``least`` is out of its range.
    UnknownNameError
        If the schema has no such kind.

    Examples
    --------
    >>> import ecograph as eg
    >>> firms = {"id": ["1", "2", "3"], "name": ["海尔集团有限公司", "海尔（集团）公司", "Zeta Ltd"]}
    >>> eg.candidates(eg.from_tables({"Enterprise": firms}, {}), "Enterprise")
    kind        a  b  score  reason
    Enterprise  1  2  1      the same without the legal form of the company
    """
    if not 0 < least <= 1:
        raise ParameterError(f"least={least!r}; allowed: above 0, up to 1")
    leaves = eco.schema.leaves(kind)
    personal = [leaf for leaf in leaves for one in eco.schema.node_columns(leaf) if one.name == "name" and one.personal]
    if personal and not names:
        said = f"the names of {' and '.join(personal)} are personal"
        raise ParameterError(f"kind={kind!r}: {said}; give names=True to compare them, or another kind")
    found = [
        (leaf, one.id, other.id, score, _reason(one, other))
        for leaf in leaves
        if leaf in eco.content.nodes and "name" in eco.content.nodes[leaf].column_names
        for one, other, score in _pairs(_spellings(eco.content.nodes[leaf], companies=leaf not in personal), least)
    ]
    found.sort(key=lambda pair: (-pair[3], leaves.index(pair[0]), pair[1], pair[2]))
    cells = zip(*found, strict=True) if found else [()] * len(TYPES)
    arrays = [pa.array(column, of) for column, of in zip(cells, TYPES, strict=True)]
    kinds = {leaf: eco.schema.kind(leaf).zh or leaf for leaf in leaves}
    return Table(dict(zip(_columns({}), arrays, strict=True)), _columns(kinds))


def _columns(kinds: Mapping[str, str]) -> dict[str, Column]:
    reasons = {told["en"]: told["zh"] for told in subject("candidates").values()}
    return {
        "kind": Column("kind of both nodes", zh="类型", words=kinds),
        "a": Column("id of the one node", zh="编号甲"),
        "b": Column("id of the other node", zh="编号乙"),
        "score": Column("share of the letters that agree", zh="相似度", bounds=(0, 1)),
        "reason": Column("why they may be the same", zh="理由", words=reasons),
    }


@dataclass(frozen=True, slots=True)
class _Spelling:
    """A node's name, its words, and those without the legal form of a company."""

    id: str
    name: str
    read: list[str]
    bare: list[str]


def _spellings(table: pa.Table, *, companies: bool) -> list[_Spelling]:
    """Names with a letter or figure, ascending by id."""
    found = []
    for id, name in zip(table.column("id").to_pylist(), table.column("name").to_pylist(), strict=True):
        if read := words(name or ""):
            found.append(_Spelling(id, name, read, without_form(read) if companies else read))
    return found


def _pairs(spellings: list[_Spelling], least: float) -> Iterator[tuple[_Spelling, _Spelling, float]]:
    """Each name and the first of its normal form, then first names of forms that are nearly the same."""
    firsts: dict[str, _Spelling] = {}
    for spelling in spellings:
        first = firsts.setdefault("".join(spelling.bare), spelling)
        if first is not spelling:
            yield first, spelling, 1.0
    heads = list(firsts.values())
    for one, other, score in zip(*near([head.bare for head in heads], least), strict=True):
        yield heads[one], heads[other], float(score)


def _reason(one: _Spelling, other: _Spelling) -> str:
    if one.name == other.name:
        code = "same"
    elif "".join(one.read) == "".join(other.read):
        code = "spelling"
    elif "".join(one.bare) == "".join(other.bare):
        code = "form"
    else:
        code = "order" if sorted(one.bare) == sorted(other.bare) else "near"
    return sentence("candidates", code, "en")
