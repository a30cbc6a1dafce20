"""Association of platforms and types of members."""

import pyarrow as pa

from ecograph.given import codes_of, labels_of, unlabelled
from ecograph.methods.association import association_of
from ecograph.methods.contingency import checked_draws
from ecograph.methods.incidence import incidence, types_joined
from ecograph.metric import Labels, Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import TwoMode

CHANCE = 0.05

WORDS: Words = {
    "explain": {
        "en": "Over {observations:,} memberships of {columns:,} types on {rows:,} platforms, chi-square is "
        "{square:,.2f} with {freedom:,} degrees of freedom (p = {p:.3g}), Cramer's V {v}: {reading}.",
        "zh": "{rows:,} 个平台、{columns:,} 类成员，共 {observations:,} 个成员关系：卡方为 {square:,.2f}，"
        "自由度 {freedom:,}（p = {p:.3g}），克拉默 V 为 {v}：{reading}。",
    },
    "differ": {"en": "platforms differ in whom they have", "zh": "各平台的成员构成有差异"},
    "alike": {"en": "the differences may be chance", "zh": "差异可能出于偶然"},
    "nothing": {
        "en": "There are fewer than two platforms or types with members, so nothing can go together.",
        "zh": "有成员的平台或类别不足两个，无从谈关联。",
    },
}


@metric(
    level="whole",
    zh="平台与成员类型的关联",
    summary_zh="各平台与其成员的类型之间有多强的关联。",
    source="Pearson 1900; Cramér 1946, 21.9; Bergsma 2013, eqs. 6-8",
    columns={
        "cramers_v": Column("Cramer's V without its bias", zh="克拉默 V（已纠偏）", bounds=(0, 1)),
        "low": Column("low end of its 95 % interval", zh="V 下限", bounds=(0, 1)),
        "high": Column("high end of its 95 % interval", zh="V 上限", bounds=(0, 1)),
        "plain_v": Column("Cramer's V as it is defined", zh="克拉默 V（原式）", bounds=(0, 1)),
        "chi_square": Column("Pearson's chi-square", zh="卡方", bounds=(0, None)),
        "degrees_of_freedom": Column("its degrees of freedom", zh="自由度", bounds=(0, None)),
        "p": Column("probability of as much by chance", zh="p 值", bounds=(0, 1)),
        "observations": Column("memberships counted", zh="成员关系数", bounds=(0, None)),
        "platforms": Column("platforms with members", zh="有成员的平台数", bounds=(0, None)),
        "types": Column("types with members", zh="有成员的类别数", bounds=(0, None)),
    },
    example={"by": "kind"},
    words=WORDS,
)
def association(two_mode: TwoMode, *, by: Labels = "background", resamples: int = 1000, seed: int = 0) -> Values:
    """How strongly the platform goes with the type of its members.

    Read V as a strength from 0, every platform has the same mix, to 1, the platform tells the type; and p as whether
    there is anything. ``composition`` says which platform has whom.

    Parameters
    ----------
    two_mode : TwoMode
        Members on the first side, platforms on the second, joined by a path of one or several steps.
    by : str, Result or Table
        Type of each member: an attribute's name, ``kind``, a partition's result, or a table with kind, id and value.
    resamples : int
        How many tables are drawn for the interval: at least 100, or 0 for no interval.
    seed : int
        Seed of the draws, 0 or more.

    Returns
    -------
    Result
        Level whole, one row: ``cramers_v`` in [0, 1] with the ends of its 95 % interval, ``plain_v``, ``chi_square``
        from 0, ``degrees_of_freedom``, ``p`` in [0, 1], and how many ``observations``, ``platforms`` and ``types``.

    Raises
    ------
    UnknownNameError
        If no node has such an attribute.
    ParameterError
        If a table lacks kind, id or a value, or names a node twice; if there are 1 to 99 resamples, or more than 100
        million cells in all of them; if the seed is below 0.

    Notes
    -----
    Over the platforms and types that have members: chi2 = sum (count - expected)^2 / expected, without a correction
    for continuity; plain V = sqrt(phi2 / (min(r, c) - 1)) with phi2 = chi2 / n. It is far above 0 by chance in wide
    tables, by about b = (r - 1)(c - 1) / (n - 1) in phi2, so ``cramers_v`` takes max(0, phi2 - b) over min(r', c') -
    1, with k' = k - (k - 1)^2 / (n - 1). Tables drawn again from the one at hand have this bias twice; the middle 95 %
    of their phi2 is lowered by 2 b. The p-value is that of the chi-square distribution, and rough where many expected
    counts are below 5. A member of several platforms counts at each, as if it were several. With fewer than two
    platforms or types there is no V: NaN with a note.

    References
    ----------
    Bergsma, W. (2013). A bias-correction for Cramér's V and Tschuprow's T. Journal of the Korean Statistical Society
    42, eqs. 6-8. Cramér, H. (1946). Mathematical Methods of Statistics, 21.9. Chinese term: 平台与成员类型的关联.

    Examples
    --------
    >>> import ecograph as eg
    >>> view = eg.dataset("harbour").two_mode("Maker -SETTLED_IN-> Makerspace")
    >>> found = eg.association(view, by="background")
    >>> found["degrees_of_freedom"].tolist(), found["plain_v"].round(3).tolist()
    ([44], [0.227])
    """
    checked_draws(resamples, seed)
    types, names = codes_of(labels_of(two_mode, by, "by").filter(pa.array(two_mode.left)))
    counts = types_joined(incidence(two_mode.factors), types, len(names))
    found = association_of(counts, resamples, seed)

    def explain(_: int, language: Language) -> str:
        if not found["degrees_of_freedom"]:
            return association.said("nothing", language)
        gaps = {name: found[name] for name in ("rows", "columns", "observations", "p")}
        gaps |= {"square": found["chi_square"], "freedom": found["degrees_of_freedom"]}
        strength = found["cramers_v"] if found["cramers_v"] >= 0 else found["plain_v"]
        reading = association.said("differ" if found["p"] < CHANCE else "alike", language)
        return association.said("explain", language, v=f"{strength:.2f}", reading=reading, **gaps)

    return Values(
        columns={
            **{name: [found[name]] for name in association.columns if name in found},
            "platforms": [found["rows"]],
            "types": [found["columns"]],
        },
        notes=[_note(found, resamples)],
        findings=unlabelled(types, by),
        explainer=explain,
    )


def _note(found: dict[str, float], resamples: int) -> str | None:
    """Why a value is missing."""
    if not found["degrees_of_freedom"]:
        return "fewer than two platforms or types with members"
    if not found["cramers_v"] >= 0:
        return "as many platforms or types as memberships: nothing to correct the bias by"
    return None if resamples else "no interval: resamples=0"
