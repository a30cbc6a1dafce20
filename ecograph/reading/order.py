"""Order: rows ranked by all their values, so that the order they came in says nothing."""

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ecograph.content import Mask

Ranks = NDArray[np.int64]

ROOM = 2**62


def value_ranks(table: pa.Table) -> Ranks:
    """Rank of each row by its columns in order of their names, missing cells first; equal rows share a rank."""
    columns = [table.column(name).combine_chunks() for name in sorted(table.column_names)]
    return folded((_cell_ranks(column) for column in columns), table.num_rows)


def folded(keys: Iterable[Ranks], length: int) -> Ranks:
    """One rank for several keys, none negative, the first the weightiest."""
    ranks, size = np.zeros(length, dtype=np.int64), 1
    for key in keys:
        within, width = key, int(key.max(initial=0)) + 1
        if size > ROOM // width:
            (ranks, size), (within, width) = _dense(ranks), _dense(key)
        ranks, size = ranks * width + within, size * width
    return ranks


def _dense(keys: Ranks) -> tuple[Ranks, int]:
    distinct, ranks = np.unique(keys, return_inverse=True)
    return ranks, len(distinct)


def _cell_ranks(cells: pa.Array) -> Ranks:
    """Rank of each cell from 1; 0 for a missing one."""
    encoded = cells.dictionary_encode()
    words = encoded.dictionary
    order = pc.sort_indices(words.cast(pa.int8()) if pa.types.is_boolean(words.type) else words).to_numpy()
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[order] = np.arange(1, len(order) + 1)
    return np.asarray(np.append(ranks, 0)[pc.fill_null(encoded.indices, -1).to_numpy()])


def ascending(words: pa.Array) -> bool:
    """Whether text stands in order, every word once."""
    return len(words) < 2 or bool(pc.all(pc.less(words[:-1], words[1:])).as_py())


def repeated(words: pa.Array) -> Mask:
    """Where a word stands more than once; missing words do not count."""
    if ascending(words):
        return np.zeros(len(words), dtype=bool)
    codes = pc.fill_null(words.dictionary_encode().indices, -1).to_numpy()
    return np.asarray((codes >= 0) & (np.bincount(codes + 1)[codes + 1] > 1))


def further(identities: Ranks, ranks: Ranks) -> tuple[Mask, Mask]:
    """Rows whose identity another row has that goes before: those that rank as it does, and those that do not."""
    order = np.lexsort((ranks, identities))
    ordered = identities[order]
    starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
    heads = np.empty(len(order), dtype=np.int64)
    heads[order] = np.repeat(order[starts], np.diff(np.append(starts, len(order))))
    other, equal = heads != np.arange(len(order)), ranks[heads] == ranks
    return other & equal, other & ~equal
