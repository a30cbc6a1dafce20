"""Overlap of platforms."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.methods.incidence import incidence
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import TwoMode

if TYPE_CHECKING:
    from scipy.sparse import csr_array

WORDS: Words = {
    "explain": {
        "en": "{a} and {b} share {shared:,} of their {either:,} members ({jaccard:.1%}): {share_of_a:.1%} of those of "
        "{a}, {share_of_b:.1%} of those of {b}.",
        "zh": "{a} 与 {b} 合计 {either:,} 个成员，其中 {shared:,} 个为两者共有（{jaccard:.1%}）："
        "占 {a} 成员的 {share_of_a:.1%}，占 {b} 成员的 {share_of_b:.1%}。",
    }
}


@metric(
    level="pair",
    zh="平台重叠度",
    summary_zh="两个平台之间有多少共同的成员。",
    source="Jaccard 1901",
    columns={
        "jaccard": Column("members they share over members of either", zh="杰卡德系数", bounds=(0, 1)),
        "shared": Column("members of both", zh="共有成员数", bounds=(1, None)),
        "either": Column("members of either", zh="成员总数", bounds=(1, None)),
        "share_of_a": Column("share of the first one's members", zh="占甲的份额", bounds=(0, 1)),
        "share_of_b": Column("share of the second one's members", zh="占乙的份额", bounds=(0, 1)),
    },
    words=WORDS,
)
def platform_overlap(two_mode: TwoMode) -> Values:
    """How many of their members two platforms share.

    Read 1 as two platforms with the same members and a low value as two that live apart; where ``share_of_a`` is far
    above ``share_of_b``, the second platform has most of the first one's members and not the other way round.

    Parameters
    ----------
    two_mode : TwoMode
        Members on the first side, platforms on the second, joined by a path of one or several steps. Roles are not
        read.

    Returns
    -------
    Result
        Level pair, one row for each two platforms that share a member, in the order of the platforms: ``jaccard``,
        ``share_of_a`` and ``share_of_b`` above 0 and at most 1; ``shared`` and ``either``, whole numbers from 1. Pairs
        that share nobody have 0 and no row. No unit.

    Raises
    ------
    ParameterError
        If the view is no two-mode view.

    Notes
    -----
    With the member sets A and B: ``jaccard = |A and B| / |A or B|``, ``share_of_a = |A and B| / |A|``. A member counts
    once at a platform, however often it is joined. Without shared members the table is empty.

    References
    ----------
    Jaccard, P. (1901). Étude comparative de la distribution florale dans une portion des Alpes et des Jura. Bulletin
    de la Société Vaudoise des Sciences Naturelles 37. Chinese term: 平台重叠度.

    Examples
    --------
    >>> import ecograph as eg
    >>> joined = {"source": ["ada", "bo", "bo", "cy"], "target": ["m", "m", "n", "n"]}
    >>> nodes = {"Maker": {"id": ["ada", "bo", "cy"]}, "Makerspace": {"id": ["m", "n"]}}
    >>> view = eg.from_tables(nodes, {"SETTLED_IN": joined}).two_mode("Maker -SETTLED_IN-> Makerspace")
    >>> eg.platform_overlap(view)["jaccard"].round(4).tolist()
    [0.3333]
    """
    joined = incidence(two_mode.factors)
    sizes = np.asarray(joined.sum(axis=0), np.int64)
    first, second, shared = _shared(joined)
    either = sizes[first] + sizes[second] - shared
    columns: dict[str, NDArray[Any]] = {
        "jaccard": shared / either,
        "shared": shared,
        "either": either,
        "share_of_a": shared / sizes[first],
        "share_of_b": shared / sizes[second],
    }
    side = np.flatnonzero(~two_mode.left)

    def explain(position: int, language: Language) -> str:
        a, b = (two_mode.nodes.called(int(side[places[position]])) for places in (first, second))
        gaps = {name: cells[position].item() for name, cells in columns.items()}
        return platform_overlap.said("explain", language, a=a, b=b, **gaps)

    return Values(columns=columns, keys=_keys(two_mode, side[first], side[second]), explainer=explain)


def _shared(joined: "csr_array") -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Places of each two platforms that share members, ascending, and how many they share."""
    common = (joined.T @ joined).tocsr()
    common.sort_indices()
    cells = common.tocoo()
    once = cells.row < cells.col
    return cells.row[once].astype(np.int64), cells.col[once].astype(np.int64), cells.data[once].astype(np.int64)


def _keys(two_mode: TwoMode, first: NDArray[np.int64], second: NDArray[np.int64]) -> dict[str, Any]:
    keys: dict[str, Any] = {}
    for name, positions in (("a", first), ("b", second)):
        rows = pa.array(positions)
        keys |= {f"{name}_kind": two_mode.nodes.kinds.take(rows), name: two_mode.nodes.ids.take(rows)}
    return keys
