"""Acting: the sentence at the top of the page that says on whom to act, and the list behind it."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecograph.charts import Chart, bars
from ecograph.page.listing import listing
from ecograph.page.section import Call
from ecograph.page.wording import Wording
from ecograph.result import Result

NAMED = 3
LISTED = 40
DRAWN = 10


def call(
    wording: Wording, name: str, cases: Sequence[Mapping[str, Any]], count: int, form: str = "", **gaps: Any
) -> Call:
    """Say on whom to act.

    Parameters
    ----------
    wording : Wording
        The language.
    name : str
        Name of the headline: its sentence is ``headlines.<name>``, those of the cases ``calls.<name>.*``.
    cases : sequence of mapping
        The first cases, the most urgent first: what fills the gaps of ``brief``, which stands in the headline, and of
        the sentence called ``form``, which stands in the list.
    count : int
        How many cases there are.
    form : str
        What comes behind the headline's name, where it has several forms.
    **gaps
        What else the headline says.

    Returns
    -------
    Call
        The sentence, and who it counts.
    """
    most = NAMED if count > NAMED + 1 else count
    briefly = [wording.say(f"calls.{name}.brief", **case) for case in cases[:most]]
    text = wording.say(f"headlines.{name}{form}", count=count, names=wording.following(briefly, count), **gaps)
    named = [wording.say(f"calls.{name}.{case['form']}", **case) for case in cases[:LISTED]]
    return Call(text, named, count)


def longest_first(result: Result) -> NDArray[np.int64]:
    """Rows of a result by their days, the most first and those without a number at the end."""
    days = result["days"].astype(np.float64)
    return np.argsort(-np.nan_to_num(days, nan=-1.0), kind="stable")


def node_cases(
    wording: Wording, result: Result, columns: Sequence[str], rows: NDArray[np.int64]
) -> list[dict[str, Any]]:
    """What the sentences on some nodes say: ``who`` is name and id, ``short`` the name alone."""
    table = listing(wording, result, columns, rows)
    kinds, ids = (result.table.arrow(name).take(rows) for name in ("kind", "id"))
    called = wording.called(kinds, ids).to_pylist()
    return [row | {"who": who, "short": row.pop("name")} for who, row in zip(called, table.rows(), strict=True)]


def days_chart(wording: Wording, cases: Sequence[Mapping[str, Any]], title: str) -> Chart | None:
    """Bars of the days of the first cases; none where no days are known."""
    drawn = [case for case in cases if case["days"] is not None][:DRAWN]
    if not drawn:
        return None
    return bars(
        [case["short"] for case in drawn],
        [case["days"] for case in drawn],
        title=title,
        unit=wording.unit("days"),
        language=wording.language,
    )
