"""Sides of platforms: who is a member of which platform, from when to when, read off relations."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ecograph.content import Content, Mask
from ecograph.errors import ParameterError, ViewError, unknown
from ecograph.innovation import ROLES
from ecograph.methods.belonging import lasting
from ecograph.quality import Finding
from ecograph.views.records import EVER, NEVER, days_of

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a platform: who, and by which relation."""

    who: str
    through: str

    def as_recipe(self) -> dict[str, str]:
        """Plain data for the recipe."""
        return {"who": self.who, "through": self.through}


Sides: TypeAlias = Annotated[Mapping[str, Side], "sides"]
"""Sides of a platform by the names they are given."""


def side(who: str, through: str) -> Side:
    """Say who one side of a platform is, for :meth:`ecograph.Ecosystem.panel`.

    Parameters
    ----------
    who : str
        A kind of node, such as ``"Maker"``, or a role, such as ``"mentor"``: who has a row of the role in the data
        chosen, whenever that is.
    through : str
        Relation kind that makes a node a member of a platform, such as ``"SETTLED_IN"``; either end may be the
        platform.

    Returns
    -------
    Side
        To be given in ``sides=``.

    Examples
    --------
    >>> side("Maker", through="SETTLED_IN")
    Side(who='Maker', through='SETTLED_IN')
    """
    return Side(who, through)


def side_of(given: Any, name: str) -> Side:
    """A side as it was given by hand or stands in a recipe."""
    if isinstance(given, Side):
        return given
    if isinstance(given, Mapping) and set(given) == {"who", "through"}:
        return Side(**given)
    raise ParameterError(f"sides: {name}={given!r}; give eg.side('Maker', through='SETTLED_IN')")


@dataclass(frozen=True, eq=False)
class Memberships:
    """Rows of a relation kind that join members to platforms.

    Parameters
    ----------
    relation : str
        The relation kind.
    rows : int64 (n)
        Their places in its table, ascending.
    units, members : int64 (n)
        Number of the platform, and position of the member.
    starts, stops : int64 (n)
        First day, and first day no longer; ``EVER`` and ``NEVER`` where open.
    """

    relation: str
    rows: Numbers
    units: Numbers
    members: Numbers
    starts: Numbers
    stops: Numbers

    def kept(self, mask: Mask) -> "Memberships":
        """Those where the mask is true; nothing is copied where it is everywhere."""
        if mask.all():
            return self
        cells = (self.rows, self.units, self.members, self.starts, self.stops)
        return Memberships(self.relation, *(column[mask] for column in cells))


def memberships(content: Content, platforms: Mask, name: str, given: Side) -> tuple[Memberships, list[Finding]]:
    """Rows that make the members of a side, and how many cannot be used.

    Parameters
    ----------
    content : Content
        The tables.
    platforms : bool (nodes)
        Which nodes are platforms.
    name : str
        What the side is called, for the error.
    given : Side
        Who, and by which relation.

    Returns
    -------
    Memberships
        Where both ends could be the platform, the target is.
    list of Finding
        Moments without a day.

    Raises
    ------
    UnknownNameError
        If there is no such kind, role or relation kind.
    ViewError
        If no row joins such a member to a platform.
    """
    kind = content.schema.relation(given.through)
    members = _members(content, given.who)
    sources, targets = content.ends(kind.name)
    inward = platforms[targets] & members[sources]
    outward = platforms[sources] & members[targets] & ~inward
    rows = np.flatnonzero(inward | outward)
    if not len(rows) and not content.selection:
        raise ViewError(
            f"side {name}: no {kind.name} joins a {given.who} to one of the platforms; name another relation"
        )
    there, here = sources[rows], targets[rows]
    turned = outward[rows]
    numbers = np.cumsum(platforms) - 1
    table = content.relations.get(kind.name)
    columns = ("valid_from", EVER), ("valid_to", NEVER), ("at", EVER)
    starts, stops, moments = (
        np.empty(0, np.int64) if table is None else days_of(table, column, missing)[rows] for column, missing in columns
    )
    found = Memberships(
        kind.name,
        rows,
        numbers[np.where(turned, there, here)],
        np.where(turned, here, there).astype(np.int64),
        *lasting(starts, stops, moments),
    )
    undated = (moments == EVER) & (kind.time == "moment")
    count = int(undated.sum())
    lost = [Finding("missing_value", count, f"relations/{kind.name}", column="at")] if count else []
    return found.kept(~undated), lost


def _members(content: Content, who: str) -> Mask:
    """Which nodes may stand on a side: those of a kind, or those that have a role."""
    schema, relation = content.schema, ROLES.get(who)
    if relation is not None and who not in {kind.name for kind in schema.kinds}:
        held = np.zeros(content.index.n, np.bool_)
        held[content.ends(schema.relation(relation).name)[0]] = True
        return held
    names = {name for kind in schema.kinds for name in (kind.name, kind.zh)}
    if who not in names:
        raise unknown("kind or role", who, {*names, *ROLES} - {""})
    return content.index.of(schema.kind(who).name)
