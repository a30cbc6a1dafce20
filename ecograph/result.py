"""Result: a table with its level, findings and provenance."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ecograph.errors import AddressError, LoadError, ParameterError, RepeatError, UnknownNameError, unknown
from ecograph.methods.ranking import ranks
from ecograph.quality import Finding, Findings
from ecograph.table import Column, Frame, Language, Table, columns_from

if TYPE_CHECKING:
    from ecograph.charts import Chart

Level = Literal["node", "relation", "pair", "group", "term", "whole"]
Explainer = Callable[[int, Language], str]

KIND, ID = Column("kind of the node", zh="类型"), Column("id of the node", zh="编号")
KEYS: Mapping[Level, Mapping[str, Column]] = {
    "node": {"kind": KIND, "id": ID},
    "relation": {
        "relation": Column("relation kind", zh="关系"),
        "key": Column("key of the relation", zh="键"),
        "source_kind": Column("kind of the node it starts from", zh="起点类型"),
        "source": Column("id of the node it starts from", zh="起点"),
        "target_kind": Column("kind of the node it ends at", zh="终点类型"),
        "target": Column("id of the node it ends at", zh="终点"),
    },
    "pair": {
        "a_kind": Column("kind of the first node", zh="甲类型"),
        "a": Column("id of the first node", zh="甲"),
        "b_kind": Column("kind of the second node", zh="乙类型"),
        "b": Column("id of the second node", zh="乙"),
    },
    "group": {"group": Column("name of the group", zh="组")},
    "term": {"equation": Column("equation", zh="方程"), "term": Column("term of the equation", zh="项")},
    "whole": {},
}
NAMES: Mapping[Level, Sequence[str]] = {
    "node": ("id",),
    "relation": ("source", "target"),
    "pair": ("a", "b"),
    "group": ("group",),
    "term": ("term",),
    "whole": (),
}
"""Keys that name a row, by level; the others are needed where names are shared."""
SLICE = "slice"
METADATA = b"ecograph"
PLOTTED = 15


class Result:
    """What a metric found: a tidy table, its findings, and everything needed to compute it again.

    Parameters
    ----------
    table : Table
        Key columns of the level, the metric's columns, and ``note`` last.
    level : {"node", "relation", "pair", "group", "term", "whole"}
        What one row is.
    metric : str
        Name of the metric.
    zh : str
        Its Chinese term.
    findings : Findings
        Rows left out, reasons of missing values, diagnostics.
    provenance : mapping
        Recipe, parameters, fingerprint, version and source, as plain data.
    explainer : callable, optional
        Says, for the position of a row and a language, why the row has its value.
    """

    __slots__ = ("_explainer", "findings", "level", "metric", "provenance", "table", "zh")

    def __init__(
        self,
        table: Table,
        *,
        level: Level,
        metric: str,
        zh: str,
        findings: Findings,
        provenance: Mapping[str, Any],
        explainer: Explainer | None = None,
    ) -> None:
        self.table = table
        self.level = level
        self.metric = metric
        self.zh = zh
        self.findings = findings
        self.provenance = provenance
        self._explainer = explainer

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the metric's own columns: neither keys nor the note."""
        return tuple(name for name in self.table.names if name not in self.keys and name != "note")

    @property
    def keys(self) -> tuple[str, ...]:
        """Names of the key columns: the slice where there are slices, then those of the level."""
        return (*((SLICE,) if SLICE in self.table.names else ()), *KEYS[self.level])

    def __len__(self) -> int:
        return len(self.table)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Result):
            return NotImplemented
        return self.table == other.table and self.provenance == other.provenance and self.findings == other.findings

    __hash__ = None  # type: ignore[assignment]  # equality is by content

    def __getitem__(self, name: str) -> Any:
        """One column as a numpy array."""
        return self.table[name]

    def frame(self) -> Frame:
        """The table as a pandas frame."""
        return self.table.frame()

    def top(self, n: int = 10, by: str | None = None) -> Table:
        """The rows with the largest values, ties in the order of the keys, missing values last.

        Numbers that differ by less than 1e-12 of them are ties, as they are in ranks.

        Parameters
        ----------
        n : int
            How many rows, at least 1.
        by : str, optional
            The column; the metric's first column if not given.

        Returns
        -------
        Table
            At most ``n`` rows.

        Raises
        ------
        ParameterError
            If ``n`` is below 1.
        UnknownNameError
            If there is no such column.
        """
        if n < 1:
            raise ParameterError(f"n={n}; it must be at least 1")
        by = by or self.columns[0]
        if by not in self.columns:
            raise unknown("column", by, self.columns)
        keys = [(key, "ascending") for key in self.keys]
        cells = {name: self.table.arrow(name) for name in (*self.keys, by)}
        if pa.types.is_floating(cells[by].type):
            values = cells[by].to_numpy()
            ranked = ranks(values, np.zeros(len(values), np.int8))
            cells[by] = pa.array(-ranked, mask=ranked == 0)
        order = pc.sort_indices(pa.table(cells), sort_keys=[(by, "descending"), *keys])
        return self.table.take(order.to_numpy()[:n])

    def explain(self, *names: str, language: Language = "en", **keys: str) -> str:
        """Say in words and numbers why a row has its value.

        Parameters
        ----------
        *names : str
            Id of the node, ids of both ends of a pair or relation, or name of the group; none for a result of one row.
        language : {"en", "zh"}
            Language of the sentence.
        **keys : str
            Other key columns, where they are needed to tell rows apart: ``kind=`` where two kinds share the id,
            ``slice=`` where there are several.

        Returns
        -------
        str
            A sentence.

        Raises
        ------
        ParameterError
            If there are more names than the rows have, or no such key column.
        UnknownNameError
            If no row, or more than one, has these keys.
        RepeatError
            If the result was loaded from a file and its view is gone.
        """
        if self._explainer is None:
            raise RepeatError(f"{self.metric}: this result has no view to explain from; use eg.repeat(result, eco)")
        return self._explainer(self._row(names, keys), language)

    def explained(self, row: int, language: Language = "en") -> str:
        """Sentence of the row of a number; empty where the result has no view to explain from."""
        return self._explainer(row, language) if self._explainer else ""

    def _row(self, names: Sequence[str], keys: Mapping[str, str]) -> int:
        """Number of the one row that has the names and keys asked for."""
        named = NAMES[self.level]
        if len(names) > len(named) or not keys.keys() <= set(self.keys):
            said = ", ".join([*map(repr, names), *(f"{key}=" for key in keys)])
            known = ", ".join([*named, *(f"{key}=" for key in self.keys if key not in named)])
            raise ParameterError(f"{self.metric}.explain({said}): rows of level {self.level} have {known or 'no keys'}")
        wanted = {**dict(zip(named, names, strict=False)), **keys}
        fits = np.ones(len(self), np.bool_)
        for key, value in wanted.items():
            fits &= self.table[key].astype(str) == str(value)
        rows = np.flatnonzero(fits)
        if len(rows) == 1:
            return int(rows[0])
        said = ", ".join(f"{key}={value!r}" for key, value in wanted.items())
        if not len(rows):
            raise UnknownNameError(f"{self.metric} has no row with {said}; its keys: {', '.join(self.keys)}")
        missing = ", ".join(f"{key}=" for key in self.keys if key not in wanted)
        raise UnknownNameError(f"{self.metric}: {len(rows)} rows have {said or 'no other keys'}; give {missing}")

    def plot(self, by: str | None = None, n: int = PLOTTED, language: Language = "en") -> "Chart":
        """Bars of the largest rows, as an SVG that notebooks show.

        Parameters
        ----------
        by : str, optional
            The column; the metric's first column if not given.
        n : int
            How many rows at most.
        language : {"en", "zh"}
            Language of the words.

        Returns
        -------
        Chart
            The drawing, its text alternative and its data.
        """
        from ecograph.charts import bars

        by = by or self.columns[0]
        column = self.table.columns.get(by, Column())
        if self.level == "whole" and len(self) == 1:
            names = [name for name in self.columns if _is_number(self.table.arrow(name))]
            labels = [self._heading(name, language) for name in names]
            return bars(labels, [float(self.table[name][0]) for name in names], title=self._title(language))
        rows = self.top(n, by)
        labels = [self._label(row) for row in rows.rows()]
        title = f"{self._title(language)}: {self._heading(by, language)}"
        return bars(labels, rows[by].astype(float), title=title, unit=column.unit)

    def _label(self, row: Mapping[str, Any]) -> str:
        """What a bar is called: the names of its row, after its slice."""
        names = " – ".join(str(row[key]) for key in NAMES[self.level])
        return " · ".join(filter(None, (str(row.get(SLICE, "")), names)))

    def _heading(self, name: str, language: Language) -> str:
        column = self.table.columns[name]
        return (column.zh if language == "zh" else column.meaning) or name

    def _title(self, language: Language) -> str:
        return self.zh if language == "zh" else self.metric.replace("_", " ")

    def _repr_html_(self) -> str:
        return self.table._repr_html_()

    def __repr__(self) -> str:
        head = f"{self.metric} ({self.zh}), level {self.level}, {len(self):,} rows"
        return f"{head}\n{self.table!r}" + (f"\n{self.findings!r}" if len(self.findings) else "")

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self.table.__arrow_c_stream__(requested_schema)

    def to_csv(self, path: str | Path) -> None:
        """Write the table as CSV (see :meth:`ecograph.table.Table.to_csv`)."""
        self.table.to_csv(path)

    def save(self, path: str | Path) -> None:
        """Write table, findings and provenance to one Parquet file, which :func:`load` reads back."""
        import pyarrow.parquet as pq

        described = {
            "level": self.level,
            "metric": self.metric,
            "zh": self.zh,
            "columns": self.table.described(),
            "findings": [_finding(item) for item in self.findings],
            "provenance": self.provenance,
        }
        metadata = {METADATA: json.dumps(described, ensure_ascii=False).encode()}
        pq.write_table(pa.table(self.table).replace_schema_metadata(metadata), str(path))


