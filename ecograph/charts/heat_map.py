"""A matrix as a map of colours."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from ecograph.charts.cells import Matrix, matrix_drawn
from ecograph.charts.chart import Chart
from ecograph.charts.frame import Words, empty, framed
from ecograph.charts.given import counted, data_table, names, numbers, reasons_of
from ecograph.table import Language

MEANINGS = {
    "row": ("row of the matrix", "行"),
    "column": ("column of the matrix", "列"),
    "value": ("colour of the cell", "数值"),
    "reason": ("why there is no value", "缺失原因"),
}


def heat_map(
    rows: Sequence[str],
    columns: Sequence[str],
    values: ArrayLike,
    *,
    title: str,
    measure: str = "",
    unit: str = "",
    reasons: Sequence[Sequence[str | None]] | None = None,
    language: Language = "en",
) -> Chart:
    """Draw a matrix as a map of colours, its values printed where they fit.

    Parameters
    ----------
    rows, columns : sequence of str
        Names, in the language.
    values : array_like of float, one row a row
        Amounts; with negative ones the colours part at nought, NaN is shown as a dash.
    title, measure, unit : str
        What the chart is of, what its numbers tell and in which unit, in the language.
    reasons : sequence of sequence of str or None, optional
        Why values are missing, shaped as the values.
    language : {"en", "zh"}
        Language of the words.

    Returns
    -------
    Chart
        The drawing of at most 40 rows and columns, those with the largest sums; its table holds every cell.

    Raises
    ------
    ParameterError
        If shapes differ or values are not numbers.

    Examples
    --------
    >>> heat_map(["Ada"], ["mill", "lathe"], [[3, 5]], title="Hours", unit="h").alternative
    'Hours. A map of 1 × 2 cells: the highest is 5 h, at Ada and lathe.'
    """
    words = Words(title, measure, unit, language)
    down, along = names("rows", rows), names("columns", columns)
    cells = numbers("values", values, len(down), len(along))
    counted("reasons", len(down if reasons is None else reasons), len(down))
    why = [reasons_of(None if reasons is None else reasons[row], len(along)) for row in range(len(down))]
    table = data_table(
        MEANINGS,
        unit,
        row=[row for row in down for _ in along],
        column=along * len(down),
        value=cells.ravel(),
        reason=None if reasons is None else [reason for row in why for reason in row],
    )
    whole = Matrix(down, along, cells, why)
    if not np.isfinite(cells).any():
        return empty(words, table, _notes(words, whole, whole))
    shown = whole.largest()
    return framed(words, matrix_drawn(words, shown, _notes(words, whole, shown)), _alternative(words, whole), table)


def _alternative(words: Words, whole: Matrix) -> str:
    most = int(np.nanargmax(np.where(np.isfinite(whole.values), whole.values, -np.inf)))
    row, column = divmod(most, len(whole.columns))
    return words.told(
        words.said(
            "heat_map",
            title=words.title,
            rows=f"{len(whole.rows):,}",
            columns=f"{len(whole.columns):,}",
            most=words.amount(whole.values[row, column]),
            row=whole.rows[row],
            column=whole.columns[column],
        ),
        words.without(int(np.isnan(whole.values).sum())),
    )


def _notes(words: Words, whole: Matrix, shown: Matrix) -> list[str]:
    rows, columns = len(whole.rows) - len(shown.rows), len(whole.columns) - len(shown.columns)
    missing = [
        (shown.reasons[row][column], words.said("comma").join([shown.rows[row], shown.columns[column]]))
        for row, column in np.argwhere(np.isnan(shown.values)).tolist()
    ]
    return [*words.more(rows, "more_rows"), *words.more(columns, "more_columns"), *words.missing(missing)]
