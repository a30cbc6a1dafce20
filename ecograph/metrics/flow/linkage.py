"""Linkages."""

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.given import codes_of, labels_of, unlabelled
from ecograph.methods.input_output import economy
from ecograph.metric import VIEW_UNIT, Labels, Values, Words, metric
from ecograph.quality import Finding
from ecograph.table import Column, Language
from ecograph.views import Flows
from ecograph.views.labels import label_called

Amounts = NDArray[np.float64]

REASONS = ("too little leaves the system", "too little comes in")

WORDS: Words = {
    "explain": {
        "en": "{group} puts out {output:,.6g}{unit}.{demand}{supply}",
        "zh": "{group} 的产出为 {output:,.6g}{unit}。{demand}{supply}",
    },
    "demand": {
        "en": " A unit of final demand for it calls for {multiplier:.4g} in all groups: its pull is {backward:.2f} and "
        "its push {forward:.2f} times the mean, so it is {role}.",
        "zh": "每单位最终需求共带动 {multiplier:.4g} 的产出：后向关联为平均水平的 {backward:.2f} 倍，"
        "前向关联为 {forward:.2f} 倍，属于{role}。",
    },
    "supply": {
        "en": " A unit of primary input to it becomes {input_multiplier:.4g} in all groups, {allocation:.2f} times the "
        "mean.",
        "zh": "每单位初始投入共形成 {input_multiplier:.4g}，为平均水平的 {allocation:.2f} 倍。",
    },
    "key": {"en": "a key group", "zh": "关键组"},
    "backward": {"en": "strong backwards only", "zh": "后向带动型"},
    "forward": {"en": "strong forwards only", "zh": "前向支撑型"},
    "weak": {"en": "weak both ways", "zh": "弱关联型"},
}


