"""Result: a table with its level, findings and provenance."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ecograph.errors import AddressError, LoadError, ParameterError, RepeatError, UnknownNameError, unknown
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
        return tuple(
            name for name in self.table.names if name not in KEYS[self.level] and name not in ("note", "slice")
        )

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
        keys = [(key, "ascending") for key in KEYS[self.level]]
        cells = pa.table({name: self.table.arrow(name) for name in (*KEYS[self.level], by)})
        order = pc.sort_indices(cells, sort_keys=[(by, "descending"), *keys])
        return self.table.take(order.to_numpy()[:n])

    def explain(self, id: str, kind: str | None = None, language: Language = "en") -> str:
        """Say in words and numbers why a row has its value.

        Parameters
        ----------
        id : str
            Id of the node, or name of the group; any text for a result of one row.
        kind : str, optional
            Kind of the node, where two kinds share the id.
        language : {"en", "zh"}
            Language of the sentence.

        Returns
        -------
        str
            A sentence.

        Raises
        ------
        UnknownNameError
            If no row, or more than one, has this id.
        RepeatError
            If the result was loaded from a file and its view is gone.
        """
        if self._explainer is None:
            raise RepeatError(f"{self.metric}: this result has no view to explain from; use eg.repeat(result, eco)")
        return self._explainer(self._row(id, kind), language)

    def _row(self, id: str, kind: str | None) -> int:
        if self.level == "whole":
            return 0
        name = {"node": "id", "group": "group"}.get(self.level)
        if name is None:
            raise ParameterError(f"{self.metric} is of level {self.level}; only nodes, groups and wholes are explained")
        rows = np.flatnonzero(self.table[name] == id)
        if kind is not None and self.level == "node":
            rows = rows[self.table["kind"][rows] == kind]
        if len(rows) == 1:
            return int(rows[0])
        if not len(rows):
            raise UnknownNameError(f"{self.metric} has no {name}={id!r}{f' of kind {kind}' if kind else ''}")
        kinds = ", ".join(self.table["kind"][rows]) if self.level == "node" else ""
        raise UnknownNameError(f"{self.metric}: {len(rows)} rows have {name}={id!r} ({kinds}); give kind=")

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
        if self.level == "whole":
            names = [name for name in self.columns if _is_number(self.table.arrow(name))]
            labels = [self._heading(name, language) for name in names]
            return bars(labels, [float(self.table[name][0]) for name in names], title=self._title(language))
        rows = self.top(n, by)
        key = list(KEYS[self.level])[-1]
        labels = [str(label) for label in rows.arrow(key).to_pylist()]
        title = f"{self._title(language)}: {self._heading(by, language)}"
        return bars(labels, rows[by].astype(float), title=title, unit=column.unit)

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
