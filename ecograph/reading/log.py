"""What is found while reading, gathered: row by row up to a limit, counted beyond it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.quality import Finding, Findings
from ecograph.reading.raw import Raw

LISTED = 1_000
LENGTH = 80
CONTROL = {number: chr(0x2400 + number) for number in range(32)}


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """File and row that each line of a table came from; the files are in order of their names."""

    files: tuple[str, ...]
    codes: NDArray[np.int32]
    rows: NDArray[np.int32]

    @classmethod
    def of(cls, raws: Sequence[Raw]) -> Self:
        """Places of the rows of several raw tables, one below the other."""
        return cls.joined([(raw.file, raw.rows) for raw in raws])

    @classmethod
    def joined(cls, parts: Sequence[tuple[str, NDArray[np.int32]]]) -> Self:
        """Places of rows of several files, one below the other."""
        files = tuple(sorted({file for file, _ in parts}))
        codes = [np.full(len(rows), files.index(file), dtype=np.int32) for file, rows in parts]
        none = np.empty(0, dtype=np.int32)
        return cls(files, np.concatenate([none, *codes]), np.concatenate([none, *(rows for _, rows in parts)]))

    def take(self, picked: NDArray[Any]) -> "Places":
        """Places of the lines picked, by position or by mask."""
        rows = self.rows[picked]
        codes = self.codes[picked] if len(self.files) > 1 else np.zeros(len(rows), dtype=np.int32)
        return Places(self.files, codes, rows)

    def table(self) -> pa.Table:
        """Columns ``file`` and ``row``."""
        files = pa.DictionaryArray.from_arrays(pa.array(self.codes), pa.array(self.files, pa.string()))
        return pa.table({"file": files, "row": pa.array(self.rows)})


class Log:
    """Findings as they come in.

    Of one code in one column of one file, the first 1,000 rows (or words) are findings of their own and one finding
    more counts the others, so counts are exact however many there are.
    """

    def __init__(self) -> None:
        self._items: list[Finding] = []
        self._counts: Counter[tuple[str, str, str]] = Counter()
        self._headings: dict[tuple[str, str], str] = {}

    def called(self, file: str, column: str, heading: str) -> None:
        """Remember which heading of a file a column stands under; findings name what people see in it."""
        self._headings[file, column] = shown(heading)

    def add(self, findings: Iterable[Finding]) -> None:
        """Take in findings made elsewhere."""
        self._items.extend(findings)

    def count(self, code: str, count: int, file: str, column: str) -> None:
        """Find a code in a column of a file as a whole; several counts of one column are one finding."""
        self._counts[code, file, column] += count

    def rows(self, code: str, places: Places, cells: pa.Array | None = None, column: str = "", **details: Any) -> None:
        """Find a code in each of these places; the cells are the values found there."""
        for file, picked in _by_file(places):
            listed = picked[:LISTED]
            values = [""] * len(listed) if cells is None else cells.take(pa.array(listed)).to_pylist()
            for row, value in zip(places.rows[listed].tolist(), values, strict=True):
                self._items.append(Finding(code, 1, file, row, column, shown(value or ""), details))
            self._count_rest(Finding(code, len(picked) - len(listed), file, None, column, details=details))

    def words(self, code: str, places: Places, cells: pa.Array, column: str, **details: Any) -> None:
        """Find a code once per word and file, with how often and where first."""
        for file, picked in _by_file(places):
            encoded = cells.take(pa.array(picked)).dictionary_encode()
            _, first, counts = np.unique(encoded.indices.to_numpy(), return_index=True, return_counts=True)
            rows = places.rows[picked[first]]
            words = zip(encoded.dictionary.to_pylist(), counts.tolist(), rows.tolist(), strict=True)
            for word, count, row in islice(words, LISTED):
                self._items.append(Finding(code, count, file, row, column, shown(word), details))
            self._count_rest(Finding(code, int(counts[LISTED:].sum()), file, None, column, details=details))

    def _count_rest(self, finding: Finding) -> None:
        if finding.count:
            self._items.append(replace(finding, value=rest(finding.count)))

    def findings(self) -> Findings:
        """All of them, by file, row, column, code and value; counts of a whole file come after its rows."""
        counted = (+self._counts).items()
        counts = (Finding(code, count, file, column=column) for (code, file, column), count in counted)
        found = sorted([*self._items, *counts], key=_order)
        return Findings(
            [replace(item, column=self._headings.get((item.file, item.column), item.column)) for item in found]
        )


def _by_file(places: Places) -> Iterator[tuple[str, NDArray[np.int64]]]:
    for code in np.unique(places.codes):
        picked = np.flatnonzero(places.codes == code)
        yield places.files[code], picked[np.argsort(places.rows[picked], kind="stable")]


def _order(finding: Finding) -> tuple[Any, ...]:
    place = finding.file, finding.row is None, finding.row or 0, finding.column
    return (*place, finding.code, finding.value, sorted(finding.details.items()))


def shown(value: str) -> str:
    """Make one line of at most 80 characters of a value, with signs for what cannot be seen."""
    line = "⏎".join(value.splitlines()).translate(CONTROL)
    return line if len(line) <= LENGTH else line[: LENGTH - 1] + "…"


def rest(count: int) -> str:
    """What stands as the value of a finding that counts the rows not listed."""
    return f"… (+{count:,})"
