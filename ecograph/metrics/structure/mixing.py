"""Mixing of groups."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecograph.given import codes_of, labels_of, pairs_of_groups, unlabelled
from ecograph.methods.contingency import crossed, expected
from ecograph.methods.mixing import apart
from ecograph.methods.shares import ratios
from ecograph.metric import VIEW_UNIT, Labels, Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network
from ecograph.views.carried import carried
from ecograph.views.labels import label_called
from ecograph.views.need import linear

WORDS: Words = {
    "explain": {
        "en": "{between}: {carried}, {share:.1%} of the whole; joined at random, it would be {expected:.1%}{ratio}.",
        "zh": "{between}：{carried}，占全部的 {share:.1%}；若随机连接，则为 {expected:.1%}{ratio}。",
    },
    "ties": {"en": "{ties:,} ties", "zh": "{ties:,} 条联系"},
    "amount": {
        "en": "{total:,.6g}{unit} over {ties:,} ties",
        "zh": "{ties:,} 条联系，总量 {total:,.6g}{unit}",
    },
    "directed": {"en": "From {a} to {b}", "zh": "从{a}到{b}"},
    "undirected": {"en": "Between {a} and {b}", "zh": "{a}与{b}之间"},
    "within": {"en": "Within {a}", "zh": "{a}内部"},
    "ratio": {"en": ", so this is {ratio:.2f} times as much", "zh": "，实际是它的 {ratio:.2f} 倍"},
    "nothing": {"en": "{between}: nothing goes between any groups.", "zh": "{between}：各组之间没有任何联系。"},
}


@metric(
    level="pair",
    reads="any",
    zh="组间混合",
    summary_zh="哪些组之间往来多少，又是随机情形的多少倍。",
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
    words=WORDS,
    cost=linear(operations=5, node=100, arc=40),
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
    times = ratios(shares, chances)
    columns: dict[str, NDArray[Any]] = {
        "total": totals[first, second] * once,
        "ties": (counts[first, second] * once).astype(np.int64),
        "share": np.minimum(shares, 1.0),
        "expected": np.minimum(chances, 1.0),
        "ratio": times,
    }

    def explain(position: int, language: Language) -> str:
        schema, ends = network.nodes.schema, (first[position], second[position])
        a, b = (label_called(schema, by, names[end], language) for end in ends)
        how = "within" if ends[0] == ends[1] else "directed" if network.directed else "undirected"
        gaps = {name: cells[position].item() for name, cells in columns.items()} | {"unit": f" {network.unit}".rstrip()}
        parts = {
            "between": mixing.said(how, language, a=a, b=b),
            "carried": mixing.said("amount" if network.values else "ties", language, **gaps),
            "ratio": "" if np.isnan(gaps["ratio"]) else mixing.said("ratio", language, **gaps),
        }
        return mixing.said("explain" if whole > 0 else "nothing", language, **gaps | parts)

    return Values(
        columns=columns,
        keys=pairs_of_groups(by, names, first, second),
        notes=[_note(ratio, whole) for ratio in times],
        findings=unlabelled(groups, by),
        explainer=explain,
    )


def _note(ratio: float, whole: float) -> str | None:
    """Why a value is missing."""
    if not whole > 0:
        return "nothing goes between nodes with a group"
    return "a group of the two has nothing" if np.isnan(ratio) else None
