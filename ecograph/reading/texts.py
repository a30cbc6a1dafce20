"""Text of cells of any type, one spelling a value, whatever the file format."""

import pyarrow as pa
import pyarrow.compute as pc

from ecograph.reading.packed import Cells


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
    except pa.ArrowException:  # lists, structs and bytes have no text of their own
        return pa.array([None if cell is None else str(cell) for cell in cells.to_pylist()], pa.string())
    if pa.types.is_timestamp(cells.type):
        text = pc.replace_substring_regex(text, r"\.0+(Z?)$", r"\1")
        text = pc.replace_substring_regex(text, r" 00:00:00$", "")
    return text


def trimmed(text: pa.Array) -> pa.Array:
    """Text without surrounding space; missing where nothing is left."""
    text = pc.utf8_trim_whitespace(text)
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)
