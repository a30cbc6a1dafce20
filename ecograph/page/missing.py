"""What could not be measured, and which table or column would make it possible."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from ecograph.innovation import SCHEMA
from ecograph.page.holdings import Holdings
from ecograph.page.section import Found, Need, Part, Section
from ecograph.page.sheet import Sheet
from ecograph.page.wording import Wording
from ecograph.registry import names

NAMED = 3


def missing(
    holdings: Holdings, wording: Wording, absent: Sequence[Section], refused: Mapping[str, str], all_sections: int
) -> Found:
    """Say what is not on the page and why.

    Parameters
    ----------
    holdings : Holdings
        What the data hold.
    wording : Wording
        How it is called.
    absent : sequence of Section
        Sections whose needs nothing meets.
    refused : mapping of str to str
        Why a metric refused the data, by the name of the section.
    all_sections : int
        How many sections there could be.

    Returns
    -------
    Found
        Sentences, a table, and headlines.
    """
    gone = len(absent) + len(refused)
    path = "some" if gone else "none"
    sheets = [_sheet(holdings, wording, absent, refused)] if gone else []
    sentences = [wording.say(f"missing.{path}", count=gone, all=all_sections)]
    headlines = {"missing": wording.say("headlines.missing", count=gone, all=all_sections)} if gone else {}
    first = _most_wanted(holdings, absent)
    if first:
        headlines["next"] = wording.say("headlines.next", table=_file(wording, first[0]), count=first[1])
    return Found(parts=[Part(sentences=sentences, sheets=sheets)], headlines=headlines)


def elsewhere(wording: Wording, sections: Iterable[Section]) -> str:
    """The metrics that no section of the page shows, in a sentence; empty if there are none."""
    shown = {name for section in sections for name in section.metrics}
    rest = [name for name in names() if name not in shown]
    listed = wording.listed(f"{wording.metric(name)} ({name})" for name in rest)
    return wording.say("missing.elsewhere", metrics=listed) if rest else ""


def _sheet(holdings: Holdings, wording: Wording, absent: Sequence[Section], refused: Mapping[str, str]) -> Sheet:
    rows = [
        (section.name, wording.listed(map(wording.metric, section.metrics)), _reason(holdings, wording, section))
        for section in absent
    ]
    rows += [(name, "", wording.say("missing.refused", reason=reason)) for name, reason in refused.items()]
    cells = {
        "section": [wording.say(f"sections.{name}.title") for name, _, _ in rows],
        "metrics": [metrics for _, metrics, _ in rows],
        "wanted": [reason for _, _, reason in rows],
    }
    return Sheet("missing", wording.say("missing.sheet"), wording.table(cells), shown=80, open=True)


def _reason(holdings: Holdings, wording: Wording, section: Section) -> str:
    """What would make a section possible; where the schema knows nothing that could, the tables of the default one."""
    ways = [way for need in section.needs if (way := _way(holdings, wording, need))]
    if ways:
        return wording.say("missing.either").join(ways)
    known = [name for need in section.needs for name in need.fits(SCHEMA)]
    tables = wording.say("missing.or").join(f"relations/{name}" for name in dict.fromkeys(known[:NAMED]))
    return wording.say("missing.foreign", tables=tables)


def _way(holdings: Holdings, wording: Wording, need: Need) -> str:
    """What meets a need: kinds of nodes and a relation, or what a relation that is there lacks."""
    fitting = need.fits(holdings.eco.schema)
    if not fitting:
        return ""
    kinds = [_nodes(wording, kind) for kind in need.absent(holdings)]
    beside = [_file(wording, relation) for relation in need.without(holdings)]
    blank = [
        wording.say("missing.column", column=column, file=_nodes(wording, kind))
        for kind, column in need.blank(holdings)
    ]
    kinds = [*kinds, *blank, *beside]
    present = [relation for relation in fitting if relation in holdings.rows]
    if not present:
        return wording.listed([*kinds, _tables(wording, need, fitting)])
    columns = [
        wording.say("missing.column", column=column, file=_file(wording, relation))
        for relation in present[:NAMED]
        for column in need.lacking(holdings, relation)
    ]
    return wording.listed([*kinds, *columns])


def _tables(wording: Wording, need: Need, fitting: Sequence[str]) -> str:
    """The relations that could meet a need, with the columns they must have."""
    tables = wording.say("missing.or").join(_file(wording, relation) for relation in fitting[:NAMED])
    if len(fitting) > NAMED:
        tables = wording.say("missing.others", tables=tables, count=len(fitting) - NAMED)
    words = [f"{name}={word}" for name, allowed in need.words.items() for word in allowed]
    columns = wording.listed([*need.columns, *words])
    return wording.say("missing.columned", tables=tables, columns=columns) if columns else tables


def _nodes(wording: Wording, kind: str) -> str:
    return wording.say("missing.file", file=f"nodes/{kind}", called=wording.kind(kind))


def _file(wording: Wording, relation: str) -> str:
    return wording.say("missing.file", file=f"relations/{relation}", called=wording.relation(relation))


def _most_wanted(holdings: Holdings, absent: Sequence[Section]) -> tuple[str, int] | None:
    """The relation that is not there and would make most sections possible."""
    schema = holdings.eco.schema
    counts = Counter(
        relation
        for section in absent
        for relation in dict.fromkeys(kind for need in section.needs for kind in need.fits(schema))
        if relation not in holdings.rows
    )
    return counts.most_common(1)[0] if counts else None
