"""Ascendency."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ecograph.metric import VIEW_UNIT, Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Flows

WORDS: Words = {
    "explain": {
        "en": "Who gives to whom is determined to {share:.1%} (robustness is greatest at 36.8%): {state}. "
        "{most:.0%} of the ascendency comes from {part}.",
        "zh": "流向的确定程度为 {share:.1%}（稳健性在 36.8% 处最大）：{state}。上升性的 {most:.0%} 来自{part}。",
    },
    "brittle": {
        "en": "efficient, with few other ways if one fails",
        "zh": "效率高，但某条路径中断时可替代的路径少",
    },
    "loose": {
        "en": "many parallel ways, few of them strong",
        "zh": "并行路径多，但主干路径不强",
    },
    "inputs": {"en": "flows over the boundary into it", "zh": "边界输入"},
    "internal": {"en": "flows inside", "zh": "内部流"},
    "exports": {"en": "flows over the boundary out of it", "zh": "边界输出"},
    "losses": {"en": "losses", "zh": "损耗"},
    "nothing": {"en": "Nothing flows.", "zh": "没有任何流。"},
}
PARTS = ("inputs", "internal", "exports", "losses")
SUMS = {
    "ascendency": ("organised part of the capacity (ASC)", "上升性"),
    "overhead": ("unorganised part of the capacity (OH)", "系统开销"),
    "capacity": ("development capacity (CAP)", "发展容量"),
}
OF_PARTS = {
    "inputs": (", of inputs", "（边界输入）"),
    "internal": (", of flows inside", "（内部流）"),
    "exports": (", of exports", "（边界输出）"),
    "losses": (", of losses", "（损耗）"),
}


class Organisation(NamedTuple):
    """Capacity, ascendency and overhead of each flow, and the part it belongs to."""

    capacities: NDArray[np.float64]
    ascendencies: NDArray[np.float64]
    overheads: NDArray[np.float64]
    parts: NDArray[np.int64]
    density: float  # effective link density


@metric(
    level="whole",
    reads="amount",
    zh="上升性",
    summary_zh="资源流动的组织程度有多高，又留有多少余地。",
    source="Ulanowicz 1986; Ulanowicz et al. 2009; Zorach & Ulanowicz 2003",
    columns={
        "relative_ascendency": Column("ascendency to capacity (ASC/CAP)", zh="相对上升性", bounds=(0, 1)),
        "robustness": Column("-a ln a of that ratio a", zh="稳健性", bounds=(0, 0.36787944117144233)),
        "relative_overhead": Column("overhead to capacity (OH/CAP)", zh="相对开销", bounds=(0, 1)),
        "diversity": Column("diversity of flows (H)", zh="流多样性", unit="bits", bounds=(0, None)),
        "mutual_information": Column(
            "average mutual information (AMI)", zh="平均互信息", unit="bits", bounds=(0, None)
        ),
        "residual_diversity": Column("diversity less that (Hr)", zh="剩余多样性", unit="bits", bounds=(0, None)),
        "effective_link_density": Column("effective ways out of a node (ELD)", zh="有效连接密度", bounds=(0, None)),
        "trophic_depth": Column("effective number of roles (TD)", zh="有效角色数", bounds=(0, None)),
        **{name: Column(said, zh=zh, unit=VIEW_UNIT) for name, (said, zh) in SUMS.items()},
        **{
            f"{name}_{part}": Column(said + of, zh=zh + zh_of, unit=VIEW_UNIT)
            for name, (said, zh) in SUMS.items()
            for part, (of, zh_of) in OF_PARTS.items()
        },
    },
    words=WORDS,
)
def ascendency(flows: Flows) -> Values:
    """How organised the flows are, and how much room they leave for change.

    Read the relative ascendency: near 1 everything takes one efficient way and nothing can replace it, near 0 there are
    ways for everything and none is strong; systems that last lie between, where robustness is high.

    Parameters
    ----------
    flows : Flows
        ``n`` nodes inside the boundary and their amounts, in one unit.

    Returns
    -------
    Result
        Level whole, one row: ``relative_ascendency`` and ``relative_overhead`` in [0, 1], ``robustness`` in [0, 1/e];
        ``diversity``, ``mutual_information`` and ``residual_diversity`` in bits; ``effective_link_density`` and
        ``trophic_depth``, from 1; ``capacity``, ``ascendency`` and ``overhead`` and their parts from inputs, flows
        inside, exports and losses, in the view's unit times bits. Parts of the ascendency may be below 0.

    Raises
    ------
    ParameterError
        If the view is no flow view.

    Notes
    -----
    Over all flows, those over the boundary from one source and to one export and one loss, with p_ij the share of a
    flow in their sum TSTp, r_i and c_j the sums of p_ij over j and over i: H = -sum p log2 p, AMI = sum p_ij log2(p_ij
    / (r_i c_j)), capacity = TSTp H, ascendency = TSTp AMI, overhead = capacity - ascendency, robustness = -a ln a with
    a = ascendency / capacity; link density = prod (sqrt(r_i c_j) / p_ij)^p_ij, roles = 2^AMI. The boundary matters:
    what is not named as input, export or loss is not counted. An unbalanced network is measured as it is. With no flow
    at all every value is NaN with a note; with one flow the capacity is 0 and its shares NaN.

    References
    ----------
    Ulanowicz, R. E. (1986). Growth and Development. Ulanowicz, R. E. et al. (2009). Quantifying sustainability.
    Ecological Complexity 6. Zorach, A. C. & Ulanowicz, R. E. (2003). Quantifying the complexity of flow networks.
    Complexity 8. Chinese term: 上升性.

    Examples
    --------
    >>> import ecograph as eg
    >>> moved = {"source": ["m", "a", "b"], "target": ["a", "b", "a"], "amount": [8.0, 6.0, 2.0]}
    >>> eco = eg.from_tables({"Maker": {"id": ["a", "b"]}, "Market": {"id": ["m"]}}, {"TRANSFERS": moved})
    >>> eg.ascendency(eco.flows("TRANSFERS", outside="Market"))["relative_ascendency"].round(3).tolist()
    [0.679]
    """
    organisation = _organisation(flows)
    found, note = _values(flows, organisation)

    def explain(_: int, language: Language) -> str:
        return _explained(organisation, found, language)

    return Values(
        columns={name: [found[name]] for name in ascendency.columns},
        notes=[note],
        explainer=explain,
    )


def _organisation(flows: Flows) -> Organisation:
    cells, n = flows.amounts.tocoo(), flows.n
    nodes, beyond = np.arange(n), np.full(n, n)
    amounts = np.concatenate([flows.inputs, cells.data, flows.exports, flows.losses])
    sources = np.concatenate([beyond, cells.row, nodes, nodes])
    targets = np.concatenate([nodes, cells.col, beyond, beyond + 1])
    parts = np.repeat(np.arange(4), [n, len(cells.data), n, n])
    kept = amounts > 0
    amounts, sources, targets, parts = amounts[kept], sources[kept], targets[kept], parts[kept]
    total = amounts.sum()
    given, taken = (np.bincount(ends, amounts, n + 2)[ends] for ends in (sources, targets))
    shares = amounts / total if len(amounts) else amounts
    informing = np.log2(amounts / given * (total / taken))
    leaving_open = -np.log2(amounts / given) - np.log2(amounts / taken)
    density = float(np.exp2(float(shares @ leaving_open) / 2))
    return Organisation(-amounts * np.log2(shares), amounts * informing, amounts * leaving_open, parts, density)


def _values(flows: Flows, organisation: Organisation) -> tuple[dict[str, float], str | None]:
    total = sum(float(part.sum()) for part in flows.parts)
    if total == 0:
        return dict.fromkeys(ascendency.columns, float("nan")), "nothing flows"
    sums = {
        "capacity": organisation.capacities,
        "ascendency": organisation.ascendencies,
        "overhead": organisation.overheads,
    }
    found: dict[str, Any] = {}
    for name, amounts in sums.items():
        of_parts = np.bincount(organisation.parts, amounts, 4)
        found |= {f"{name}_{part}": _rounded(value) for part, value in zip(PARTS, of_parts, strict=True)}
        found[name] = _rounded(max(float(amounts.sum()), 0.0))
    found["diversity"], found["mutual_information"] = found["capacity"] / total, found["ascendency"] / total
    found["residual_diversity"] = found["overhead"] / total
    found["effective_link_density"] = organisation.density
    found["trophic_depth"] = float(np.exp2(found["mutual_information"]))
    if found["capacity"] == 0:
        undefined = dict.fromkeys(("relative_ascendency", "relative_overhead", "robustness"), float("nan"))
        return found | undefined, "shares: one flow has no capacity"
    ratio = min(found["ascendency"] / found["capacity"], 1.0)
    robust = _rounded(-ratio * np.log(ratio)) if ratio else 0.0
    return found | {"relative_ascendency": ratio, "relative_overhead": 1 - ratio, "robustness": robust}, None


def _rounded(value: float) -> float:
    """A number without the sign of a zero."""
    return float(value) + 0.0


def _explained(organisation: Organisation, found: dict[str, float], language: Language) -> str:
    if np.isnan(found["relative_ascendency"]):
        return ascendency.said("nothing", language)
    shares = np.bincount(organisation.parts, organisation.ascendencies, 4) / (found["ascendency"] or 1.0)
    state = "brittle" if found["relative_ascendency"] > 1 / np.e else "loose"
    return ascendency.said(
        "explain",
        language,
        share=found["relative_ascendency"],
        state=ascendency.said(state, language),
        most=shares.max(),
        part=ascendency.said(PARTS[int(np.argmax(shares))], language),
    )
