"""Docking on random ledgers equals a brute-force allocation: coverage, what is unmet, what is idle, who waited."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Literal

import numpy as np
import pytest
from scipy.stats import CensoredData, ecdf

import ecograph as eg
from tests.metrics.docking.conftest import rows_of
from tests.oracles.allocation import Book, book, coverage, labeller, outcome

GROUPS = ("whole", "category", "background", "stage", "platform", "resource")
SHARES = ("by_amount", "by_count", "in_time", "potential")
MATCHES: tuple[Literal["resource", "category"], ...] = ("resource", "category")


@pytest.fixture(scope="module")
def books(rounds: Callable[[int, int], int]) -> list[Book]:
    return [book(seed) for seed in range(rounds(30, 300))]


def test_the_books_have_everything_in_them(books: list[Book]) -> None:
    """Demands filled whole, in part, not at all, of nothing and undated; deliveries too much; supplies left."""
    seen = Counter[str]()
    for one in books:
        found = outcome(one)
        for row in one.demands:
            came = found.came[row["key"]]
            seen[
                "nothing" if not row["amount"] else "whole" if came == row["amount"] else "part" if came else "none"
            ] += 1
            seen["undated"] += row["valid_from"] is None
            seen["twice"] += len(found.days[row["key"]]) > 1
        seen["idle"] += len(found.idle)
    assert all(seen[name] > 10 for name in ("nothing", "whole", "part", "none", "undated", "twice", "idle"))


@pytest.mark.parametrize("match", MATCHES)
def test_unmet_demands_all_and_only(books: list[Book], match: Literal["resource", "category"]) -> None:
    for one in books:
        came = outcome(one, match).came
        missing = {row["key"]: row["amount"] - came[row["key"]] for row in one.demands}
        found = eg.unmet_demand(one.ecosystem.ledger(match)).table
        assert dict(rows_of(found, "key", "missing")) == {key: rest for key, rest in missing.items() if rest}


@pytest.mark.parametrize("match", MATCHES)
def test_idle_supplies_all_and_only(books: list[Book], match: Literal["resource", "category"]) -> None:
    for one in books:
        found = eg.idle_supply(one.ecosystem.ledger(match)).table
        assert dict(rows_of(found, "key", "idle")) == outcome(one, match).idle


@pytest.mark.parametrize("match", MATCHES)
@pytest.mark.parametrize("by", GROUPS)
def test_coverage(books: list[Book], by: Any, match: Literal["resource", "category"]) -> None:
    for one in books:
        twin = coverage(one, by, match, 15)
        times = Counter(label for label, _ in twin)
        named = {f"{label} ({unit})" if times[label] > 1 else label: cells for (label, unit), cells in twin.items()}
        found = eg.coverage(one.ecosystem.ledger(match), by=by, days=15)
        assert set(found["group"]) == set(named)
        for row in found.table.rows():
            cells = [None if np.isnan(row[name]) else row[name] for name in SHARES]
            assert cells == [None if cell is None else pytest.approx(cell, abs=1e-12) for cell in named[row["group"]]]


@pytest.mark.parametrize("by", GROUPS)
def test_time_to_match(books: list[Book], by: Any) -> None:
    """Against the product-limit estimate of scipy, of waits told one by one."""
    for one in books:
        ledger, found, label = one.ecosystem.ledger(), outcome(one), labeller(one, by)
        parts: dict[str, list[tuple[int, bool]]] = {}
        for row in one.demands:
            if row["valid_from"] is None or label(row) is None:
                continue
            came = [row["valid_from"]] if not row["amount"] else found.days[row["key"]]
            last = row["valid_to"] - timedelta(1) if row["valid_to"] else ledger.day
            end = min(came, default=min(last, ledger.day))
            parts.setdefault(str(label(row)), []).append(((end - row["valid_from"]).days, bool(came)))
        result = eg.time_to_match(ledger, by=by)
        assert result["group"].tolist() == sorted(parts)
        for row in result.table.rows():
            waits = np.array(parts[row["group"]])
            over = waits[:, 1] == 1
            curve = ecdf(CensoredData(uncensored=waits[over, 0], right=waits[~over, 0])).sf
            assert (row["demands"], row["matched"]) == (len(waits), over.sum())
            for days in (7, 30, 90, 365):
                share = 1 - curve.evaluate(days)
                known = waits[:, 0].max() >= days or share == 1
                assert row[f"within_{days}"] == (
                    pytest.approx(share, abs=1e-12) if known else pytest.approx(np.nan, nan_ok=True)
                )
            half = curve.quantiles[curve.probabilities <= 0.5 + 1e-12]
            assert row["median"] == (half[0] if len(half) else pytest.approx(np.nan, nan_ok=True))


@pytest.mark.parametrize("match", MATCHES)
def test_critical_suppliers_all_and_only(books: list[Book], match: Literal["resource", "category"]) -> None:
    """Every supplier is taken away in turn, and all is allocated anew."""
    rows = 0
    for one in books:
        now, lost = outcome(one, match), {}
        for supplier in {row["source"] for row in one.transfers}:
            left = outcome(one, match, without=supplier)
            short = {
                row["key"]: row["amount"] - left.came[row["key"]] for row in one.demands if row["key"] in now.filled
            }
            lost |= {(supplier, key): rest for key, rest in short.items() if rest}
        found = eg.critical_supplier(one.ecosystem.ledger(match)).table
        assert {row[:2]: row[2] for row in rows_of(found, "supplier", "key", "lost")} == lost
        counts = Counter(supplier for supplier, _ in lost)
        assert all(counts[supplier] == count for supplier, count in rows_of(found, "supplier", "demands"))
        rows += len(found)
    assert rows > 3 * len(books)
