"""Each platform by itself: who stays there, and in how few hands what is supplied there lies."""

from collections import Counter
from datetime import timedelta

from ecograph.page.groups import PLATFORM
from ecograph.page.holdings import Holdings, units
from ecograph.registry import metric
from ecograph.result import Result
from ecograph.views import side

SETTLES, SUPPLIES = "SETTLED_IN", "SUPPLIES"
MAKERS = {"makers": side("Maker", through=SETTLES)}
YEAR_ON = "makers · 4"  # quarters


def retention_by_platform(holdings: Holdings) -> Result | None:
    """How many of the makers who enter a platform are there a year later, all platforms over the same quarters."""
    if SETTLES not in holdings.rows:
        return None
    eco, day = holdings.eco, holdings.records.day
    if day is not None and not eco.selection:
        first = eco.panel(PLATFORM, "quarter", sides=MAKERS).periods[0].as_py()
        eco = eco.between(first.isoformat(), (day + timedelta(1)).isoformat())
    parts = eco.slices(by=PLATFORM, through=SETTLES)
    result: Result = metric("retention")(parts.panel(PLATFORM, every="quarter", sides=MAKERS))
    return result


def concentration_by_platform(holdings: Holdings) -> Result | None:
    """In how few hands the supplies at a platform lie, in the commonest unit."""
    if SUPPLIES not in holdings.rows or not units(holdings.relations(SUPPLIES)):
        return None
    rows = holdings.relations(SUPPLIES)
    counts = Counter(rows.arrow("unit").to_pylist())
    unit = max(units(rows), key=counts.__getitem__)
    parts = holdings.eco.slices(by=PLATFORM, through=SUPPLIES)
    result: Result = metric("concentration")(parts.network(SUPPLIES, amount="amount", unit=unit))
    return result
