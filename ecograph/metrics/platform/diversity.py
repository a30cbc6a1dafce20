"""Diversity of the members of each platform."""

from collections import Counter

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.content import Nodes
from ecograph.given import codes_of, labels_of, unlabelled
from ecograph.methods.diversity import diversities
from ecograph.methods.incidence import incidence, types_joined
from ecograph.metric import Labels, Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import TwoMode
from ecograph.views.labels import label_called

ALL = "all"

WORDS: Words = {
    "explain": {
        "en": "{group}: {members:,} members of {types:,} types, as diverse as {equal:.2f} types of equal size; the "
        "largest is {largest} with {share:.1%}.",
        "zh": "{group}：{members:,} 个成员分属 {types:,} 类，多样性相当于 {equal:.2f} 个规模相等的类别；"
        "最大的一类是 {largest}，占 {share:.1%}。",
    },
    "all": {"en": "All platforms", "zh": "全部平台"},
    "nobody": {
        "en": "{group}: no member with a type, so there is no diversity.",
        "zh": "{group}：没有已知类别的成员，谈不上多样性。",
    },
}


@metric(
    level="group",
    zh="成员多样性",
    summary_zh="各平台的成员类型有多丰富。",
    source="Shannon 1948; Blau 1977; Hill 1973, eq. 4",
    columns={
        "hill_1": Column("types of equal size as diverse (Hill number of order 1)", zh="有效类别数", bounds=(1, None)),
        "hill_2": Column("the same, rare types counting less (order 2)", zh="有效类别数（二阶）", bounds=(1, None)),
        "shannon": Column("Shannon entropy of the types", zh="香农熵", unit="nat", bounds=(0, None)),
        "blau": Column("chance that two members differ in type", zh="布劳指数", bounds=(0, 1)),
        "largest": Column("the largest type", zh="最大类别"),
        "largest_share": Column("share of the largest type", zh="最大类别份额", bounds=(0, 1)),
        "types": Column("types met (Hill number of order 0)", zh="类别数", bounds=(0, None)),
        "members": Column("members with a type", zh="成员数", bounds=(0, None)),
    },
    example={"by": "kind"},
    words=WORDS,
)
def diversity(two_mode: TwoMode, *, by: Labels = "background") -> Values:
    """How diverse the members of each platform are.

    Read ``hill_1`` as a number of types: 1 is a platform of one type, 3.2 one as diverse as 3.2 types of equal size.

    Parameters
    ----------
    two_mode : TwoMode
        Members on the first side, platforms on the second, joined by a path of one or several steps; written the other
        way round, the path asks how diverse the platforms of each member are.
    by : str, Result or Table
        Type of each member: an attribute's name, ``kind``, a partition's result, or a table with kind, id and value.

    Returns
    -------
    Result
        Level group, one row a platform and last ``all``, in which everyone who is joined to any platform counts once.
        ``hill_1`` and ``hill_2`` in [1, types]; ``shannon`` in [0, ln types] nats; ``blau`` in [0, 1 - 1/types];
        ``largest`` and its share; ``types`` and ``members``, whole numbers from 0.

    Raises
    ------
    UnknownNameError
        If no node has such an attribute.
    ParameterError
        If a table lacks kind, id or a value, or names a node twice.

    Notes
    -----
    With the share p of each type among the members: shannon = -sum p ln p, blau = 1 - sum p^2, hill_1 = exp(shannon),
    hill_2 = 1 / sum p^2. A member counts once at a platform, however often it is joined. Members without a type are
    left out, with a finding; a platform without members has NaN with a note. Of equal types the first by name is the
    largest. Where two platforms share an id, or one is called ``all``, its name is ``kind:id``.

    References
    ----------
    Hill, M. O. (1973). Diversity and evenness. Ecology 54, eq. 4. Blau, P. M. (1977). Inequality and Heterogeneity.
    Chinese term: 成员多样性.

    Examples
    --------
    >>> import ecograph as eg
    >>> view = eg.dataset("harbour").two_mode("Maker -SETTLED_IN-> Makerspace")
    >>> all_makers = eg.diversity(view, by="background").frame().iloc[-1]
    >>> all_makers["largest"], int(all_makers["types"])
    ('student', 5)
    """
    labels = labels_of(two_mode, by, "by").filter(pa.array(two_mode.left))
    types, names = codes_of(labels)
    joined = incidence(two_mode.factors)
    anywhere = np.where(np.diff(joined.indptr) > 0, types, -1)
    whole = np.bincount(anywhere[anywhere >= 0], minlength=len(names))
    counts = np.vstack([types_joined(joined, types, len(names)), whole])
    columns = diversities(counts)
    groups = _named(two_mode.nodes, ~two_mode.left)
    largest = [names[np.argmax(row)] if row.any() else None for row in counts]

    def explain(position: int, language: Language) -> str:
        group = diversity.said(ALL, language) if groups[position] == ALL else groups[position]
        most = largest[position]
        if most is None:
            return diversity.said("nobody", language, group=group)
        gaps = {name: int(columns[name][position]) for name in ("members", "types")}
        gaps |= {"equal": columns["hill_1"][position], "share": columns["largest_share"][position]}
        called = label_called(two_mode.nodes.schema, by, most, language)
        return diversity.said("explain", language, group=group, largest=called, **gaps)

    findings = unlabelled(types, by)
    return Values(
        columns={**columns, "largest": pa.array(largest, pa.string())},
        keys={"group": pa.array(groups, pa.string())},
        notes=[None if members else "no member with a type" for members in columns["members"]],
        findings=findings,
        explainer=explain,
    )


def _named(nodes: Nodes, side: NDArray[np.bool_]) -> list[str]:
    """Names of the rows: ids, with the kind where they would not be unique, and the whole."""
    ids, kinds = (column.filter(pa.array(side)).to_pylist() for column in (nodes.ids, nodes.kinds))
    seen = Counter([*ids, ALL])
    return [*(one if seen[one] == 1 else f"{kind}:{one}" for kind, one in zip(kinds, ids, strict=True)), ALL]