def in_slices(parts: Sequence[Result], labels: Sequence[Any], column: Column, recipe: Mapping[str, Any]) -> Result:
    """Join the results of the slices of one series, with the slice as first column.

    Parameters
    ----------
    parts : sequence of Result
        One result a slice, of one metric.
    labels : sequence
        What each slice is.
    column : Column
        What the labels mean.
    recipe : mapping
        Recipe of the series.

    Returns
    -------
    Result
        Rows of all parts in their order; equal findings are one, with their counts added up.
    """
    rows = [pa.table(part.table) for part in parts]
    numbers = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    whole = pa.concat_tables(rows, promote_options="permissive")
    slices = pa.array(labels).take(pa.array(numbers))
    table = Table(whole.add_column(0, SLICE, slices), {SLICE: column, **parts[0].table.columns})
    starts = np.cumsum([0, *(len(part) for part in parts)])

    def explain(position: int, language: Language) -> str:
        number = int(numbers[position])
        return parts[number].explained(position - int(starts[number]), language)

    return Result(
        table,
        level=parts[0].level,
        metric=parts[0].metric,
        zh=parts[0].zh,
        findings=added_up(item for part in parts for item in part.findings),
        provenance={**parts[0].provenance, "recipe": dict(recipe)},
        explainer=explain,
    )


