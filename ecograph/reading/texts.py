"""Text of cells of any type, one spelling a value, whatever the file format."""

import pyarrow as pa
import pyarrow.compute as pc

from ecograph.reading.packed import Cells, unpacked


def to_text(cells: Cells) -> Cells:
    """Text of every cell: whole numbers without a point, days as 2024-01-05, NaN as a missing cell.

    Parameters
    ----------
    cells : pyarrow.Array or pyarrow.ChunkedArray
        Cells of any type.

    Returns
    -------
    pyarrow.Array or pyarrow.ChunkedArray
        Text; missing where the cell is missing.
    """
    if pa.types.is_string(cells.type):
        return cells
    if pa.types.is_floating(cells.type):
        cells = pc.if_else(pc.is_nan(cells), None, cells)
    try:
        text = pc.cast(cells, pa.string())
    except pa.ArrowException:  # a zone that does not exist, bytes of which some are no text, or what has no text
        if pa.types.is_timestamp(cells.type) and cells.type.tz not in (None, "UTC"):
            return to_text(cells.cast(pa.timestamp(cells.type.unit, "UTC")))
        return pa.array([None if cell is None else _said(cell) for cell in cells.to_pylist()], pa.string())
    if pa.types.is_timestamp(cells.type):
        text = pc.replace_substring_regex(text, r"\.0+(Z?)$", r"\1")
        text = pc.replace_substring_regex(text, r" 00:00:00$", "")
    return text


def _said(cell: object) -> str:
    try:
        return cell.decode() if isinstance(cell, bytes) else str(cell)
    except UnicodeDecodeError:
        return str(cell)


def trimmed(text: Cells) -> Cells:
    """Text without surrounding space; missing where nothing is left."""
    text = pc.utf8_trim_whitespace(unpacked(text))
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)
