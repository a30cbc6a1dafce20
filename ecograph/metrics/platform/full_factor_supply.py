"""Full-factor supply."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.innovation import SCHEMA
from ecograph.methods.looking_up import cells, looked_up
from ecograph.methods.shares import ratios
from ecograph.metric import Values, Words, metric
from ecograph.quality import Finding
from ecograph.table import Column, Language
from ecograph.views import Records
from ecograph.views.belonging import makerspaces
from ecograph.views.roles import role_values

CATEGORIES = {word.name: word.zh for word in SCHEMA.vocabulary("resource_category").words}
SERVICES = {word.name: word.zh for word in SCHEMA.vocabulary("service").words}

WORDS: Words = {
    "explain": {
        "en": "On {day} {space} is supplied with {held} of {all} resource categories. {gaps} {fees}",
        "zh": "截至 {day}，{space} 获得 {all} 类资源中的 {held} 类供应。{gaps}{fees}",
    },
    "missing": {"en": "Nobody supplies {names}.", "zh": "尚缺：{names}。"},
    "complete": {"en": "None is missing.", "zh": "全要素齐备。"},
    "fees": {"en": "Mean fee: {fees}.", "zh": "服务均价：{fees}。"},
    "free": {"en": "No fee is on record.", "zh": "没有收费记录。"},
}


@metric(
    level="node",
    zh="全要素供给",
    summary_zh="某一天，各众创空间在七类资源中得到几类供应，其中的服务收费多少。",
    source="ecograph, operational definition of full-factor supply (全要素)",
    columns={
        "share": Column("share of the resource categories supplied", zh="全要素覆盖率", bounds=(0, 1)),
        "missing": Column("categories nobody supplies", zh="缺少的类别"),
        **{
            name: Column(f"supplies of {name}", zh=f"{zh}供应条数", bounds=(0, None)) for name, zh in CATEGORIES.items()
        },
        "fee": Column("mean fee of a service", zh="服务均价", bounds=(0, None)),
        **{
            f"fee_{name}": Column(f"mean fee for {name.replace('_', ' ')}", zh=f"{zh}均价", bounds=(0, None))
            for name, zh in SERVICES.items()
        },
        "unit": Column("unit of the fees", zh="费用单位"),
    },
    words=WORDS,
)
def full_factor_supply(records: Records, *, unit: str | None = None) -> Values:
    """How many of the seven sorts of resource each makerspace is supplied with on a day, and what its services cost.

    Read it as what an entrepreneur finds under one roof: each missing category is a supplier to look for, and the fees
    tell whether what is there is cheap.

    Parameters
    ----------
    records : Records
        SUPPLIES, and OFFERS_SERVICE where there are fees, and the day on which they are read.
    unit : str, optional
        Fees are counted in this unit; needed where they have two.

    Returns
    -------
    Result
        Level node, one row a makerspace: the ``share`` of the seven categories, in [0, 1]; the ``missing`` ones, by
        name; the number of supplies of each category; the mean ``fee`` of the services offered, and of those of each
        service, in the ``unit``.

    Raises
    ------
    ViewError
        If there are no SUPPLIES rows, or no day: the data have no dates and none was given.
    UnknownNameError
        If the schema has no supplies.
    WeightError
        If fees have two units and none was asked for, or a fee is negative or infinite.

    Notes
    -----
    A category is supplied if one row of SUPPLIES to the makerspace is active on the day (valid_from <= day < valid_to,
    an open end reaches as far as it can) and its resource is of that category; amounts are not read. A row whose
    resource has no category counts for none, with a finding. A fee is the amount of an OFFERS_SERVICE row to the
    makerspace that is active on the day; rows without an amount, or in a unit without a factor to ``unit``, are left
    out, with a finding. ``fee`` averages over the rows of all services, those outside the vocabulary too. Where no fee
    is on record the mean does not exist: NaN with a note.

    References
    ----------
    The measure is ours. Chinese term: 全要素供给.

    Examples
    --------
    >>> import ecograph as eg
    >>> found = eg.full_factor_supply(eg.dataset("harbour").records())
    >>> found["missing"][2], found["share"].round(3)[2].item()
    ('information, talent', 0.714)
    """
    records.required("SUPPLIES")
    spaces = makerspaces(records)
    supplies, findings = _supplies(records, spaces)
    fees, found_unit, more = _fees(records, spaces, unit)
    missing = [[name for name, n in zip(CATEGORIES, row, strict=True) if not n] for row in supplies.tolist()]
    columns: dict[str, Any] = {
        "share": (supplies > 0).mean(axis=1),
        "missing": pa.array([", ".join(names) for names in missing], pa.string()),
        **{name: supplies[:, number] for number, name in enumerate(CATEGORIES)},
        **fees,
        "unit": pa.array([found_unit or None] * len(spaces), pa.string()),
    }

    def explain(row: int, language: Language) -> str:
        priced = {name: float(fees[f"fee_{name}"][row]) for name in SERVICES}
        return full_factor_supply.said(
            "explain",
            language,
            day=records.day,
            space=records.nodes.called(int(spaces[row])),
            held=len(CATEGORIES) - len(missing[row]),
            all=len(CATEGORIES),
            gaps=_gaps(missing[row], language),
            fees=_prices(priced, found_unit, language),
        )

    return Values(
        columns=columns,
        nodes=spaces,
        notes=[_note([name for name in SERVICES if np.isnan(fees[f"fee_{name}"][row])]) for row in range(len(spaces))],
        findings=findings + more,
        explainer=explain,
    )


def _note(absent: list[str]) -> str | None:
    return f"no fee on record for {', '.join(absent)}" if absent else None


def _gaps(missing: list[str], language: Language) -> str:
    if not missing:
        return full_factor_supply.said("complete", language)
    names = [CATEGORIES[name] for name in missing] if language == "zh" else missing
    return full_factor_supply.said("missing", language, names=_listed(names, language))


def _prices(fees: Mapping[str, float], unit: str, language: Language) -> str:
    names = SERVICES if language == "zh" else {name: name.replace("_", " ") for name in SERVICES}
    priced = [f"{names[name]} {fee:,.6g} {unit}".rstrip() for name, fee in fees.items() if not np.isnan(fee)]
    if not priced:
        return full_factor_supply.said("free", language)
    return full_factor_supply.said("fees", language, fees=_listed(priced, language))


def _listed(parts: list[str], language: Language) -> str:
    return ("、" if language == "zh" else ", ").join(parts)


def _places(records: Records, relation: str, spaces: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number of the makerspace each row leads to; -1 where it is not active on the day."""
    numbers = np.full(records.n, -1)
    numbers[spaces] = np.arange(len(spaces))
    return np.where(records.active(relation), numbers[records.content.ends(relation)[1]], -1)