def added_up(items: Iterable[Finding]) -> Findings:
    """Equal findings as one, their counts added up."""
    totals: dict[tuple[Any, ...], Finding] = {}
    for item in items:
        key = (item.code, item.file, item.row, item.column, item.value, tuple(sorted(item.details.items())))
        totals[key] = replace(item, count=totals[key].count + item.count) if key in totals else item
    return Findings(totals.values())


def load(path: str | Path) -> Result:
    """Read a result that :meth:`Result.save` wrote.

    Parameters
    ----------
    path : str or Path
        The file.

    Returns
    -------
    Result
        Equal to the one saved; to explain it, compute it again with ``eg.repeat``.

    Raises
    ------
    AddressError
        If there is no such file.
    LoadError
        If the file holds no result.

    Examples
    --------
    >>> import tempfile
    >>> import ecograph as eg
    >>> found = eg.degree(eg.dataset("florentine").network("MARRIAGE"))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     found.save(f"{folder}/degree.parquet")
    ...     eg.load(f"{folder}/degree.parquet") == found
    True
    """
    import pyarrow.parquet as pq

    if not Path(path).is_file():
        raise AddressError(f"path={str(path)!r}: no such file; give the file that result.save(path) wrote")
    try:
        data = pq.read_table(str(path))
        described = json.loads((data.schema.metadata or {})[METADATA])
    except (pa.ArrowInvalid, KeyError, ValueError):
        raise LoadError(f"path={str(path)!r} holds no result; give the file that result.save(path) wrote") from None
    return Result(
        Table(data.replace_schema_metadata(None), columns_from(described["columns"])),
        level=described["level"],
        metric=described["metric"],
        zh=described["zh"],
        findings=Findings(Finding(**item) for item in described["findings"]),
        provenance=described["provenance"],
    )


def _finding(item: Finding) -> dict[str, Any]:
    return {name: getattr(item, name) for name in Finding.__slots__}


def _is_number(column: pa.Array) -> bool:
    return bool(pa.types.is_floating(column.type) or pa.types.is_integer(column.type))
