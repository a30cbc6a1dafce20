"""Comparison of two partitions."""

import numpy as np

from ecograph.given import codes_of, labels_of
from ecograph.methods.agreement import agreement_of, crossing
from ecograph.metric import Labels, Values, Words, metric
from ecograph.quality import Finding
from ecograph.table import Column, Language
from ecograph.views import Network, TwoMode

WORDS: Words = {
    "explain": {
        "en": "{groups:,} groups and {other_groups:,} groups of {nodes:,} nodes: knowing one grouping tells {nmi:.1%} "
        "of the other; beyond chance, information agrees by {ami:.1%} (AMI) and pairs of nodes by {ari:.1%} (ARI).",
        "zh": "{nodes:,} 个节点分为 {groups:,} 组与 {other_groups:,} 组：知道其中一种划分，可得知另一种的 {nmi:.1%}；"
        "扣除随机一致后，信息的一致程度为 {ami:.1%}（AMI），节点对的一致程度为 {ari:.1%}（ARI）。",
    },
    "nothing": {"en": "No node has a group in both.", "zh": "没有节点在两种划分中都有组别。"},
}
NOTE = "no node has a group in both"


@metric(
    level="whole",
    zh="划分比较",
    summary_zh="同一批节点的两种划分有多一致。",
    source="Vinh, Epps & Bailey 2010; Hubert & Arabie 1985, eq. 5; Meila 2007, eq. 13",
    columns={
        "ami": Column("mutual information beyond chance", zh="调整互信息", bounds=(None, 1)),
        "nmi": Column("mutual information over mean entropy", zh="标准化互信息", bounds=(0, 1)),
        "ari": Column("pairs that agree beyond chance", zh="调整兰德指数", bounds=(None, 1)),
        "vi": Column("variation of information", zh="信息变差", unit="bit", bounds=(0, None)),
        "nodes": Column("nodes with a group in both", zh="节点数", bounds=(0, None)),
        "groups": Column("groups of the first", zh="第一种划分的组数", bounds=(0, None)),
        "other_groups": Column("groups of the second", zh="第二种划分的组数", bounds=(0, None)),
    },
    example={"other": "kind"},
    words=WORDS,
)
def partition_comparison(network: Network | TwoMode, *, by: Labels = "kind", other: Labels) -> Values:
    """How far two groupings of the same nodes agree.

    Read 1 as the same grouping under other names and, of ``ami`` and ``ari``, 0 as no more alike than chance would
    make them: communities against kinds, against those of another year, or against what is known to be true.

    Parameters
    ----------
    network : Network or TwoMode
        The nodes. Relations and roles are not read.
    by : str, Result or Table
        The first grouping: an attribute's name, ``kind``, a partition's result, or a table with kind, id and value.
    other : str, Result or Table
        The second grouping, likewise.

    Returns
    -------
    Result
        Level whole, one row: ``ami``, at most 1; ``nmi`` in [0, 1]; ``ari``, at most 1; ``vi`` in bits, from 0, 0 where
        they are the same; ``nodes``, ``groups`` and ``other_groups``, whole numbers from 0.

    Raises
    ------
    UnknownNameError
        If no node has such an attribute.
    ParameterError
        If a table lacks kind, id or a value, or names a node twice.

    Notes
    -----
    With entropies H, H', their mean M and mutual information I of the groups of a node drawn at random: NMI = I / M;
    AMI = (I - E) / (M - E) with E the mean of I over all groupings with groups of these sizes; VI = H + H' - 2 I.
    ARI = (b - e) / (m - e) with b pairs of nodes that are together in both, m the mean of those that are in either and
    e what chance gives. NMI grows with the number of groups even by chance, so prefer AMI. As in scikit-learn, two
    groupings that are the same agree by 1 even if both have one group. Nodes without a group in either are left out
    with a finding; where no node is left there are no values: NaN with a note.

    References
    ----------
    Vinh, N. X., Epps, J. & Bailey, J. (2010). Information theoretic measures for clusterings comparison. Journal of
    Machine Learning Research 11. Hubert, L. & Arabie, P. (1985). Comparing partitions. Journal of Classification 2,
    eq. 5. Meila, M. (2007). Comparing clusterings: an information based distance. Journal of Multivariate Analysis 98,
    eq. 13. Chinese term: 划分比较.

    Examples
    --------
    >>> import ecograph as eg
    >>> ties = {"source": ["a", "c"], "target": ["b", "u"]}
    >>> eco = eg.from_tables({"Maker": {"id": ["a", "b", "c"]}, "University": {"id": ["u"]}}, {"COLLABORATES": ties})
    >>> net = eco.network("COLLABORATES")
    >>> found = eg.partition_comparison(net, by="kind", other=eg.components(net))
    >>> found["nmi"].round(4).tolist(), found["ari"].round(4).tolist()
    ([0.3437], [0.0])
    """
    one, _ = codes_of(labels_of(network, by, "by"))
    two, _ = codes_of(labels_of(network, other, "other"))
    used = (one >= 0) & (two >= 0)
    cells = crossing(one[used], two[used])
    gaps = {"nodes": int(used.sum()), "groups": len(cells.one), "other_groups": len(cells.other)}
    found = agreement_of(cells) if used.any() else dict.fromkeys(("ami", "nmi", "ari", "vi"), float("nan"))

    def explain(_: int, language: Language) -> str:
        return partition_comparison.said("explain" if used.any() else "nothing", language, **found, **gaps)

    missing = {"by": (by, one), "other": (other, two)}
    return Values(
        columns={name: [value] for name, value in (found | gaps).items()},
        notes=[None if used.any() else NOTE],
        findings=[
            Finding("no_label", int((groups < 0).sum()), column=given if isinstance(given, str) else parameter)
            for parameter, (given, groups) in missing.items()
            if np.any(groups < 0)
        ],
        explainer=explain,
    )
