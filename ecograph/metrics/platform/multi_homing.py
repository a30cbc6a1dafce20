"""Multi-homing."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.content import Content
from ecograph.ecosystem.dates import first_and_last, last_day
from ecograph.methods.incidence import incidence
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import TwoMode
from ecograph.views.carried import carried
from ecograph.views.records import days_of

if TYPE_CHECKING:
    from scipy.sparse import csr_array

WORDS: Words = {
    "explain": {
        "en": "{several:,} of {members:,} members ({share:.1%}) are on two or more platforms; a member is on "
        "{mean:.2f} on average, and two moments of its use fall on different platforms with a chance of {spread}.",
        "zh": "{members:,} 个成员中有 {several:,} 个（{share:.1%}）加入了两个或更多平台；"
        "平均每个成员加入 {mean:.2f} 个，其任意两次使用落在不同平台的概率为 {spread}。",
    },
    "nothing": {"en": "Nobody is on any platform.", "zh": "没有成员加入任何平台。"},
}


@metric(
    level="whole",
    reads="any",
    zh="多归属",
    summary_zh="多少成员加入了多个平台，他们对各平台的使用有多均匀。",
    source="Rochet & Tirole 2003, sec. 5; Armstrong 2006; Simpson 1949",
    columns={
        "multi_homing": Column("share of members on two or more platforms", zh="多归属比例", bounds=(0, 1)),
        "mean_platforms": Column("platforms per member", zh="人均平台数", bounds=(1, None)),
        "spread": Column("how far members spread their use over platforms", zh="使用分散度", bounds=(0, 1)),
        "several": Column("members on two or more platforms", zh="多归属成员数", bounds=(0, None)),
        "members": Column("members of any platform", zh="成员数", bounds=(0, None)),
    },
    words=WORDS,
)
def multi_homing(two_mode: TwoMode) -> Values:
    """How many members are on several platforms, and how evenly they use them.

    Read it as the opposite of lock-in. Over a long time one who moves is on two platforms, so take a day
    (``eco.at(...)``) or short slices to see who is on two at once.

    Parameters
    ----------
    two_mode : TwoMode
        Members on the first side, platforms on the second. Use is the role given (amount, count or strength); without
        one the days of membership where the relation is a span, else how many relations or paths there are.

    Returns
    -------
    Result
        Level whole, one row: ``multi_homing`` in [0, 1]; ``mean_platforms``, at least 1; ``spread`` in [0, 1);
        ``several`` and ``members``, whole numbers from 0. No unit.

    Raises
    ------
    ParameterError
        If the view has several roles, or a distance.

    Notes
    -----
    Members are those on at least one platform. Spread is the mean over them of 1 - sum s_j^2, with s_j the share of
    platform j in a member's use: 0 for one platform, 1 - 1/k for k used alike; who has no use at all is left out of it.
    Days are counted inside the period chosen; spans that have not ended run to its last day, without a period to the
    last day in the data, and spans without a beginning start with it, without a period on the first day any of these
    relations has. Two spans of one member on one platform add up. Without members: NaN with a note.

    References
    ----------
    Rochet, J.-C. & Tirole, J. (2003). Platform competition in two-sided markets. Journal of the European Economic
    Association 1, sec. 5. Armstrong, M. (2006). Competition in two-sided markets. RAND Journal of Economics 37.
    Chinese term: 多归属.

    Examples
    --------
    >>> import ecograph as eg
    >>> view = eg.dataset("harbour").at("2025-06-30").two_mode("Maker -SETTLED_IN-> Makerspace")
    >>> found = eg.multi_homing(view)
    >>> bool(0 < found["multi_homing"][0] < 1)
    True
    """
    platforms = np.diff(incidence(two_mode.factors).indptr)
    homes = platforms[platforms > 0]
    members, several = len(homes), int((homes > 1).sum())
    spreads = _spreads(_uses(two_mode))
    share, mean = (several / members, float(homes.mean())) if members else (float("nan"), float("nan"))
    spread = float(spreads.mean()) if len(spreads) else float("nan")

    def explain(_: int, language: Language) -> str:
        gaps = {"members": members, "several": several, "share": share, "mean": mean}
        said = "–" if np.isnan(spread) else f"{spread:.1%}"
        return multi_homing.said("explain" if members else "nothing", language, spread=said, **gaps)

    columns = {"multi_homing": share, "mean_platforms": mean, "spread": spread, "several": several, "members": members}
    note = None if len(spreads) else "no member of any platform" if not members else "nobody uses any platform"
    return Values(columns={name: [cell] for name, cell in columns.items()}, notes=[note], explainer=explain)


def _spreads(uses: "csr_array") -> NDArray[np.float64]:
    """Spread of each member that has any use."""
    rows = np.repeat(np.arange(uses.shape[0]), np.diff(uses.indptr))
    largest = np.zeros(uses.shape[0])
    np.maximum.at(largest, rows, uses.data)  # first, so that the least uses a float can hold give shares too
    scaled = uses.data / np.where(largest > 0, largest, 1.0)[rows]
    totals = np.bincount(rows, scaled, uses.shape[0])
    used = totals > 0
    squares = np.bincount(rows, scaled**2, uses.shape[0])[used] / totals[used] ** 2
    return np.asarray(np.maximum(1.0 - squares, 0.0), np.float64)


def _uses(two_mode: TwoMode) -> "csr_array":
    """How much each member (row) uses each platform (column)."""
    network = two_mode.network
    if network is not None and network.values:
        carried(network, "multi_homing")
        role = next(iter(network.values))
        return network.to_scipy(role)[np.flatnonzero(two_mode.left)][:, np.flatnonzero(~two_mode.left)]
    days = None if network is None or network.content is None else _days(two_mode, network.content, network.picked)
    if days is not None:
        return days
    paths = two_mode.factors[0]
    for factor in two_mode.factors[1:]:
        paths = paths @ factor
    return paths.tocsr()


def _days(two_mode: TwoMode, content: Content, picked: Mapping[str, NDArray[np.int64]]) -> "csr_array | None":
    """Days of membership; None where the relation is no span or nothing has a date."""
    from scipy.sparse import csr_array

    ((relation, rows),) = picked.items()
    table = content.relations.get(relation)
    if table is None or content.schema.relation(relation).time != "span":
        return None
    table = table.take(pa.array(rows))
    period = _period(content, table)
    if period is None:
        return None
    starts = np.maximum(days_of(table, "valid_from", period[0]), period[0])
    stops = np.minimum(days_of(table, "valid_to", period[1]), period[1])
    left, right = content.index.of(two_mode.sides[0]), content.index.of(two_mode.sides[1])
    sources, targets = (end[rows] for end in content.ends(relation))
    members, platforms = np.where(left[sources], (sources, targets), (targets, sources))
    ends = (np.cumsum(left) - 1)[members], (np.cumsum(right) - 1)[platforms]
    return csr_array((np.maximum(stops - starts, 0).astype(np.float64), ends), shape=(left.sum(), right.sum()))


def _period(content: Content, table: pa.Table) -> tuple[int, int] | None:
    """First day of the period, and first day no longer in it, as days since 1970-01-01; None without any date."""
    chosen = [step.get("at") or step["between"][0] for step in content.selection if {"at", "between"} & set(step)]
    first, last = max(chosen, default=first_and_last(table)[0]), last_day(content, None)
    if first is None or last is None:
        return None
    days = np.array([first, last], "datetime64[D]").astype(np.int64)
    return int(days[0]), int(days[1]) + 1
