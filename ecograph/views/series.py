"""Series: one view of each slice of an ecosystem, made when it is asked for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from ecograph.table import Column
from ecograph.views.view import View

Seen = TypeVar("Seen", bound=View)


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Series(Generic[Seen]):
    """Views of the slices of one ecosystem, in order.

    Parameters
    ----------
    labels : sequence
        What each slice is: the first day of a period, or a platform's id.
    column : Column
        What the labels mean.
    view : type of View
        The kind of view.
    recipe : mapping
        How to make the series again, as plain data.
    loaded : str
        Fingerprint of the ecosystem as it was loaded.
    make : callable
        Gives the view of the slice of a number; a long series is never held whole.
    """

    labels: Sequence[Any]
    column: Column
    view: type[Seen]
    recipe: Mapping[str, Any]
    loaded: str
    make: Callable[[int], Seen]

    def __len__(self) -> int:
        return len(self.labels)

    def __iter__(self) -> Iterator[Seen]:
        return (self.make(number) for number in range(len(self)))

    def __getitem__(self, number: int) -> Seen:
        return self.make(range(len(self))[number])

    def unweighted(self) -> "Series[Seen]":
        """The same series without roles."""
        recipe = {**self.recipe, "unweighted": True}
        made = self.make
        return Series(
            labels=self.labels,
            column=self.column,
            view=self.view,
            recipe=recipe,
            loaded=self.loaded,
            make=lambda number: made(number).unweighted(),  # type: ignore[attr-defined]  # a view with roles has it
        )

    def __repr__(self) -> str:
        said = [f"{name}={value!r}" for name, value in self.recipe["arguments"].items()]
        given = ", ".join([*map(repr, self.recipe["relations"]), *said])
        return f"{self.recipe['view']}({given}) of {len(self):,} slices"


def alone(view: Seen) -> Series[Seen]:
    """A series of one view that is no slice.

    Parameters
    ----------
    view : View
        The view.

    Returns
    -------
    Series
        Its one label is missing.
    """
    return Series(
        labels=[None], column=Column(), view=type(view), recipe=view.recipe, loaded=view.loaded, make=lambda _: view
    )
