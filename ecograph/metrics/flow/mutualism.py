"""Mutualism."""

import numpy as np
from numpy.typing import NDArray

from ecograph.methods.utilities import net_gains, utilities
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Flows
from ecograph.views.pairs import table_allowed

WORDS: Words = {
    "explain": {
        "en": "Over all ways, {mutualism:.3g} pairs gain for each that loses, and what is gained is {synergism:.3g} "
        "times what is lost.",
        "zh": "就全部路径而言，受益的节点对数是受损的 {mutualism:.3g} 倍，收益总量是损失总量的 {synergism:.3g} 倍。",
    },
    "unknown": {
        "en": "Gains and losses cannot be compared here: {note}.",
        "zh": "此处无法比较收益与损失（{note}）。",
    },
}


@metric(
    level="whole",
    reads="amount",
    zh="共生与协同",
    summary_zh="总体上节点之间是共赢还是互损。",
    source="Patten 1991; Fath & Patten 1998",
    columns={
        "mutualism": Column("pairs that gain to pairs that lose", zh="共生比", bounds=(0, None)),
        "synergism": Column("amounts gained to amounts lost", zh="协同比", bounds=(0, None)),
        "relations_changed": Column("share of relations that all ways change", zh="关系改变占比", bounds=(0, 1)),
        "spectral_radius": Column("size of the largest eigenvalue of D", zh="谱半径", bounds=(0, None)),
    },
    words=WORDS,
)
def mutualism(flows: Flows) -> Values:
    """Whether nodes gain or lose from each other on the whole.

    Read both ratios against 1: above, the ecosystem is to the good of its members once indirect ways are counted.

    Parameters
    ----------
    flows : Flows
        ``n`` nodes inside the boundary and their amounts, in one unit.

    Returns
    -------
    Result
        Level whole, one row: ``mutualism`` and ``synergism``, from 0; ``relations_changed``, in [0, 1];
        ``spectral_radius``, from 0; no unit.

    Raises
    ------
    ParameterError
        If there are more than 2,000 nodes.

    Notes
    -----
    With D, U and Y of ``utility``: mutualism = number of Y > 0 over number of Y < 0; synergism = sum of Y > 0 over the
    size of the sum of Y < 0. A relation is a pair of nodes, or a node with itself; it is changed where the signs of U
    both ways are not those of D. Values within 1e-12 of 0 count as 0. Where the spectral radius is 1 or more the series
    behind U has no sum. All n^2 entries are needed. NaN with a note where nobody loses, or the system is singular.

    References
    ----------
    Patten, B. C. (1991). Network ecology. In Theoretical Studies of Ecosystems. Fath, B. D. & Patten, B. C. (1998).
    Network synergism: emergence of positive relations in ecological systems. Ecological Modelling 107.
    Chinese term: 共生与协同.

    Examples
    --------
    >>> import ecograph as eg
    >>> moved = {"source": ["m", "a", "b"], "target": ["a", "b", "a"], "amount": [8.0, 6.0, 2.0]}
    >>> eco = eg.from_tables({"Maker": {"id": ["a", "b"]}, "Market": {"id": ["m"]}}, {"TRANSFERS": moved})
    >>> eg.mutualism(eco.flows("TRANSFERS", outside="Market"))["mutualism"].tolist()
    [3.0]
    """
    table_allowed(flows.nodes, "mutualism")
    direct = net_gains(flows.amounts.toarray(), flows.throughflows)
    found = utilities(direct)
    weighted = found * flows.throughflows
    signs = _signs(weighted)
    gained, lost = float(weighted[signs > 0].sum()), -float(weighted[signs < 0].sum())
    values = {
        "mutualism": _ratio(int((signs > 0).sum()), int((signs < 0).sum())),
        "synergism": _ratio(gained, lost),
        "relations_changed": _changed(direct, found),
        "spectral_radius": float(np.abs(np.linalg.eigvals(direct)).max(initial=0.0)),
    }
    reasons = {
        "no nodes": flows.n == 0,
        "the system is singular": bool(np.isnan(found).any()),
        "nobody loses": not lost,
    }
    note = next((reason for reason, holds in reasons.items() if holds), None)

    def explain(_: int, language: Language) -> str:
        return mutualism.said("unknown" if note else "explain", language, note=note, **values)

    return Values(columns={name: [value] for name, value in values.items()}, notes=[note], explainer=explain)


def _signs(values: NDArray[np.float64]) -> NDArray[np.float64]:
    size = np.nanmax(np.abs(values), initial=0.0)
    return np.where(np.abs(values) > 1e-12 * size, np.sign(values), 0.0)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")


def _changed(direct: NDArray[np.float64], found: NDArray[np.float64]) -> float:
    if not len(direct) or np.isnan(found).any():
        return float("nan")
    other = _signs(direct) != _signs(found)
    return float((other | other.T)[np.triu_indices(len(direct))].mean())
