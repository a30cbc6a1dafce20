"""A panel of platforms by periods from a million dated relations, against pandas doing the same.

`python tests/benchmarks/panels.py` prints Markdown tables. ecograph starts from an ecosystem in memory, pandas from a
frame in memory whose days are dates already.
"""

from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from timing import compare, machine, table, versions

import ecograph as eg

OURS = "ecograph"
FIRST, DAYS = np.datetime64("2020-01-01"), 2_190
COLUMNS = ("active", "entering", "leaving", "links")


def spans(n: int, members: int, platforms: int) -> pd.DataFrame:
    """Memberships of about half a year, one in ten still open."""
    random = np.random.default_rng(1)
    starts = random.integers(0, DAYS, n)
    lengths = 1 + random.exponential(180, n).astype(np.int64)
    stops = pd.Series(FIRST + np.minimum(starts + lengths, DAYS)).where(random.random(n) > 0.1)
    return pd.DataFrame({
        "source": random.integers(0, members, n),
        "target": random.integers(0, platforms, n),
        "valid_from": (FIRST + starts).astype("datetime64[ns]"),
        "valid_to": stops.astype("datetime64[ns]"),
    })  # fmt: skip


def ecosystem_of(frame: pd.DataFrame) -> eg.Ecosystem:
    """The same as an ecosystem."""
    nodes = {
        kind: {"id": [f"{number:07}" for number in np.unique(frame[end])]}
        for kind, end in (("Maker", "source"), ("Makerspace", "target"))
    }
    rows: dict[str, Any] = {
        end: pa.array([f"{number:07}" for number in frame[end].to_numpy()]) for end in ("source", "target")
    }
    rows |= {day: pa.array(frame[day]).cast(pa.date32()) for day in ("valid_from", "valid_to")}
    return eg.from_tables(nodes, {"SETTLED_IN": rows})


def by_pandas(frame: pd.DataFrame, every: str) -> pd.DataFrame:
    """Each relation once for every period it meets; then counted, and compared with the period before."""
    first = frame["valid_from"].dt.to_period(every[0].upper())
    last = (frame["valid_to"].fillna(frame["valid_from"].max()) - pd.Timedelta(days=1)).dt.to_period(every[0].upper())
    origin = first.min().ordinal
    firsts = first.astype("int64").to_numpy() - origin
    counts = np.maximum(last.astype("int64").to_numpy() - origin, firsts) - firsts + 1
    rows = np.repeat(np.arange(len(frame)), counts)
    long = pd.DataFrame({
        "unit": frame["target"].to_numpy()[rows],
        "member": frame["source"].to_numpy()[rows],
        "period": firsts[rows] + np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts),
    })  # fmt: skip
    links = long.groupby(["unit", "period"]).size().rename("links")
    here = long.drop_duplicates().sort_values(["unit", "member", "period"])
    same = (here["unit"].diff() == 0) & (here["member"].diff() == 0) & (here["period"].diff() == 1)
    active = here.groupby(["unit", "period"]).size().rename("active")
    entering = here[~same].groupby(["unit", "period"]).size().rename("entering")
    ending = here[~same.shift(-1, fill_value=False)]
    leaving = ending.assign(period=ending["period"] + 1).groupby(["unit", "period"]).size().rename("leaving")
    shape = pd.MultiIndex.from_product([np.unique(frame["target"]), range(int(long["period"].max()) + 1)])
    return pd.concat([active, entering, leaving, links], axis=1).reindex(shape).fillna(0.0)[list(COLUMNS)]


def checked(eco: eg.Ecosystem, frame: pd.DataFrame, every: str) -> None:
    """Both give the same numbers."""
    makers = made(eco, every).sides["makers"]
    found, expected = np.column_stack([getattr(makers, name) for name in COLUMNS]), by_pandas(frame, every).to_numpy()
    known = ~np.isnan(found)
    if not (found[known] == expected[known]).all() or known.mean() < 0.9:
        raise SystemExit(f"the programs differ: {every}")


def made(eco: eg.Ecosystem, every: str) -> Any:
    return eco.panel("Makerspace", every, sides={"makers": eg.side("Maker", through="SETTLED_IN")})


def main() -> None:
    print("## Panels\n")
    print(f"{machine()}; {versions('numpy', 'pandas')}.")
    print(
        "Active, entering and leaving members and links; medians of runs taken in turns, after a warm-up. Both agree."
    )
    for n, members, platforms in ((1_000_000, 200_000, 500),):
        frame = spans(n, members, platforms)
        eco = ecosystem_of(frame)
        for every in ("quarter", "month"):
            checked(eco, frame, every)
            programs = {OURS: partial(made, eco, every), "pandas": partial(by_pandas, frame, every)}
            print(f"\n### {n:,} relations of {members:,} members with {platforms} platforms, by {every}\n")
            print(table(compare(programs, runs=5), OURS), flush=True)


if __name__ == "__main__":
    main()
