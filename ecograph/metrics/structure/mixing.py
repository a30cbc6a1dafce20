"""Mixing of groups."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.methods.contingency import crossed, expected
from ecograph.methods.mixing import apart
from ecograph.metric import VIEW_UNIT, Labels, Values, codes_of, labels_of, metric
from ecograph.quality import Finding
from ecograph.table import Column
from ecograph.views import Network
from ecograph.views.carried import carried


@metric(
    level="pair",
    reads="any",
    zh="组间混合",
    source="Newman 2003, sec. II",
    columns={
        "total": Column(
            "what goes from the first group to the second", zh="组间总量", unit=VIEW_UNIT, bounds=(0, None)
        ),
        "ties": Column("ties from the first group to the second", zh="联系数", bounds=(0, None)),
        "share": Column("share of the whole", zh="占全部的份额", bounds=(0, 1)),
        "expected": Column("share if ends were joined at random", zh="随机期望份额", bounds=(0, 1)),
        "ratio": Column("share over share expected", zh="与期望之比", bounds=(0, None)),
    },
)
def mixing(network: Network, *, by: Labels = "kind") -> Values:
    """How much goes between which groups, and how much more than by chance.

    Read ``ratio`` as how many times as much goes from the first group to the second as their sizes in the network
    would give by chance; of flows of an amount, ``total`` is the flow matrix between groups.

    Parameters
    ----------
    network : Network
        What is added up is the role given (amount, count or strength); ties, if none is given.
    by : str, Result or Table
        The groups: an attribute's name, ``kind``, a partition's result, or a table with kind, id and value.

    Returns
    -------
    Result
        Level pair, one row for each ordered pair of groups, without direction for each pair, a group with itself too,
        by name; the kind of a group is the attribute's name. ``total`` from 0 in the view's unit; ``ties``, whole
        numbers from 0; ``share`` and ``expected`` in [0, 1], each with sum 1; ``ratio`` from 0.

    Raises
    ------
    UnknownNameError
        If no node has such an attribute.
    ParameterError
        If a table lacks kind, id or a value, or names a node twice; if the view has several roles, or a distance; if
        there are more than 3,162 groups.

    Notes
    -----
    With e_ab the share of the whole that goes from group a to b, and a_a, b_b the row and column sums of e, expected is
    a_a b_b, and without direction 2 a_a a_b for two groups. Parallel relations are one tie. Self-ties are left out, and
    so, with a finding, are nodes without a group. Where the whole is 0 there are no shares, and where a group has
    nothing no ratio: NaN with a note.

    References
    ----------
    Newman, M. E. J. (2003). Mixing patterns in networks. Physical Review E 67, 026126, sec. II. Chinese term: 组间混合.

    Examples
    --------
    >>> import ecograph as eg
    >>> ties = {"source": ["m", "m"], "target": ["u", "n"]}
    >>> eco = eg.from_tables({"Maker": {"id": ["m", "n"]}, "University": {"id": ["u"]}}, {"COLLABORATES": ties})
    >>> found = eg.mixing(eco.network("COLLABORATES"))
    >>> found["a"].tolist(), found["b"].tolist(), found["ties"].tolist()
    (['Maker', 'Maker', 'University'], ['Maker', 'University', 'University'], [1, 1, 0])
    """
    groups, names = codes_of(labels_of(network, by, "by"))
    shape = (len(names), len(names))
    arcs = apart(network.arcs.out_sources, network.arcs.out_targets, groups, carried(network, "mixing"))
    totals = crossed(arcs.sources, arcs.targets, shape, arcs.amounts)
    counts = crossed(arcs.sources, arcs.targets, shape)
    awaited = expected(totals)
    first, second = np.indices(shape).reshape(2, -1) if network.directed else np.triu_indices(len(names))
    once = np.where(first == second, 0.5, 1.0) if not network.directed else np.ones(len(first))
    whole = totals.sum() if network.directed else totals.sum() / 2
    shares, chances = (
        cells[first, second] * once / whole if whole > 0 else np.full(len(first), np.nan) for cells in (totals, awaited)
    )
    ratios = np.full(len(first), np.nan)
    np.divide(shares, chances, out=ratios, where=chances > 0)
    attribute = by if isinstance(by, str) else "by"
    missing = int((groups < 0).sum())
    return Values(
        columns={
            "total": totals[first, second] * once,
            "ties": (counts[first, second] * once).astype(np.int64),
            "share": np.minimum(shares, 1.0),
            "expected": np.minimum(chances, 1.0),
            "ratio": ratios,
        },
        keys=_keys(attribute, names, first, second),
        notes=[_note(ratio, whole) for ratio in ratios],
        findings=[Finding("no_label", missing, column=attribute)] if missing else [],
    )


def _keys(attribute: str, names: list[str], first: NDArray[np.int64], second: NDArray[np.int64]) -> dict[str, pa.Array]:
    groups, kinds = pa.array(names, pa.string()), pa.array([attribute] * len(first), pa.string())
    return {"a_kind": kinds, "a": groups.take(pa.array(first)), "b_kind": kinds, "b": groups.take(pa.array(second))}


def _note(ratio: float, whole: float) -> str | None:
    """Why a value is missing."""
    if not whole > 0:
        return "nothing goes between nodes with a group"
    return "a group of the two has nothing" if np.isnan(ratio) else None
