"""Supervision."""

import numpy as np
import pyarrow as pa

from ecograph.methods.signing import Ends, Numbers, third_parties
from ecograph.metric import Values, Words, metric
from ecograph.table import Column, Language
from ecograph.views import Records

WORDS: Words = {
    "supervised": {
        "en": "{agreement} (parties: {parties:,}) is supervised by a third party: {names}. {share}",
        "zh": "{agreement}（签约方 {parties:,} 个）有第三方监督：{names}。{share}",
    },
    "unsupervised": {
        "en": "{agreement} (parties: {parties:,}) is supervised by nobody. {share}",
        "zh": "{agreement}（签约方 {parties:,} 个）无人监督。{share}",
    },
    "partial": {
        "en": "{agreement} (parties: {parties:,}) is supervised only by its own parties: {names}. {share}",
        "zh": "{agreement}（签约方 {parties:,} 个）仅由签约方自己监督：{names}，不算第三方监督。{share}",
    },
    "nobody": {
        "en": "{agreement} has no party on record, so who would be a third party is unknown. {share}",
        "zh": "{agreement} 没有签约方的记录，无法判断谁是第三方。{share}",
    },
    "share": {
        "en": "Of {n:,} agreements with parties, {count:,} are supervised by a third party ({part:.1%}).",
        "zh": "{n:,} 份有签约方的协议中，{count:,} 份有第三方监督（{part:.1%}）。",
    },
}


@metric(
    level="node",
    zh="第三方监督",
    summary_zh="哪些协议有第三方监督，由谁监督。",
    source="ecograph, operational definition of third-party supervision (第三方监督)",
    columns={
        "supervised": Column("1 if a third party supervises it, else 0", zh="是否有第三方监督", bounds=(0, 1)),
        "supervisors": Column("supervisors that are no party", zh="第三方监督者数", bounds=(0, None)),
        "parties": Column("parties to it", zh="签约方数", bounds=(0, None)),
        "own_supervisors": Column("supervisors that are a party", zh="兼任监督者的签约方数", bounds=(0, None)),
        "supervised_by": Column("supervisors that are no party, by id", zh="第三方监督者"),
        "agreed_by": Column("parties, by id", zh="签约方"),
    },
    words=WORDS,
)
def supervision(records: Records) -> Values:
    """Which agreements a third party supervises, and who.

    Read it as a list to act on: each row with ``supervised`` 0 is an agreement for which a supervisor is to be found;
    the mean of the column is the share of agreements that are supervised.

    Parameters
    ----------
    records : Records
        PARTY_TO and SUPERVISES.

    Returns
    -------
    Result
        Level node, one row an agreement: ``supervised``, 1 or 0; how many ``supervisors`` are no party, how many
        ``parties`` there are and how many of these supervise it themselves (``own_supervisors``), whole numbers from 0;
        and the ids of the first two in order of kind and id, missing where there are none.

    Raises
    ------
    ViewError
        If there are no PARTY_TO or no SUPERVISES rows.
    UnknownNameError
        If the schema has no agreements.

    Notes
    -----
    An agreement is supervised if at least one SUPERVISES row leads to it from an actor without a PARTY_TO row to it.
    Rows that say the same twice count once, and dates are not compared: ``eco.between(a, b).records()`` takes the rows
    of a period. An agreement without a party has no third party either: ``supervised`` is NaN with a note, and the
    share leaves it out.

    References
    ----------
    A third party that both sides are tied to is what makes a tie Simmelian: Krackhardt, D. (1999). The ties that
    torture. Research in the Sociology of Organizations 16, 183-210. The share is ours. Chinese term: 第三方监督.

    Examples
    --------
    >>> import ecograph as eg
    >>> found = eg.supervision(eg.dataset("harbour").records())
    >>> int(found["supervised"].sum()), len(found)
    (18, 30)
    """
    records.required("PARTY_TO", "SUPERVISES")
    agreements = np.flatnonzero(records.nodes.of("Agreement"))
    parties, watching = (_pairs(records, relation) for relation in ("PARTY_TO", "SUPERVISES"))
    third = third_parties(parties, watching)
    outside, inside = ((watching[0][chosen], watching[1][chosen]) for chosen in (third, ~third))
    counts = {
        name: np.bincount(watched, minlength=records.n)[agreements]
        for name, (_, watched) in (("supervisors", outside), ("parties", parties), ("own_supervisors", inside))
    }
    known = counts["parties"] > 0
    supervised = np.where(known, (counts["supervisors"] > 0).astype(np.float64), np.nan)
    n, count = int(known.sum()), int(np.nansum(supervised))

    def explain(row: int, language: Language) -> str:
        agreement = int(agreements[row])
        others, own = (_members(pairs, agreement) for pairs in (outside, inside))
        case = "nobody" if not known[row] else "supervised" if others else "partial" if own else "unsupervised"
        return supervision.said(
            case,
            language,
            agreement=records.nodes.called(agreement),
            parties=int(counts["parties"][row]),
            names=("、" if language == "zh" else ", ").join(map(records.nodes.called, others or own)),
            share=supervision.said("share", language, n=n, count=count, part=count / n),
        )

    return Values(
        columns={
            "supervised": supervised,
            **counts,
            "supervised_by": _ids(records, outside, agreements),
            "agreed_by": _ids(records, parties, agreements),
        },
        nodes=agreements,
        notes=[None if one else "no party on record" for one in known],
        explainer=explain,
    )


def _pairs(records: Records, relation: str) -> Ends:
    """Actors and agreements of the rows, each pair once, ascending by agreement."""
    actors, agreements = records.content.ends(relation)
    pairs = np.unique(agreements.astype(np.int64) * records.n + actors)
    return pairs % records.n, pairs // records.n


def _members(pairs: Ends, agreement: int) -> list[int]:
    """Positions of the actors that stand in a pair with an agreement."""
    actors, agreements = pairs
    return [int(actor) for actor in actors[slice(*np.searchsorted(agreements, [agreement, agreement + 1]))]]


def _ids(records: Records, pairs: Ends, agreements: Numbers) -> pa.Array:
    """Ids of the actors that stand in a pair with each agreement, in one text; missing where there are none."""
    members = [_members(pairs, int(agreement)) for agreement in agreements]
    return pa.array(
        [", ".join(records.nodes.ids[one].as_py() for one in some) or None for some in members], pa.string()
    )