def _supplies(records: Records, spaces: NDArray[np.int64]) -> tuple[NDArray[np.int64], list[Finding]]:
    """How many supplies of each category each makerspace has on the day."""
    places = _places(records, "SUPPLIES", spaces)
    resources = records.nodes.tables.get("Resource")
    known = looked_up(records.content.relations["SUPPLIES"], "resource", resources, "category").to_pylist()
    numbers = {name: number for number, name in enumerate(CATEGORIES)}
    categories = np.array([numbers.get(name, -1) for name in known], np.int64)
    counts = np.zeros((len(spaces), len(CATEGORIES)), np.int64)
    counted = (places >= 0) & (categories >= 0)
    np.add.at(counts, (places[counted], categories[counted]), 1)
    unknown = int(((places >= 0) & (categories < 0)).sum())
    return counts, [Finding("missing_value", unknown, "relations/SUPPLIES", column="category")] if unknown else []


def _fees(
    records: Records, spaces: NDArray[np.int64], unit: str | None
) -> tuple[dict[str, NDArray[np.float64]], str, list[Finding]]:
    """Mean fee of all services and of each, by makerspace; their unit; and what was left out."""
    if "OFFERS_SERVICE" not in records.content.relations:
        nothing = np.full(len(spaces), np.nan)
        return dict.fromkeys(("fee", *(f"fee_{name}" for name in SERVICES)), nothing), unit or "", []
    places = _places(records, "OFFERS_SERVICE", spaces)
    offered = np.flatnonzero(places >= 0)
    rows, found, findings = role_values(records.content, "OFFERS_SERVICE", offered, {"amount": "amount"}, unit)
    services = cells(records.content.relations["OFFERS_SERVICE"], "service").take(pa.array(rows.positions)).to_pylist()
    masks = {f"fee_{name}": np.array([one == name for one in services], np.bool_) for name in SERVICES}
    masks = {"fee": np.ones(len(services), np.bool_), **masks}
    places, amounts = places[rows.positions], rows.values["amount"]
    return {name: _means(places[mask], amounts[mask], len(spaces)) for name, mask in masks.items()}, found, findings


def _means(places: NDArray[np.int64], amounts: NDArray[np.float64], n: int) -> NDArray[np.float64]:
    return ratios(np.bincount(places, amounts, minlength=n), np.bincount(places, minlength=n))
