"""Gould-Fernandez brokerage."""

import numpy as np
import pyarrow as pa

from ecograph.given import codes_of, labels_of, unlabelled
from ecograph.methods.open_paths import ROLES, brokered
from ecograph.metric import Labels, Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Network
from ecograph.views.labels import label_called
from ecograph.views.need import linear

WORDS: Words = {
    "explain": {
        "en": "{node} ({group}) stands between {total:,} ordered pairs that are not joined themselves: {roles}.",
        "zh": "{node}（{group}）居间连接 {total:,} 个彼此没有直接联系的有序对：{roles}。",
    },
    "nothing": {
        "en": "{node} ({group}) stands between no two nodes that are not joined themselves.",
        "zh": "{node}（{group}）没有居间连接任何彼此没有直接联系的节点。",
    },
    "coordinator": {"en": "{count:,} as coordinator inside its group", "zh": "组内协调者 {count:,}"},
    "itinerant": {"en": "{count:,} as itinerant broker inside another group", "zh": "组外中介者 {count:,}"},
    "gatekeeper": {"en": "{count:,} as gatekeeper into its group", "zh": "守门人 {count:,}"},
    "representative": {"en": "{count:,} as representative out of its group", "zh": "代理人 {count:,}"},
    "liaison": {"en": "{count:,} as liaison between two other groups", "zh": "联络者 {count:,}"},
}


@metric(
    level="node",
    zh="中介角色",
    summary_zh="一个节点在多少对彼此没有直接联系的节点之间牵线搭桥，并按三者所属的组区分角色。",
    source="Gould & Fernandez 1989, eqs. 1-5",
    columns={
        "total": Column("open two-paths through the node", zh="合计", bounds=(0, None)),
        "coordinator": Column("within its own group", zh="协调者", bounds=(0, None)),
        "itinerant": Column("within another group", zh="组外中介者", bounds=(0, None)),
        "gatekeeper": Column("from another group into its own", zh="守门人", bounds=(0, None)),
        "representative": Column("from its own group into another", zh="代理人", bounds=(0, None)),
        "liaison": Column("from another group into a third", zh="联络者", bounds=(0, None)),
    },
    words=WORDS,
    cost=linear(operations=25, node=230, arc=10),
)
def brokerage(network: Network, *, by: Labels = "kind") -> Values:
    """How often a node stands between two others that are not joined themselves, by the groups of the three.

    Read it as who makes the connections: a gatekeeper brings outsiders in, a liaison joins two foreign groups.

    Parameters
    ----------
    network : Network
        ``n`` nodes. Roles are not read; without direction every tie counts both ways.
    by : str, Result or Table
        The groups: an attribute's name, ``kind``, a partition's result, or a table with kind, id and value.

    Returns
    -------
    Result
        Level node, ``n`` rows: ``total`` and the five roles, whole numbers from 0 whose sum is ``total``; no unit.

    Raises
    ------
    UnknownNameError
        If no node has such an attribute.
    ParameterError
        If a table lacks kind, id or a value, or names a node twice.

    Notes
    -----
    Counted are open two-paths a -> b -> c: no arc a -> c, and a, b, c three nodes, of the groups (A, B, C):
    coordinator A = B = C; itinerant A = C != B; gatekeeper A != B = C; representative A = B != C; liaison all
    different. Self-ties and parallel relations change nothing. A node without a group brokers for nobody, and paths
    over it are left out, with a finding. sna (R) names them w_I, w_O, b_OI, b_IO, b_O. An isolate has 0s; an empty
    view gives an empty table.

    References
    ----------
    Gould, R. V. & Fernandez, R. M. (1989). Structures of mediation. Sociological Methodology 19, eqs. 1-5.
    Chinese term: 中介角色.

    Examples
    --------
    >>> import ecograph as eg
    >>> ties = {"source": ["u", "m"], "target": ["m", "e"]}
    >>> nodes = {"Maker": {"id": ["m"]}, "University": {"id": ["u"]}, "Enterprise": {"id": ["e"]}}
    >>> net = eg.from_tables(nodes, {"COLLABORATES": ties}).network("COLLABORATES")
    >>> eg.brokerage(net).top(1)["liaison"].tolist()
    [2]
    """
    labels = labels_of(network, by, "by")
    groups, _ = codes_of(labels)
    counts = brokered(network.arcs.rows, groups)
    columns = {"total": np.sum([counts[role] for role in ROLES], axis=0), **counts}

    def explain(position: int, language: Language) -> str:
        numbers = {role: int(counts[role][position]) for role in ROLES}
        said = [brokerage.said(role, language, count=count) for role, count in numbers.items() if count]
        label = labels[position].as_py()
        return brokerage.said(
            "explain" if said else "nothing",
            language,
            node=network.nodes.called(position),
            group=label_called(network.nodes.schema, by, label, language) if label else "–",
            total=sum(numbers.values()),
            roles=("、" if language == "zh" else ", ").join(said),
        )

    findings = unlabelled(groups, by)
    notes = pa.array(np.where(groups < 0, "no group", ""), pa.string()).to_pylist()
    return Values(columns=columns, findings=findings, notes=[note or None for note in notes], explainer=explain)
