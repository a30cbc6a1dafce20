"""Looking up what a column refers to."""

import pyarrow as pa
import pyarrow.compute as pc


def cells(table: pa.Table, column: str) -> pa.Array:
    """Cells of a column as text; all missing where the table has no such column."""
    if column not in table.column_names:
        return pa.nulls(table.num_rows, pa.string())
    return table.column(column).combine_chunks().cast(pa.string())


def looked_up(rows: pa.Table, reference: str, things: pa.Table | None, attribute: str) -> pa.Array:
    """An attribute of the thing each row refers to, as text.

    Parameters
    ----------
    rows : pyarrow.Table
        The rows.
    reference : str
        Their column that holds the id of a thing.
    things : pyarrow.Table or None
        The things by ``id``; None where there are none.
    attribute : str
        The column asked for.

    Returns
    -------
    pyarrow.Array
        Text, one entry a row; missing where a row refers to nothing, or the thing does not have it.
    """
    if things is None:
        return pa.nulls(rows.num_rows, pa.string())
    places = pc.index_in(cells(rows, reference), value_set=cells(things, "id"), skip_nulls=True)
    return cells(things, attribute).take(places)
