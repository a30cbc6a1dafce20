"""Arrays of equal length that stand together."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any, Self

import numpy as np


class Arrays:
    """Dataclass whose fields are arrays of equal length, or such dataclasses: taken and joined row by row."""

    def take(self, rows: Any) -> Self:
        """The rows at these places, or where a mask is true."""
        return type(self)(*(_taken(getattr(self, field.name), rows) for field in fields(self)))  # type: ignore[arg-type]

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """The rows of all parts, one after another."""
        names = [field.name for field in fields(cls)]  # type: ignore[arg-type]
        return cls(*(_joined([getattr(part, name) for part in parts]) for name in names))


def _taken(column: Any, rows: Any) -> Any:
    return column.take(rows) if isinstance(column, Arrays) else column[rows]


def _joined(columns: list[Any]) -> Any:
    return type(columns[0]).joined(columns) if isinstance(columns[0], Arrays) else np.concatenate(columns)
