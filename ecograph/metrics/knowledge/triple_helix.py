"""Triple helix."""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from ecograph.errors import ParameterError
from ecograph.methods.information import joint_entropies
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import TwoMode

WORDS: Words = {
    "explain": {
        "en": "Over {units:,} units the helices have {transmission:+.6f} bit in common: {reading}.",
        "zh": "在 {units:,} 个单元中，各螺旋之间的互信息为 {transmission:+.6f} 比特：{reading}。",
    },
    "synergy": {
        "en": "negative, so together they tell more than in pairs (synergy)",
        "zh": "为负，说明三者合在一起比两两相加提供更多信息（协同）",
    },
    "redundancy": {
        "en": "positive, so they overlap and one tells what the others tell (redundancy)",
        "zh": "为正，说明三者信息重叠（冗余）",
    },
    "independence": {"en": "0, so they come together as if by chance", "zh": "为零，说明三者的组合如同偶然"},
}


@metric(
    level="whole",
    zh="三螺旋",
    summary_zh="高校、产业和政府在项目等共同单元中共有多少信息。",
    source="Leydesdorff 2003, eq. 4; Leydesdorff, Park & Lengyel 2014",
    columns={
        "transmission": Column("information the helices have in common", zh="互信息", unit="bit"),
        "units": Column("units counted", zh="单元数", bounds=(0, None)),
        "with_university": Column("units with a university", zh="含高校的单元", bounds=(0, None)),
        "with_industry": Column("units with industry", zh="含产业的单元", bounds=(0, None)),
        "with_government": Column("units with government", zh="含政府的单元", bounds=(0, None)),
        "with_fourth": Column("units with the fourth helix", zh="含第四螺旋的单元", bounds=(0, None)),
        "with_all": Column("units with all helices", zh="含全部螺旋的单元", bounds=(0, None)),
        "with_none": Column("units with none", zh="不含任何螺旋的单元", bounds=(0, None)),
        "joint_entropy": Column("entropy of the helices together", zh="联合熵", unit="bit", bounds=(0, None)),
    },
    example={"university": ["University"], "industry": ["Enterprise"], "government": ["PublicBody"]},
    words=WORDS,
)
def triple_helix(
    two_mode: TwoMode,
    *,
    university: list[str],
    industry: list[str],
    government: list[str],
    fourth: list[str] | None = None,
) -> Values:
    """Information that universities, industry and government have in common over joint units such as projects.

    Read it as synergy: a negative value says that the three together tell more than they do in pairs.

    Parameters
    ----------
    two_mode : TwoMode
        Units (projects, say) on one side and actors on the other; a path of several steps will do.
    university, industry, government : list of str
        Kinds of each helix; branches stand for their leaves.
    fourth : list of str, optional
        Kinds of a fourth helix.

    Returns
    -------
    Result
        Level whole, one row: ``transmission`` in bits (any sign), ``units``, how many have each helix
        (``with_fourth`` is missing without one), all and none of them, and the ``joint_entropy`` in bits.

    Raises
    ------
    ParameterError
        If a kind belongs to two helices, or the helices' kinds stand on both sides or on neither.

    Notes
    -----
    Every unit is coded by the presence of each helix, units with none included. T(uig) = H(u) + H(i) + H(g) - H(ui) -
    H(ug) - H(ig) + H(uig), entropies in bits; with four helices the single entropies, minus the pairs, plus the
    triples, minus all four. Without units T does not exist: NaN with a note.

    References
    ----------
    Leydesdorff, L. (2003). The mutual information of university-industry-government relations. Scientometrics 58,
    eq. 4. Leydesdorff, L., Park, H. W. & Lengyel, B. (2014). Scientometrics 99, for four. Chinese term: 三螺旋.

    Examples
    --------
    >>> import ecograph as eg
    >>> eco = eg.dataset("cordis-h2020")
    >>> view = eco.two_mode("Project <-PARTICIPATES_IN- Organisation")
    >>> found = eg.triple_helix(
    ...     view, university=["University"], industry=["Enterprise"], government=["PublicBody"])
    >>> round(float(found["transmission"][0]), 7)
    -0.0275461
    """
    named: dict[str, list[str]] = {"university": university, "industry": industry, "government": government}
    if fourth is not None:
        named["fourth"] = fourth
    presence = _presence(two_mode, named)
    units = presence.shape[1]
    entropies = joint_entropies(presence)
    signed = [-((-1) ** len(subset)) * entropy for subset, entropy in entropies.items()]
    transmission = float(np.sum(signed)) if units else float("nan")
    counts = {f"with_{name}": float(row.sum()) for name, row in zip(named, presence, strict=True)}
    columns = {
        "transmission": transmission,
        "units": units,
        **({"with_fourth": float("nan")} | counts),
        "with_all": int(presence.all(axis=0).sum()),
        "with_none": int((~presence.any(axis=0)).sum()),
        "joint_entropy": entropies[tuple(range(len(named)))] if units else float("nan"),
    }

    def explain(_: int, language: Language) -> str:
        clear = abs(transmission) > 1e-12
        reading = ("synergy" if transmission < 0 else "redundancy") if clear else "independence"
        gaps = {"units": units, "transmission": transmission if clear else 0.0}
        return triple_helix.said("explain", language, reading=triple_helix.said(reading, language), **gaps)

    note = None if units else "no units"
    return Values(
        columns={name: [cell] for name, cell in columns.items()},
        notes=[note or (None if fourth is not None else "no fourth helix")],
        explainer=explain,
    )


def _presence(two_mode: TwoMode, named: Mapping[str, Sequence[str]]) -> NDArray[np.bool_]:
    """Whether each helix (rows) is present in each unit (columns)."""
    masks = {name: two_mode.nodes.of(*kinds) for name, kinds in named.items()}
    schema = two_mode.nodes.schema
    for (one, mine), (other, theirs) in combinations(named.items(), 2):
        shared = set(schema.leaves(*mine) if mine else ()) & set(schema.leaves(*theirs) if theirs else ())
        if shared:
            raise ParameterError(f"{one} and {other} both hold {', '.join(sorted(shared))}; give a kind to one helix")
    sides = [set(schema.leaves(side)) for side in two_mode.sides]
    asked = set().union(*(schema.leaves(*kinds) for kinds in named.values() if kinds))
    on_left = asked <= sides[0]
    if on_left == (asked <= sides[1]):
        raise ParameterError(
            f"helices {', '.join(sorted(asked)) or 'without kinds'} must all stand on one side of the view, "
            f"whose sides are {' and '.join(two_mode.sides)}; give kinds of one side"
        )
    side = two_mode.left if on_left else ~two_mode.left
    return np.array([two_mode.reached(mask[side], from_left=on_left) for mask in masks.values()])
