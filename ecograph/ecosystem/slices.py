"""Slices: an ecosystem cut by period or by platform, and views of the parts as one series."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from ecograph import views
from ecograph.ecosystem.dates import first_and_last
from ecograph.methods.periods import period_starts
from ecograph.table import Column
from ecograph.views.view import plain

if TYPE_CHECKING:
    from ecograph.ecosystem.typed import Ecosystem

Seen = TypeVar("Seen", bound=views.View)


@dataclass(frozen=True, eq=False, repr=False)
class Slices:
    """An ecosystem cut into parts, each made when it is asked for.

    Parameters
    ----------
    labels : sequence
        What each part is: the first day of a period, or a platform's id.
    column : Column
        What the labels mean.
    recipe : mapping
        Selection of the whole and how it was cut, as plain data.
    loaded : str
        Fingerprint of the ecosystem as it was loaded.
    cut : callable
        Gives the part of a number.
    """

    labels: Sequence[Any]
    column: Column
    recipe: Mapping[str, Any]
    loaded: str
    cut: "Callable[[int], Ecosystem]"

    def __len__(self) -> int:
        return len(self.labels)

    def __iter__(self) -> "Iterator[Ecosystem]":
        return (self.cut(number) for number in range(len(self)))

    def __getitem__(self, number: int) -> "Ecosystem":
        return self.cut(range(len(self))[number])

    def __repr__(self) -> str:
        shown = ", ".join(map(str, self.labels[:3])) + ("…" if len(self) > 3 else "")
        return f"{len(self):,} slices ({shown})"

    def network(self, *relations: str, **arguments: Any) -> views.Series[views.Network]:
        """A network of each slice; see :meth:`ecograph.Ecosystem.network`."""
        return self._series(views.Network, "network", relations, arguments)

    def two_mode(self, path: str, **arguments: Any) -> views.Series[views.TwoMode]:
        """A two-mode view of each slice; see :meth:`ecograph.Ecosystem.two_mode`."""
        return self._series(views.TwoMode, "two_mode", (path,), arguments)

    def flows(self, *relations: str, **arguments: Any) -> views.Series[views.Flows]:
        """A flow view of each slice; see :meth:`ecograph.Ecosystem.flows`."""
        return self._series(views.Flows, "flows", relations, arguments)

    def records(self, *relations: str, **arguments: Any) -> views.Series[views.Records]:
        """The rows of each slice; see :meth:`ecograph.Ecosystem.records`."""
        return self._series(views.Records, "records", relations, arguments)

    def ledger(self, **arguments: Any) -> views.Series[views.Ledger]:
        """A ledger of each slice; see :meth:`ecograph.Ecosystem.ledger`."""
        return self._series(views.Ledger, "ledger", (), arguments)

    def histories(self, relation: str = "INCUBATES", **arguments: Any) -> views.Series[views.Histories]:
        """Histories of each slice; see :meth:`ecograph.Ecosystem.histories`."""
        return self._series(views.Histories, "histories", (relation,), arguments)

    def panel(self, by: str, **arguments: Any) -> views.Series[views.Panel]:
        """A panel of each slice; see :meth:`ecograph.Ecosystem.panel`."""
        return self._series(views.Panel, "panel", (by,), arguments)

    def _series(
        self, view: type[Seen], door: str, relations: Sequence[str], arguments: Mapping[str, Any]
    ) -> views.Series[Seen]:
        said = {"view": door, "relations": list(relations), "arguments": plain(arguments)}
        return views.Series(
            labels=self.labels,
            column=self.column,
            view=view,
            recipe={**said, **self.recipe},
            loaded=self.loaded,
            make=lambda number: getattr(self.cut(number), door)(*relations, **arguments),
        )


def cut_by_period(whole: "Ecosystem", tables: Sequence[Any], every: str) -> Slices:
    """Parts of equal length of the time between the first and the last day in the tables."""
    days = [day for table in tables for day in first_and_last(table) if day is not None]
    first, last = (np.datetime64(min(days)), np.datetime64(max(days))) if days else (None, None)
    starts = period_starts(first, last, every)
    labels = [start.item() for start in starts[:-1]]
    return Slices(
        labels,
        Column("first day of the period", zh="时段首日"),
        {"selection": [dict(step) for step in whole.selection], "slices": {"every": every}},
        whole.loaded,
        lambda number: whole.between(str(starts[number]), str(starts[number + 1])),
    )


def cut_by_platform(whole: "Ecosystem", kind: str, through: str) -> Slices:
    """One part a platform: the platform and its members."""
    ids = whole.nodes(kind)["id"].tolist()
    return Slices(
        ids,
        Column(f"id of the {kind}", zh="平台编号"),
        {"selection": [dict(step) for step in whole.selection], "slices": {"by": kind, "through": through}},
        whole.loaded,
        lambda number: whole.members(kind, ids[number], through),
    )
