"""Gould-Fernandez brokerage against chance."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecograph.errors import ParameterError
from ecograph.given import codes_of, labels_of, unlabelled
from ecograph.methods.open_paths import CELLS, ROLES, TOGETHER, brokered, by_chance
from ecograph.metric import Labels, Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network
from ecograph.views.labels import label_called
from ecograph.views.need import Need

WORDS: Words = {
    "explain": {
        "en": "{node} ({group}), with the groups exchanged at random {times:,} times: {roles}.",
        "zh": "{node}（{group}），将各节点的组随机互换 {times:,} 次作比较：{roles}。",
    },
    "nothing": {
        "en": "{node} ({group}): its roles are the same however the groups are exchanged.",
        "zh": "{node}（{group}）：无论怎样互换各节点的组，其角色都不变。",
    },
    "none": {"en": "{node} has no group.", "zh": "{node} 没有组别。"},
    "role": {
        "en": "{role} {count:,} where chance gives {expected:,.4g} (p {p:.3f})",
        "zh": "{role} {count:,}，随机期望 {expected:,.4g}（p {p:.3f}）",
    },
    "coordinator": {"en": "coordinator", "zh": "协调者"},
    "itinerant": {"en": "itinerant broker", "zh": "组外中介者"},
    "gatekeeper": {"en": "gatekeeper", "zh": "守门人"},
    "representative": {"en": "representative", "zh": "代理人"},
    "liaison": {"en": "liaison", "zh": "联络者"},
}
NO_GROUP, CONSTANT = "no group", "no z or p for counts that never vary"


def _columns() -> dict[str, Column]:
    columns = {}
    for role in ROLES:
        zh = WORDS[role]["zh"]
        columns[role] = Column(f"open two-paths as {role}", zh=zh, bounds=(0, None))
        columns[f"{role}_expected"] = Column(f"mean {role} count by chance", zh=f"{zh}期望值", bounds=(0, None))
        columns[f"{role}_z"] = Column(f"{role} beyond chance in standard deviations", zh=f"{zh} z 值")
        columns[f"{role}_p"] = Column(f"probability of as many as {role} or more", zh=f"{zh} p 值", bounds=(0, 1))
    return columns


def _cost(network: Network, options: Mapping[str, Any]) -> Need:
    permutations, n = options["permutations"], network.n
    together = min(permutations, TOGETHER, max(CELLS // max(len(ROLES) * n, 1), 1))
    operations = 4.0 * permutations * (n + network.size)
    return Need(operations, 90.0 * together * n + 300.0 * n + 20.0 * network.size, "give fewer permutations=")


@metric(
    level="node",
    zh="中介角色的显著性",
    summary_zh="一个节点承担各中介角色的次数，是否多于组别随机分布时的情形。",
    source="Gould & Fernandez 1989, eqs. 1-5; Dufour 2006, sec. 2",
    columns=_columns(),
    cost=_cost,
    words=WORDS,
)
def brokerage_significance(
    network: Network, *, by: Labels = "kind", within: Labels | None = None, permutations: int = 999, seed: int = 0
) -> Values:
    """Whether a node brokers between groups more often than if groups were spread by chance over the same ties.

    Read a small p as a role that comes from who the neighbours are, not only from how many there are: the hub of any
    network brokers a lot, and would under any groups.

    Parameters
    ----------
    network : Network
        ``n`` nodes. Roles are not read; without direction every tie counts both ways.
    by : str, Result or Table
        The groups: an attribute's name, ``kind``, a partition's result, or a table with kind, id and value.
    within : str, Result or Table, optional
        Strata, given likewise: groups are exchanged between nodes of one stratum only, so that what a stratum has of
        each group stays. All nodes are one stratum if not given.
    permutations : int
        How many times groups are exchanged, at least 2; p has steps of about 1 / permutations.
    seed : int
        Seed of the permutations and of the draws that break ties, from 0.

    Returns
    -------
    Result
        Level node, ``n`` rows; of each of the five roles the count, a whole number from 0 as in ``brokerage``;
        ``_expected``, its mean under permuted groups; ``_z``, how many standard deviations the count is above that;
        ``_p``, in [0, 1]. No unit.

    Raises
    ------
    UnknownNameError
        If no node has such an attribute.
    ParameterError
        If a table lacks kind, id or a value, or names a node twice; if permutations is below 2 or seed below 0.

    Notes
    -----
    A permutation draws, within each stratum, a random order of its nodes' groups, the node's own with the others'; ties
    stay, and so does the sum of the five roles. With N permutations, M of which give more and E as many as observed,
    p = (M + U (E + 1)) / (N + 1), U drawn evenly from [0, 1): equal counts are put in random order, so that p is evenly
    distributed where groups are spread by chance, however few counts there can be. Small p are roles held more often
    than by chance, p near 1 those held less often. Of many nodes some have a small p by chance: compare p with .05 over
    the number of nodes and roles looked at, or see whether more than 5 % are below .05.

    A count that never varies, as that of a node with fewer than two neighbours, has no z and no p: NaN with a note; so
    has z alone where permutations agree with each other but not with what was observed. A node without a group keeps
    none and has no values, a node without a stratum keeps its group; both are told in a finding. An empty view gives an
    empty table.

    References
    ----------
    Gould, R. V. & Fernandez, R. M. (1989). Structures of mediation. Sociological Methodology 19, eqs. 1-5.
    Dufour, J.-M. (2006). Monte Carlo tests with nuisance parameters. Journal of Econometrics 133, sec. 2.
    Chinese term: 中介角色的显著性.

    Examples
    --------
    >>> import ecograph as eg
    >>> net = eg.dataset("harbour").network("COLLABORATES")
    >>> found = eg.brokerage_significance(net, by="kind", permutations=99)
    >>> bool((found["liaison_p"] < 0.05).any())
    True
    """
    if permutations < 2:
        raise ParameterError(f"permutations={permutations}; allowed: 2 or more")
    if seed < 0:
        raise ParameterError(f"seed={seed}; allowed: 0 or more")
    labels = labels_of(network, by, "by")
    groups, _ = codes_of(labels)
    findings = unlabelled(groups, by)
    strata = np.zeros(network.n, np.int64)
    if within is not None:
        strata, _ = codes_of(labels_of(network, within, "within"))
        findings += unlabelled(strata, within)
    counts = brokered(network.arcs.rows, groups)
    means, z, p = by_chance(network.arcs.rows, groups, strata, permutations, seed)
    columns: dict[str, NDArray[np.generic]] = {}
    for number, role in enumerate(ROLES):
        columns[role] = counts[role]
        columns[f"{role}_expected"] = np.where(groups >= 0, means[:, number], np.nan)
        columns |= {f"{role}_z": z[:, number], f"{role}_p": p[:, number]}

    def explain(position: int, language: Language) -> str:
        node, label = network.nodes.called(position), labels[position].as_py()
        if label is None:
            return brokerage_significance.said("none", language, node=node)
        said = [
            _said(role, language, *(cells[position] for cells in (counts[role], means[:, number], p[:, number])))
            for number, role in enumerate(ROLES)
            if not np.isnan(p[position, number])
        ]
        gaps = {"group": label_called(network.nodes.schema, by, label, language), "times": permutations}
        joined = ("；" if language == "zh" else "; ").join(said)
        return brokerage_significance.said("explain" if said else "nothing", language, node=node, roles=joined, **gaps)

    notes = np.where(groups < 0, NO_GROUP, np.where(np.isnan(z).any(axis=1), CONSTANT, ""))
    return Values(
        columns=columns,
        findings=findings,
        notes=[note or None for note in notes.tolist()],
        explainer=explain,
    )


def _said(role: str, language: Language, count: int, expected: float, p: float) -> str:
    name = brokerage_significance.said(role, language)
    return brokerage_significance.said("role", language, role=name, count=int(count), expected=expected, p=p)
