"""Output: data on stdout, talk on stderr, tables as people and programs read them."""

import errno
import math
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from ecograph.errors import AddressError, EcographError
from ecograph.text.width import padded, width

if TYPE_CHECKING:
    from ecograph.table import Table

Form = Literal["table", "csv", "json"]
Tongue = Literal["en", "zh"]
LanguageOption = Annotated[
    Tongue, typer.Option("--language", help="Language of headings, words of the vocabulary and sentences.")
]

SHOWN_ROWS = 20
GAP = "  "
MISSING = "–"


def say(text: str) -> None:
    """Write data to stdout; a reader that left is not told, a full disk is."""
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        with suppress(OSError):
            sys.stdout.close()
        raise AddressError(f"stdout: {error.strerror}; send the output where there is room") from None


def talk(text: str) -> None:
    """Write to stderr what is not data."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def written(table: "Table", form: Form) -> str:
    """A table as text, without the last line break."""
    if form == "json":
        return table.to_json()
    if form == "table":
        return _aligned_table(table)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        table.to_csv(path)
        return path.read_text(encoding="utf-8-sig").removesuffix("\n")


def save(table: "Table", path: str, form: Form) -> None:
    """Write a table to a file; CSV gets a byte-order mark, so that spreadsheets read Chinese."""
    with writing(path):
        if form == "csv":
            table.to_csv(path)
        else:
            Path(path).write_text(written(table, form) + "\n", encoding="utf-8")


@contextmanager
def writing(path: str) -> Iterator[None]:
    """Say in one line why a file could not be written."""
    try:
        yield
    except EcographError:
        raise
    except OSError as error:
        raise AddressError(f"output={path!r}: {error.strerror}; name a file in a folder that can be written") from None


def aligned(rows: Sequence[Sequence[str]], sides: str = "") -> str:
    """Rows of text in columns as wide as they are shown, each to its side (< or >)."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    sides = sides or "<" * len(widths)
    return "\n".join(GAP.join(map(padded, row, widths, sides)).rstrip() for row in rows)


def _aligned_table(table: "Table") -> str:
    heads = [name + (f" ({column.unit})" if column.unit else "") for name, column in table.columns.items()]
    cells = [[_cell(cell) for cell in row.values()] for row in table.rows()]
    sides = ["<>"[table[name].dtype.kind in "iuf"] for name in table.names]
    return aligned([heads, *cells], "".join(sides))


def _cell(cell: Any) -> str:
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return MISSING
    if isinstance(cell, float):
        return f"{cell:,.6g}" if abs(cell) < 1e6 else f"{cell:,.2f}"
    if isinstance(cell, int) and not isinstance(cell, bool):
        return f"{cell:,}"
    if isinstance(cell, list):
        return ", ".join(map(_cell, cell))
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in str(cell))
