"""Effects: what each side's size does to both sides a period later, what comes back, and how far to trust it."""

from collections.abc import Sequence

import numpy as np

from ecograph.charts import Chart, interval
from ecograph.page.holdings import Holdings
from ecograph.page.section import TWO_SIDED, Found, Part, Section
from ecograph.page.sections.sides import both_sides
from ecograph.page.sheet import DASH, Sheet, percent
from ecograph.page.wording import Wording
from ecograph.registry import metric
from ecograph.result import Result
from ecograph.views import Panel

EFFECTS = ("estimate", "low", "high", "plain")
COLUMNS = ("estimate", "low", "high", "p", "wild_p", "plain", "rows", "platforms")
DECIMALS = 4
SHUFFLES = 99
MOST_ROWS = 10_000  # for which the platforms are shuffled
STABLE = "none: stable"


def _build(holdings: Holdings, wording: Wording, _: Sequence[str]) -> Found:
    panel = both_sides(holdings, wording)
    few = panel.size <= MOST_ROWS
    found, gain = metric("cross_side_effects")(panel, shuffles=SHUFFLES if few else 0), metric("loop_gain")(panel)
    if np.isnan(found["estimate"]).all():
        parts = [Part(sentences=[_short(wording, panel)])]
        return Found(parts=parts, results=[found], telling=wording.say("page.wanted"), untold=["exogeneity_assumed"])
    parts = [_estimates(wording, panel, found), loop(wording, gain)]
    return Found(parts=parts, results=[found, gain], telling=wording.say("sections.effects.trust"))


def _short(wording: Wording, panel: Panel) -> str:
    """What the panel lacks, and which tables would make the effects possible."""
    every = panel.recipe["arguments"]["every"]
    gaps = {"platforms": len(panel.units), "periods": len(panel.periods), "every": wording.say(f"periods.{every}.many")}
    return wording.say("sections.effects.short", **gaps)


def _estimates(wording: Wording, panel: Panel, found: Result) -> Part:
    """Effects of both sides on both, the way of each in words."""
    period = wording.say(f"periods.{panel.recipe['arguments']['every']}.one")
    ways = [(term.removesuffix(" (t-1)"), on) for term, on in zip(found["term"], found["equation"], strict=True)]
    cross = [place for place, (of, on) in enumerate(ways) if of != on]
    said = [_said(wording, found, place, *ways[place], period) for place in cross]
    gaps = {"most": MOST_ROWS, "rows": panel.size}
    unshuffled = wording.say("sections.effects.unshuffled", **gaps) if panel.size > MOST_ROWS else ""
    return Part(
        sentences=[*said, wording.say("sections.effects.own"), unshuffled],
        chart=_chart(wording, found, ways, period),
        sheets=[_sheet(wording, found, ways)],
        results=[found],
    )


def _said(wording: Wording, found: Result, place: int, of: str, on: str, period: str) -> str:
    estimate, low, high = (found[name][place] for name in ("estimate", "low", "high"))
    verdict = wording.say(f"sections.effects.{'inside' if low <= 0 <= high else 'outside'}")
    numbers = {"estimate": f"{estimate:+.2f}", "low": f"{low:+.2f}", "high": f"{high:+.2f}"}
    return wording.say("sections.effects.cross", of=of, on=on, period=period, verdict=verdict, **numbers)


def _chart(wording: Wording, found: Result, ways: Sequence[tuple[str, str]], period: str) -> Chart:
    return interval(
        [f"{of} → {on}" for of, on in ways],
        found["estimate"],
        found["low"],
        found["high"],
        title=wording.say("sections.effects.chart", period=period),
        measure=wording.say("sections.effects.measure"),
        unit="%",
        reference=0.0,
        language=wording.language,
    )


def _sheet(wording: Wording, found: Result, ways: Sequence[tuple[str, str]]) -> Sheet:
    cells = {"effect_of": [of for of, _ in ways], "effect_on": [on for _, on in ways]}
    numbers = {name: np.round(found[name], DECIMALS) if name in EFFECTS else found[name] for name in COLUMNS}
    known = {name: found.table.columns[name] for name in COLUMNS}
    table = wording.table(cells | numbers, known)
    return Sheet("effects", wording.say("sections.effects.sheet"), table, [found], open=True)


def loop(wording: Wording, gain: Result) -> Part:
    """How much of a change comes back, and what that means."""
    row = next(gain.table.rows())
    mass = wording.say("sections.effects.no_mass") if row["critical_mass"] == STABLE else row["critical_mass"]
    multiplier = DASH if row["multiplier"] is None or np.isnan(row["multiplier"]) else f"{row['multiplier']:.2f}"
    numbers = {"gain": percent(row["gain"]), "multiplier": multiplier, "mass": mass or DASH}
    return Part(
        heading=wording.say("sections.effects.loop"),
        facts=[(wording.say(f"sections.effects.{name}"), number) for name, number in numbers.items()],
        sentences=[gain.explained(0, wording.language), wording.say("sections.effects.meaning")],
        results=[gain],
    )


SECTION = Section(name="effects", build=_build, needs=[TWO_SIDED], metrics=["cross_side_effects", "loop_gain"])
