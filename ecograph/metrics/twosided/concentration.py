"""Concentration."""

import numpy as np
from numpy.typing import NDArray

from ecograph.errors import ParameterError
from ecograph.methods.shares import concentration_of
from ecograph.metric import VIEW_UNIT, Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network, TwoMode
from ecograph.views.labels import label_called

WORDS: Words = {
    "explain": {
        "en": "{group}: {n:,} members share {total:,.6g}{unit}; the largest {k} hold {cr:.1%}; HHI {points:,.0f} "
        "points, as if {equal:,.1f} members shared alike.",
        "zh": "{group}：{n:,} 个成员共 {total:,.6g}{unit}；最大的 {k} 个占 {cr:.1%}；HHI 为 {points:,.0f} 点，"
        "相当于 {equal:,.1f} 个成员平分。",
    },
    "nothing": {
        "en": "{group}: nothing is shared, so there is no concentration.",
        "zh": "{group}：总量为零，无集中度。",
    },
    "sources": {"en": "sources", "zh": "起点一方"},
    "targets": {"en": "targets", "zh": "终点一方"},
    "all": {"en": "all", "zh": "全部节点"},
}


@metric(
    level="group",
    reads="any",
    zh="集中度",
    summary_zh="一方的总量有多少集中在少数成员手中。",
    source="Herfindahl 1950; Hirschman 1964; Gini 1912; Shannon 1948",
    columns={
        "hhi": Column("sum of squared shares", zh="赫芬达尔指数", bounds=(0, 1)),
        "hhi_points": Column("sum of squared shares in percent", zh="赫芬达尔指数（点）", bounds=(0, 10_000)),
        "cr": Column("share of the k largest", zh="前 k 名份额", bounds=(0, 1)),
        "gini": Column("Gini coefficient", zh="基尼系数", bounds=(0, 1)),
        "entropy": Column("Shannon entropy of the shares", zh="熵", unit="nat", bounds=(0, None)),
        "top_ratio": Column("largest over second largest", zh="第一与第二之比", bounds=(1, None)),
        "n": Column("members of the side", zh="成员数", bounds=(0, None)),
        "total": Column("what is shared", zh="总量", unit=VIEW_UNIT, bounds=(0, None)),
    },
    words=WORDS,
)
def concentration(network: Network | TwoMode, *, k: int = 4) -> Values:
    """How much of one side's total a few members hold.

    Read it as winner takes all: an HHI of 1/n is an even side, 1 is one member that has everything.

    Parameters
    ----------
    network : Network or TwoMode
        The shares are those of the role given (amount, count, strength, …), of the degree if none is given.
    k : int
        How many of the largest members ``cr`` adds up, at least 1.

    Returns
    -------
    Result
        Level group, one row a side: the two kinds of a two-mode view, ``sources`` and ``targets`` of a directed
        network, ``all`` of an undirected one. ``hhi`` in [1/n, 1], ``hhi_points`` = 10,000 hhi, ``cr`` in [0, 1],
        ``gini`` in [0, 1 - 1/n], ``entropy`` in nats, ``top_ratio`` at least 1, ``n``, ``total`` in the view's unit.

    Raises
    ------
    ParameterError
        If k is below 1, or the view has several roles.

    Notes
    -----
    With shares s_i = x_i / sum x: HHI = sum s_i^2; entropy = -sum s_i ln s_i; Gini = 2 sum i x_(i) / (n sum x) -
    (n + 1)/n with x ascending, members with nothing included. A self-tie counts once on each side it is on. Where the
    total is 0 the shares do not exist: NaN with a note. ``top_ratio`` is NaN with fewer than two members above 0.

    References
    ----------
    Herfindahl, O. C. (1950). Concentration in the steel industry. Dissertation, Columbia University. Hirschman, A. O.
    (1964). The paternity of an index. American Economic Review 54. Gini, C. (1912). Variabilità e mutabilità. Shannon,
    C. E. (1948). A mathematical theory of communication. Bell System Technical Journal 27. US Merger Guidelines for
    the points. Chinese term: 集中度.

    Examples
    --------
    >>> import ecograph as eg
    >>> paid = {"source": list("abcd"), "target": ["p"] * 4, "amount": [30.0, 30, 20, 20], "unit": ["CNY"] * 4}
    >>> eco = eg.from_tables({"Enterprise": {"id": list("abcd")}, "Project": {"id": ["p"]}}, {"INVESTS_IN": paid})
    >>> view = eco.two_mode("Enterprise -INVESTS_IN-> Project", amount="amount")
    >>> eg.concentration(view)["hhi_points"].round(6).tolist()
    [2600.0, 10000.0]
    """
    if k < 1:
        raise ParameterError(f"k={k}; it must be at least 1")
    totals = _totals(network)
    rows = [concentration_of(values, k) for values in totals.values()]
    columns = {name: np.array([row[name] for row in rows], dtype=float) for name in rows[0]}
    columns["n"] = columns["n"].astype(np.int64)
    notes = ["the total is 0" if row["total"] == 0 else _single(row) for row in rows]

    def explain(position: int, language: Language) -> str:
        row, side = rows[position], list(totals)[position]
        if isinstance(network, TwoMode):
            group = label_called(network.nodes.schema, "kind", side, language)
        else:
            group = concentration.said(side, language)
        if row["total"] == 0:
            return concentration.said("nothing", language, group=group)
        gaps = {"n": int(row["n"]), "total": row["total"], "cr": row["cr"], "points": row["hhi_points"]}
        return concentration.said(
            "explain",
            language,
            group=group,
            k=k,
            unit=f" {network.unit}" if network.unit else "",
            equal=1 / row["hhi"],
            **gaps,
        )

    return Values(columns=columns, keys={"group": list(totals)}, notes=notes, explainer=explain)


def _single(row: dict[str, float]) -> str | None:
    return "fewer than two members above 0: no ratio" if np.isnan(row["top_ratio"]) else None


def _totals(network: Network | TwoMode) -> dict[str, NDArray[np.float64]]:
    """What each member of each side has."""
    ties: Network = network.graph
    if len(ties.values) > 1:
        raise ParameterError(f"concentration reads one role and the view has {', '.join(ties.values)}; give it one")
    values = next(iter(ties.values.values()), np.ones(len(ties.arcs)))
    given = np.bincount(ties.arcs.out_sources, weights=values, minlength=ties.n).astype(np.float64)
    if isinstance(network, TwoMode):
        return {network.sides[0]: given[network.left], network.sides[1]: given[~network.left]}
    if not ties.directed:
        return {"all": given}
    taken = np.bincount(ties.arcs.out_targets, weights=values, minlength=ties.n).astype(np.float64)
    return {"sources": given, "targets": taken}
