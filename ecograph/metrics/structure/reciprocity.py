"""Reciprocity."""

from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network
from ecograph.views.need import linear

WORDS: Words = {
    "explain": {
        "en": "{mutual:,} of {arcs:,} arcs are answered ({share:.1%}); of as many arcs placed by chance, {chance:.1%} "
        "would be.",
        "zh": "{arcs:,} 条弧中有 {mutual:,} 条得到回应（{share:.1%}）；若随机放置同样多的弧，则为 {chance:.1%}。",
    },
    "nothing": {"en": "No two nodes are joined, so nothing can be answered.", "zh": "没有相互连接的节点，谈不上互惠。"},
}


@metric(
    level="whole",
    zh="互惠性",
    summary_zh="一方对另一方的往来，有多少得到对方的回应。",
    source="Wasserman & Faust 1994, ch. 13; Garlaschelli & Loffredo 2004, eq. 4",
    columns={
        "reciprocity": Column("share of arcs that are answered", zh="互惠比例", bounds=(0, 1)),
        "beyond_chance": Column("reciprocity beyond chance", zh="超出随机的互惠", bounds=(None, 1)),
        "mutual": Column("arcs that are answered", zh="得到回应的弧", bounds=(0, None)),
        "arcs": Column("arcs between two nodes", zh="弧数", bounds=(0, None)),
    },
    words=WORDS,
    cost=linear(operations=2, node=20, arc=12),
)
def reciprocity(network: Network) -> Values:
    """How often what goes one way also goes the other.

    Read it as give and take: mentors who are taught in return, suppliers who are supplied.

    Parameters
    ----------
    network : Network
        ``n`` nodes. Roles and parallel relations are not read.

    Returns
    -------
    Result
        Level whole, one row: ``reciprocity`` in [0, 1]; ``beyond_chance``, at most 1, 0 where it is what chance gives
        and below 0 where it is less; ``mutual`` and ``arcs``, whole numbers from 0. No unit.

    Raises
    ------
    ParameterError
        If the view is no network.

    Notes
    -----
    r = m / L, with L arcs between two different nodes, m of which have their opposite; self-ties are left out. With the
    density a = L / (n (n - 1)), beyond chance is (r - a) / (1 - a). Without such an arc r does not exist, and where
    every pair is joined both ways (a = 1) the second does not: NaN with a note. Without direction r is 1.

    References
    ----------
    Garlaschelli, D. & Loffredo, M. I. (2004). Patterns of link reciprocity in directed networks. Physical Review
    Letters 93, eq. 4. Chinese term: 互惠性.

    Examples
    --------
    >>> import ecograph as eg
    >>> taught = {"source": ["a", "b", "a"], "target": ["b", "a", "c"]}
    >>> eco = eg.from_tables({"Maker": {"id": ["a", "b", "c"]}}, {"TEACHES": taught})
    >>> eg.reciprocity(eco.network("TEACHES"))["reciprocity"].round(4).tolist()
    [0.6667]
    """
    arcs, mutual = _counted(network)
    share = mutual / arcs if arcs else float("nan")
    density = arcs / (network.n * (network.n - 1)) if arcs else float("nan")
    beyond = (share - density) / (1 - density) if density < 1 else float("nan")

    def explain(_: int, language: Language) -> str:
        gaps = {"mutual": mutual, "arcs": arcs, "share": share, "chance": density}
        return reciprocity.said("explain" if arcs else "nothing", language, **gaps)

    columns = {"reciprocity": [share], "beyond_chance": [beyond], "mutual": [mutual], "arcs": [arcs]}
    note = "no arc between two nodes" if not arcs else None if density < 1 else "every pair is joined both ways"
    return Values(columns=columns, notes=[note], explainer=explain)


def _counted(network: Network) -> tuple[int, int]:
    """How many arcs join two nodes, and how many of them have one that leads back."""
    arcs = network.arcs
    leaving, arriving = arcs.patterns()
    itself = int((arcs.out_sources == arcs.out_targets).sum())
    return len(arcs) - itself, leaving.multiply(arriving).nnz - itself
