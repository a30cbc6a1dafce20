"""Roles."""

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from ecograph.innovation import ROLES
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Records

WORDS: Words = {
    "explain": {"en": "{node} has {count} roles: {roles}.", "zh": "{node} 身兼 {count} 种角色：{roles}。"},
    "single": {"en": "{node} has one role: {roles}.", "zh": "{node} 只有一种角色：{roles}。"},
    "nothing": {"en": "{node} has no role on record.", "zh": "{node} 没有任何角色的记录。"},
    "investor": {"en": "investor ({rows:,})", "zh": "投资人（{rows:,}）"},
    "mentor": {"en": "mentor ({rows:,})", "zh": "导师（{rows:,}）"},
    "teacher": {"en": "teacher ({rows:,})", "zh": "讲师（{rows:,}）"},
    "tracker": {"en": "tracker ({rows:,})", "zh": "跟踪人（{rows:,}）"},
    "supplier": {"en": "supplier ({rows:,})", "zh": "供应方（{rows:,}）"},
    "demander": {"en": "demander ({rows:,})", "zh": "需求方（{rows:,}）"},
    "customer": {"en": "customer ({rows:,})", "zh": "客户（{rows:,}）"},
    "student": {"en": "student ({rows:,})", "zh": "在读学生（{rows:,}）"},
    "employee": {"en": "employee ({rows:,})", "zh": "雇员（{rows:,}）"},
    "executive": {"en": "executive", "zh": "高管"},
}


@metric(
    level="node",
    zh="角色",
    summary_zh="每个人、团队和机构担当哪些角色，各有多少条记录为据。",
    source="ecograph, operational definition of the dual role (双重角色)",
    columns={
        "roles": Column("roles it has", zh="角色数", bounds=(0, 10)),
        "investor": Column("investments it made", zh="投资笔数", bounds=(0, None)),
        "mentor": Column("mentorships it gave", zh="指导次数", bounds=(0, None)),
        "teacher": Column("courses it taught", zh="授课次数", bounds=(0, None)),
        "tracker": Column("projects tracked, by row", zh="跟踪次数", bounds=(0, None)),
        "supplier": Column("supplies it offered", zh="供应条数", bounds=(0, None)),
        "demander": Column("demands it raised", zh="需求条数", bounds=(0, None)),
        "customer": Column("services it chose", zh="选用服务次数", bounds=(0, None)),
        "student": Column("studies it took up", zh="就读条数", bounds=(0, None)),
        "employee": Column("employments it has", zh="受聘条数", bounds=(0, None)),
        "executive": Column("1 if an executive, else 0", zh="是否高管", bounds=(0, 1)),
    },
    words=WORDS,
)
def roles(records: Records) -> Values:
    """Which roles each person, team and organisation has, and how many rows say so.

    Read it as who wears several hats: the maker who is both supplier and demander, the employee who is also a customer,
    the executive who mentors.

    Parameters
    ----------
    records : Records
        INVESTS_IN, MENTORS, TEACHES, TRACKS, SUPPLIES, DEMANDS, CHOOSES_SERVICE, STUDIES_AT and EMPLOYS; one that is
        absent gives nobody its role.

    Returns
    -------
    Result
        Level node, one row an actor: ``roles``, the number of roles from 0 to 10; then a whole number of rows for each
        role, 0 where the actor does not have it; ``executive`` is 0 or 1. No unit.

    Raises
    ------
    UnknownNameError
        If the schema has no actors.

    Notes
    -----
    A role comes from the rows of the period, not from the kind: investor, mentor, teacher, tracker, supplier, demander,
    customer and student are the sources of INVESTS_IN, MENTORS, TEACHES, TRACKS, SUPPLIES, DEMANDS, CHOOSES_SERVICE and
    STUDIES_AT; an employee is the target of EMPLOYS; an executive is a node whose attribute ``executive`` is true, at
    any time. Projects demand too but play no roles. Roles change with time: take
    ``eco.between(a, b).records()`` for those of a period. An actor without such rows has 0 roles.

    References
    ----------
    Roles as relations of one node, and the count of them, are ours. Chinese term: 角色.

    Examples
    --------
    >>> import ecograph as eg
    >>> nodes = {"Maker": {"id": ["mia"]}, "Makerspace": {"id": ["hub"]}}
    >>> tie = {"source": ["mia"], "target": ["hub"]}
    >>> eco = eg.from_tables(nodes, {"SUPPLIES": tie, "DEMANDS": tie})
    >>> eg.roles(eco.records()).explain("mia")
    'mia has 2 roles: supplier (1), demander (1).'
    """
    actors = np.flatnonzero(records.nodes.of("Actor"))
    counts = {role: counted[actors] for role, counted in _counts(records).items()}
    held = np.sum([count > 0 for count in counts.values()], axis=0)

    def explain(row: int, language: Language) -> str:
        said = [roles.said(role, language, rows=int(count[row])) for role, count in counts.items() if count[row]]
        return roles.said(
            ("nothing", "single")[len(said)] if len(said) < 2 else "explain",
            language,
            node=records.nodes.called(int(actors[row])),
            count=len(said),
            roles=("、" if language == "zh" else ", ").join(said),
        )

    return Values(
        columns={"roles": held, **counts},
        nodes=actors,
        explainer=explain,
    )


def _counts(records: Records) -> dict[str, NDArray[np.int64]]:
    """How many rows give each node each role."""
    ends = {role: records.content.ends(relation)[0] for role, relation in ROLES.items()}
    ends["employee"] = records.content.ends("EMPLOYS")[1]
    counts = {role: np.bincount(positions, minlength=records.n) for role, positions in ends.items()}
    return counts | {"executive": _executives(records)}


def _executives(records: Records) -> NDArray[np.int64]:
    nodes = records.nodes
    if not any("executive" in table.column_names for table in nodes.tables.values()):
        return np.zeros(nodes.n, np.int64)
    found = pc.equal(nodes.column("executive"), "true").fill_null(False)
    return np.asarray(found.to_numpy(zero_copy_only=False), np.int64)
