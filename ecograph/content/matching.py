"""Matching: which cells of a column have a value asked for."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ecograph.content.nodes import Mask
from ecograph.errors import ParameterError


def matches(column: pa.Array, wanted: Any, what: str) -> Mask:
    """Whether each cell is the value asked for, or one of several; ``what`` names the column in the error.

    Raises
    ------
    ParameterError
        If the value is of a type that the column does not hold.
    """
    allowed = list(wanted) if isinstance(wanted, (list, tuple, set, frozenset)) else [wanted]
    column = column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
    if pa.types.is_boolean(column.type):
        allowed = [{"true": True, "false": False}.get(str(one).lower(), one) for one in allowed]
    try:
        values = pa.array(allowed).cast(column.type)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowTypeError):
        raise ParameterError(f"{what}={wanted!r}: the column holds {column.type}; give such a value") from None
    return np.asarray(pc.is_in(column, values).to_numpy(zero_copy_only=False))
