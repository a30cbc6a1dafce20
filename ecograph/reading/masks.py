"""Masks: yes and no as numpy arrays."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ecograph.content import Mask


def to_mask(flags: pa.Array | pa.ChunkedArray) -> Mask:
    """Whether each flag is true; a missing one is not."""
    return np.asarray(pc.fill_null(flags, False).to_numpy(zero_copy_only=False), dtype=bool)
