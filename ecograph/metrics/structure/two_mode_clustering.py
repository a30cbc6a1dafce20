"""Two-mode clustering."""

import numpy as np

from ecograph.kernels import squares
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import TwoMode
from ecograph.views.neighbours import neighbours_of

WORDS: Words = {
    "explain": {
        "en": "{closed:,} of {paths:,} paths of three ties are closed by a fourth ({share:.1%}), in {cycles:,} "
        "four-cycles; ties placed by chance would close {density:.1%}.",
        "zh": "{paths:,} 条三步路径中有 {closed:,} 条由第四条联系闭合（{share:.1%}），构成 {cycles:,} 个四元环；"
        "若随机放置联系，则为 {density:.1%}。",
    },
    "nothing": {
        "en": "There is no path of three ties, so nothing can be closed.",
        "zh": "没有三步路径，谈不上闭合。",
    },
}


@metric(
    level="whole",
    zh="双模聚类系数",
    summary_zh="在同一处相遇的两方，再次在别处相遇的比例。",
    source="Robins & Alexander 2004; Borgatti & Everett 1997",
    columns={
        "clustering": Column("share of paths of three ties that are closed", zh="双模聚类系数", bounds=(0, 1)),
        "density": Column("share of pairs across the sides that are joined", zh="密度", bounds=(0, 1)),
        "four_cycles": Column("four-cycles", zh="四元环数", bounds=(0, None)),
        "three_paths": Column("paths of three ties", zh="三步路径数", bounds=(0, None)),
    },
    words=WORDS,
)
def two_mode_clustering(view: TwoMode) -> Values:
    """How often two who meet in one place meet in another one too.

    Read a value well above ``density`` as circles that meet again and again in the same projects or events, one near it
    as meetings that fall together by chance.

    Parameters
    ----------
    view : TwoMode
        A path of one step. Roles and parallel relations are not read.

    Returns
    -------
    Result
        Level whole, one row: ``clustering`` and ``density`` in [0, 1]; ``four_cycles`` and ``three_paths``, whole
        numbers from 0. No unit.

    Raises
    ------
    ViewError
        If the view is two-mode over a path of several steps.

    Notes
    -----
    C = 4 C4 / L3, with C4 the cycles of four ties (two nodes of one side that share two of the other) and L3 the paths
    of three, four of which a four-cycle closes; L3 is the sum over ties of (k - 1)(l - 1), with k and l ties at its
    ends. Density is ties over the product of the sizes of the sides: how likely a path would be closed if ties were
    placed by chance. Without a path of three ties there is no C, and with an empty side no density: NaN with a note.

    References
    ----------
    Robins, G. & Alexander, M. (2004). Small worlds among interlocking directors: network structure and distance in
    bipartite graphs. Computational & Mathematical Organization Theory 10, 69-94. Borgatti, S. P. & Everett, M. G.
    (1997). Network analysis of 2-mode data. Social Networks 19. Chinese term: 双模聚类系数.

    Examples
    --------
    >>> import ecograph as eg
    >>> joins = {"source": ["a", "a", "b", "b", "c"], "target": ["p", "q", "p", "q", "q"]}
    >>> eco = eg.from_tables({"Maker": {"id": ["a", "b", "c"]}, "Project": {"id": ["p", "q"]}}, {"WORKS_ON": joins})
    >>> eg.two_mode_clustering(eco.two_mode("Maker -WORKS_ON-> Project"))["clustering"].round(4).tolist()
    [0.6667]
    """
    joined = neighbours_of(view.graph)
    further = joined.degrees - 1
    ends = np.repeat(further, joined.degrees), further[joined.nodes]
    paths, cycles = int(np.dot(*ends)) // 2, squares.cycles(joined.pointers, joined.nodes)
    left = int(view.left.sum())
    pairs = left * (view.n - left)
    density = len(joined.nodes) / 2 / pairs if pairs else float("nan")
    share = 4 * cycles / paths if paths else float("nan")

    def explain(_: int, language: Language) -> str:
        gaps = {"cycles": cycles, "closed": 4 * cycles, "paths": paths, "share": share, "density": density}
        return two_mode_clustering.said("explain" if paths else "nothing", language, **gaps)

    columns = {"clustering": [share], "density": [density], "four_cycles": [cycles], "three_paths": [paths]}
    note = None if paths else "no path of three ties" if pairs else "a side has no nodes"
    return Values(columns=columns, notes=[note], explainer=explain)
