"""Making an ecosystem of tables."""

from collections.abc import Mapping, Sequence
from typing import Any

from ecograph.ecosystem.typed import Ecosystem
from ecograph.errors import LoadError
from ecograph.innovation import SCHEMA
from ecograph.quality import Finding, Findings
from ecograph.reading import Raw, Waiting, assemble
from ecograph.schema import Schema
from ecograph.table import to_arrow

REFUSED = 10


def from_tables(
    nodes: Mapping[str, Any],
    relations: Mapping[str, Any],
    schema: Schema | None = None,
    *,
    strict: bool = False,
) -> Ecosystem:
    """Make an ecosystem of frames.

    Parameters
    ----------
    nodes : mapping of str to frame
        By kind, in English or Chinese: anything with an Arrow stream (pandas, Polars, DuckDB, pyarrow), or a dict of
        columns. Each has a column ``id``.
    relations : mapping of str to frame
        By relation kind: columns ``source`` and ``target``, and the kinds of the ends where ids alone are ambiguous.
    schema : Schema, optional
        The innovation schema if not given.
    strict : bool
        Refuse the tables if any row or cell cannot be used.

    Returns
    -------
    Ecosystem
        What could be used; the rest is in its ``quality``.

    Raises
    ------
    LoadError
        If a table cannot be read at all, or ``strict`` and something cannot be used.

    Examples
    --------
    >>> import ecograph as eg
    >>> eco = eg.from_tables({"Maker": {"id": ["ada", "bo"]}}, {"COLLABORATES": {"source": ["ada"], "target": ["bo"]}})
    >>> eco
    ecosystem: 2 nodes, 1 relations, 0 findings
    """
    raw_nodes = {kind: [Raw(to_arrow(frame), f"nodes/{kind}")] for kind, frame in nodes.items()}
    raw_relations = {kind: [Raw(to_arrow(frame), f"relations/{kind}")] for kind, frame in relations.items()}
    return assembled(schema or SCHEMA, raw_nodes, raw_relations, strict=strict)


def assembled(
    schema: Schema,
    nodes: Mapping[str, Sequence[Raw | Waiting]],
    relations: Mapping[str, Sequence[Raw | Waiting]],
    *,
    findings: Mapping[str, Sequence[Finding]] | None = None,
    factors: Mapping[tuple[str, str], float] | None = None,
    manifest: Mapping[str, Any] | None = None,
    strict: bool = False,
) -> Ecosystem:
    """Make an ecosystem of raw tables; ``strict`` refuses it if any row or cell cannot be used.

    ``findings`` by file are asked for after all tables were read.
    """
    content, found = assemble(schema, nodes, relations, factors=factors or {})
    quality = Findings([item for items in (findings or {}).values() for item in items]) + found
    if strict:
        refuse_errors(quality)
    return Ecosystem(content, quality, manifest)


def refuse_errors(quality: Findings) -> None:
    """Refuse tables of which any row or cell cannot be used.

    Raises
    ------
    LoadError
        If so, with the first of them.
    """
    errors = quality.of("error")
    if len(errors):
        lines = "; ".join(item.line() for item in list(errors)[:REFUSED])
        raise LoadError(f"strict: {sum(errors.counts().values()):,} rows or cells cannot be used: {lines}")
