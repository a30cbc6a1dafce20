"""E-I index."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.given import codes_of, labels_of, unlabelled
from ecograph.methods.shares import ratios
from ecograph.metric import Labels, Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network
from ecograph.views.labels import label_called

ALL = "all"

WORDS: Words = {
    "explain": {
        "en": "{group}: ties with other groups {external:,}, inside {internal:,}, an index of {index:+.2f}; if every "
        "pair were as likely joined, it would be {expected:+.2f}.",
        "zh": "{group}：{external:,} 条联系通向其他组，{internal:,} 条在组内，指数为 {index:+.2f}；"
        "若任意两点相连的机会均等，则为 {expected:+.2f}。",
    },
    "nothing": {
        "en": "{group}: no ties between nodes with a group, so there is no index.",
        "zh": "{group}：有组别的节点之间没有联系，无指数可言。",
    },
    "all": {"en": "All groups", "zh": "全部各组"},
}


@metric(
    level="group",
    zh="内外联系指数",
    summary_zh="各组有多开放：联系是通向组外，还是留在组内。",
    source="Krackhardt & Stern 1988",
    columns={
        "ei_index": Column("external less internal ties over both", zh="E-I 指数", bounds=(-1, 1)),
        "expected": Column("the same if every pair were as likely joined", zh="期望的 E-I 指数", bounds=(-1, 1)),
        "external": Column("ties between this group and others", zh="对外联系数", bounds=(0, None)),
        "internal": Column("ties inside the group", zh="对内联系数", bounds=(0, None)),
        "nodes": Column("nodes of the group", zh="节点数", bounds=(0, None)),
    },
    words=WORDS,
)
def ei_index(network: Network, *, by: Labels = "kind") -> Values:
    """How open each group is: whether its ties lead out of it or stay inside.

    Read -1 as a closed group, 1 as one that has all its ties with others; a small group has more others to be joined
    to, so compare with ``expected``: an index below it is more closed than sizes alone make it.

    Parameters
    ----------
    network : Network
        Roles, direction and parallel relations are not read: two nodes joined in any way have one tie.
    by : str, Result or Table
        The groups: an attribute's name, ``kind``, a partition's result, or a table with kind, id and value.

    Returns
    -------
    Result
        Level group, one row a group by name and last ``all``, in which each tie counts once. ``ei_index`` and
        ``expected`` in [-1, 1]; ``external``, ``internal`` and ``nodes``, whole numbers from 0. No unit.

    Raises
    ------
    UnknownNameError
        If no node has such an attribute.
    ParameterError
        If a table lacks kind, id or a value, or names a node twice.

    Notes
    -----
    E-I = (external - internal) / (external + internal). Expected is the same of pairs: of n nodes, n_g in the group,
    n_g (n - n_g) pairs are external and n_g (n_g - 1) / 2 internal. Self-ties are left out, and so, with a finding, are
    nodes without a group. A group without ties has no index: NaN with a note. A group that is itself called ``all`` has
    the attribute's name before it.

    References
    ----------
    Krackhardt, D. & Stern, R. N. (1988). Informal networks and organizational crises: an experimental simulation.
    Social Psychology Quarterly 51. Chinese term: 内外联系指数.

    Examples
    --------
    >>> import ecograph as eg
    >>> ties = {"source": ["m", "m"], "target": ["u", "n"]}
    >>> eco = eg.from_tables({"Maker": {"id": ["m", "n"]}, "University": {"id": ["u"]}}, {"COLLABORATES": ties})
    >>> found = eg.ei_index(eco.network("COLLABORATES"))
    >>> found["group"].tolist(), found["ei_index"].tolist()
    (['Maker', 'University', 'all'], [0.0, 1.0, 0.0])
    """
    groups, names = codes_of(labels_of(network, by, "by"))
    external, internal = _counted(network, groups, len(names))
    sizes = np.bincount(groups[groups >= 0], minlength=len(names))
    outward, inward = sizes * (sizes.sum() - sizes), sizes * (sizes - 1) // 2
    external, internal, outward, inward = (
        np.append(counts, counts.sum() // twice)
        for counts, twice in ((external, 2), (internal, 1), (outward, 2), (inward, 1))
    )
    indices, expected = _index(external, internal), np.where(external + internal, _index(outward, inward), np.nan)
    attribute = by if isinstance(by, str) else "by"
    rows = [*(f"{attribute}:{name}" if name == ALL else name for name in names), ALL]

    def explain(position: int, language: Language) -> str:
        last = position == len(names)
        schema = network.nodes.schema
        group = ei_index.said(ALL, language) if last else label_called(schema, by, names[position], language)
        if np.isnan(indices[position]):
            return ei_index.said("nothing", language, group=group)
        gaps = {"external": int(external[position]), "internal": int(internal[position])}
        gaps |= {"index": indices[position], "expected": expected[position]}
        return ei_index.said("explain", language, group=group, **gaps)

    return Values(
        columns={
            "ei_index": indices,
            "expected": expected,
            "external": external,
            "internal": internal,
            "nodes": np.append(sizes, sizes.sum()),
        },
        keys={"group": pa.array(rows, pa.string())},
        notes=["no ties between nodes with a group" if np.isnan(index) else None for index in indices],
        findings=unlabelled(groups, by),
        explainer=explain,
    )


def _counted(network: Network, groups: NDArray[np.int64], n_groups: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """External and internal ties of each group; an external tie counts for both its groups."""
    ends = np.sort([network.arcs.out_sources, network.arcs.out_targets], axis=0).astype(np.int64)
    pairs = np.unique(ends[0] * network.n + ends[1])
    one, other = pairs // max(network.n, 1), pairs % max(network.n, 1)
    used = (one != other) & (groups[one] >= 0) & (groups[other] >= 0)
    first, second = groups[one[used]], groups[other[used]]
    inside = first == second
    internal = np.bincount(first[inside], minlength=n_groups)
    external = np.bincount(np.append(first[~inside], second[~inside]), minlength=n_groups)
    return external, internal


def _index(external: NDArray[np.int64], internal: NDArray[np.int64]) -> NDArray[np.float64]:
    return ratios(external - internal, external + internal)