@metric(
    level="group",
    reads="amount",
    zh="产业关联",
    summary_zh="哪些组对其他组的带动和支撑最强，是关键环节。",
    source="Rasmussen 1956; Miller & Blair 2009, ch. 12",
    columns={
        "backward": Column("pull on others over the mean", zh="后向关联（影响力系数）", bounds=(0, None)),
        "forward": Column("push by others' demand over the mean", zh="前向关联（感应度系数）", bounds=(0, None)),
        "role": Column(
            "which linkages are above the mean",
            zh="类型",
            words={"key": "关键组", "backward": "后向带动型", "forward": "前向支撑型", "weak": "弱关联型"},
        ),
        "allocation": Column("push by its own supply over the mean", zh="高希前向关联", bounds=(0, None)),
        "multiplier": Column("output a unit of final demand calls for", zh="产出乘数", bounds=(0, None)),
        "input_multiplier": Column("what a unit of primary input becomes", zh="投入乘数", bounds=(0, None)),
        "output": Column("what it puts out", zh="产出", unit=VIEW_UNIT, bounds=(0, None)),
        "demand": Column("final demand", zh="最终需求", unit=VIEW_UNIT, bounds=(0, None)),
    },
    words=WORDS,
)
def linkage(flows: Flows, *, by: Labels = "kind") -> Values:
    """Which groups pull others along by what they need, and push them by what they give: the key groups.

    Read ``role``: a key group is above the mean both ways, so what happens to it reaches most of the ecosystem; one
    that is strong backwards spends in it, one that is strong forwards feeds it.

    Parameters
    ----------
    flows : Flows
        What nodes sell to each other; exports and losses are final demand, inputs primary input.
    by : str, Result or Table
        The groups: ``kind``, ``node`` for each node by itself, an attribute's name, a partition's result, or a table
        with kind, id and value.

    Returns
    -------
    Result
        Level group, one row a group by name: ``backward``, ``forward`` and ``allocation``, each with mean 1; ``role``
        key, backward, forward or weak; ``multiplier`` and ``input_multiplier``, at least 1; ``output`` and ``demand``
        in the view's unit.

    Raises
    ------
    UnknownNameError
        If no node has such an attribute.
    ParameterError
        If a table lacks kind, id or a value, or names a node twice.

    Notes
    -----
    With L as told under ``leontief`` and G under ``ghosh``, of n groups: ``multiplier`` m_b = sum_a L_ab, ``backward``
    = n m_b / sum L (power of dispersion), ``forward`` = n sum_b L_ab / sum L (sensitivity of dispersion; Rasmussen
    1956), ``input_multiplier`` = sum_b G_ab and ``allocation`` = n times that / sum G. Key is above 1 backwards and
    forwards. By a sparse factorisation; L itself is not formed. Where L does not exist, as in a closed system, what
    rests on it is NaN with a note, and likewise G.

    References
    ----------
    Rasmussen, P. N. (1956). Studies in inter-sectoral relations. North-Holland. Miller, R. E. & Blair, P. D. (2009).
    Input-output analysis, 2nd ed., ch. 12. Chinese term: 产业关联.

    Examples
    --------
    >>> import ecograph as eg
    >>> moved = {"source": ["m", "a", "b"], "target": ["a", "b", "m"], "amount": [4.0, 3.0, 5.0], "unit": ["CNY"] * 3}
    >>> eco = eg.from_tables({"Maker": {"id": ["a", "b"]}, "Market": {"id": ["m"]}}, {"TRANSFERS": moved})
    >>> found = eg.linkage(eco.flows("TRANSFERS", outside="Market"), by="node")
    >>> found["multiplier"].tolist(), found["role"].tolist()
    ([1.0, 1.6], ['forward', 'backward'])
    """
    groups, names = codes_of(labels_of(flows, by, "by"))
    economics = economy(flows.amounts, flows.inputs, flows.exports + flows.losses, groups, len(names))
    supplies = economics.mirrored
    missing = np.full(len(names), np.nan)
    pulls, pushes, pours = (
        missing if found is None else found
        for found in (economics.multipliers, economics.sensitivities, supplies.multipliers)
    )
    columns: dict[str, Any] = {
        "backward": _over_mean(pulls),
        "forward": _over_mean(pushes),
        "role": _roles(_over_mean(pulls), _over_mean(pushes)),
        "allocation": _over_mean(pours),
        "multiplier": pulls,
        "input_multiplier": pours,
        "output": economics.outputs,
        "demand": economics.demand,
    }
    ways = {"demand": economics.multipliers is not None, "supply": supplies.multipliers is not None}

    def explain(position: int, language: Language) -> str:
        row = {name: cells[position] for name, cells in columns.items()}
        if ways["demand"]:
            row["role"] = linkage.said(str(row["role"]), language)
        told = {way: linkage.said(way, language, **row) if known else "" for way, known in ways.items()}
        group = label_called(flows.nodes.schema, by, names[position], language)
        unit = f" {flows.unit}".rstrip()
        return linkage.said("explain", language, group=group, unit=unit, output=row["output"], **told)

    absent = [reason for reason, known in zip(REASONS, ways.values(), strict=True) if not known]
    findings = {
        "no_end": not ways["demand"],
        "no_start": not ways["supply"],
        "only_receives": economics.idle,
        "only_gives": supplies.idle,
    }
    return Values(
        columns=columns,
        keys={"group": pa.array(names, pa.string())},
        notes=["; ".join(absent) or None] * len(names),
        findings=[*unlabelled(groups, by), *(Finding(code, int(count)) for code, count in findings.items() if count)],
        explainer=explain,
    )


def _over_mean(sums: Amounts) -> Amounts:
    return np.asarray(sums / sums.mean(), np.float64) if len(sums) else sums


def _roles(backward: Amounts, forward: Amounts) -> pa.Array:
    """Which of the two are above 1; missing where they are."""
    pull, push = backward > 1 + 1e-12, forward > 1 + 1e-12
    words = np.select([pull & push, pull, push], ["key", "backward", "forward"], "weak")
    return pa.array(words, pa.string(), mask=np.isnan(backward))
