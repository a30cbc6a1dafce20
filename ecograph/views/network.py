"""Network: nodes of any kinds and one arc per ordered pair, with rows both ways."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ecograph.content import Content, Mask
from ecograph.errors import ParameterError, ViewError, WeightError
from ecograph.quality import Finding, Findings
from ecograph.views.arcs import Arcs, Ties, collapsed, joined
from ecograph.views.paths import is_path, read_path, step_ends
from ecograph.views.roles import Inverse, Rows, chosen_rows, ends_of, named_roles, role_values
from ecograph.views.view import View, recipe_of

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from ecograph.views.interchange import Graph

Direction = Literal["as declared", "both", "reversed"]
DIRECTIONS: tuple[Direction, ...] = ("as declared", "both", "reversed")


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Network(View):
    """Nodes of any kinds and one arc per ordered pair.

    Parameters
    ----------
    directed : bool
        Whether arcs have a direction; without it every arc has its opposite.
    arcs : Arcs
        The arcs.
    values : mapping of str to float64 (arcs)
        Values of the roles that were given (strength, distance, count, amount), in out order.
    content : Content or None
        The ecosystem's tables, where the arcs are made of relations; None for a path.
    picked : mapping of str to int64
        Rows of each relation kind that make the arcs.
    """

    directed: bool
    arcs: Arcs
    values: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    content: Content | None = None
    picked: Mapping[str, NDArray[np.int64]] = field(default_factory=dict)

    def weights(self, role: str) -> NDArray[np.float64]:
        """Values of a role; ones in a network without roles; refused where the network has only other roles."""
        if role in self.values:
            return self.values[role]
        if not self.values:
            return np.ones(len(self.arcs))
        given = ", ".join(f"{name}=" for name in self.values)
        raise WeightError(
            f"this measure reads {role}= and the network has only {given}; make the view with {role}=, or use "
            f"net.unweighted()"
        )

    def to_scipy(self, role: str | None = None) -> "csr_array":
        """Values of a role as a sparse matrix, sources in rows; without a role how many relations make each arc.

        Parameters
        ----------
        role : {"strength", "distance", "count", "amount"}, optional
            A role of the view; ones in a view without roles.

        Returns
        -------
        csr_array (n, n)
            Rows and columns in the order of ``nodes``.
        """
        from scipy.sparse import csr_array

        cells = self.arcs.multiplicity if role is None else self.weights(role)
        return csr_array((cells, self.arcs.out_targets, self.arcs.out_pointers), shape=(self.n, self.n))

    def to_arrow(self) -> pa.Table:
        """One row an arc: kinds and ids of its ends, ``multiplicity`` and the roles.

        Returns
        -------
        pyarrow.Table
            Arcs by source, then target; of an undirected network both arcs of a pair.
        """
        from ecograph.views.interchange import arrow_of

        return arrow_of(self)

    def to_networkx(self) -> "Graph":
        """The same nodes and relations in networkx.

        Returns
        -------
        MultiDiGraph or MultiGraph
            Nodes are (kind, id) with their attributes; edges are relations, parallel ones apart, with their key, kind,
            dates and attributes. A network of a path gives a DiGraph or Graph with ``multiplicity``.

        Raises
        ------
        MissingPartError
            If networkx is not installed.
        """
        from ecograph.views.interchange import networkx_of

        return networkx_of(self)

    def unweighted(self) -> "Network":
        """The same arcs without roles: every arc counts one."""
        return replace(self, values={}, unit="", recipe={**self.recipe, "unweighted": True})

    @property
    def size(self) -> int:
        """How many arcs it has."""
        return len(self.arcs)

    @property
    def graph(self) -> "Network":
        """Itself: what one-mode measures read."""
        return self


def network(
    content: Content,
    *relations: str,
    kinds: str | Sequence[str] | None = None,
    where: Mapping[str, Mapping[str, Any]] | None = None,
    direction: Direction | None = None,
    strength: str | Inverse | None = None,
    distance: str | Inverse | None = None,
    count: str | Inverse | None = None,
    amount: str | Inverse | None = None,
    unit: str | None = None,
    parallel: Literal["sum", "max", "min", "mean"] | None = None,
    isolates: bool = True,
) -> Network:
    """Make a network of relation kinds, or of one meta-path whose ends are of one branch.

    The doors' text is at :meth:`ecograph.ecosystem.Ecosystem.network`.
    """
    if not relations:
        raise ParameterError("no relations given; name at least one relation kind or one path")
    if direction is not None and direction not in DIRECTIONS:
        raise ParameterError(f"direction={direction!r}; allowed: {', '.join(DIRECTIONS)}")
    arguments = {
        "kinds": [kinds] if isinstance(kinds, str) else kinds,
        "where": where,
        "direction": direction,
        "strength": strength,
        "distance": distance,
        "count": count,
        "amount": amount,
        "unit": unit,
        "parallel": parallel,
        "isolates": None if isolates else False,
    }
    paths = [relation for relation in relations if is_path(relation)]
    if paths and len(relations) > 1:
        raise ParameterError(f"path={paths[0]!r} stands beside other relations; a path is a view of its own")
    names = tuple(relations) if paths else tuple(content.schema.relation(relation).name for relation in relations)
    if len(set(names)) < len(names):
        raise ParameterError(f"relations={', '.join(names)}: one stands twice; name each once")
    recipe = recipe_of("network", content, names, arguments)
    make = _of_path if paths else _of_relations
    return make(content, names, arguments, recipe)


def _of_relations(
    content: Content, relations: tuple[str, ...], arguments: Mapping[str, Any], recipe: Mapping[str, Any]
) -> Network:
    direction, directed = _directed(content, relations, arguments["direction"])
    roles = named_roles(arguments)
    where = filters(content, relations, arguments["where"])
    parts: list[tuple[Rows, NDArray[np.int32], NDArray[np.int32]]] = []
    findings: list[Finding] = []
    units: set[str] = set()
    for relation in relations:
        rows = chosen_rows(content, relation, where.get(relation, {}))
        if not len(rows):
            continue
        chosen, unit, found = role_values(content, relation, rows, roles, arguments["unit"])
        findings += found
        units |= {unit} - {""}
        parts.append((chosen, *ends_of(content, chosen)))
    if len(units) > 1:
        raise WeightError(f"amounts in {', '.join(sorted(units))}; give unit= and declare factors to convert")
    present = _present(content, parts, arguments["kinds"])
    chosen_parts = [rows.kept(present[one] & present[other]) for rows, one, other in parts]
    ties = _ties(content, chosen_parts, direction, present, tuple(roles))
    arcs, reduced = collapsed(ties, int(present.sum()), arguments["parallel"])
    made = Network(
        nodes=content.index.kept(present),
        recipe=recipe,
        origin=content.origin,
        unit=next(iter(units), arguments["unit"] or ""),
        findings=Findings(findings),
        directed=directed,
        arcs=arcs,
        values=reduced,
        content=content,
        picked={rows.relation: rows.positions for rows in chosen_parts},
    )
    return made if arguments["isolates"] is None else _without_isolates(made)


def filters(content: Content, relations: Sequence[str], where: Mapping[str, Any] | None) -> dict[str, Any]:
    """Filters by relation, their names checked."""
    checked = {content.schema.relation(name).name: dict(values) for name, values in (where or {}).items()}
    extra = [name for name in checked if name not in relations]
    if extra:
        raise ParameterError(f"where={extra[0]!r} is not among the view's relations: {', '.join(relations)}")
    return checked


def _directed(content: Content, relations: Sequence[str], direction: str | None) -> tuple[str, bool]:
    declared = {content.schema.relation(relation).directed for relation in relations}
    if len(declared) == 2 and direction is None:
        named = {
            said: [one for one in relations if content.schema.relation(one).directed is said] for said in (True, False)
        }
        raise ViewError(
            f"{', '.join(named[True])} have a direction and {', '.join(named[False])} have none; "
            f"say direction= as declared, both or reversed"
        )
    return direction or "as declared", True in declared and direction != "both"


def _present(content: Content, parts: Sequence[Any], kinds: Sequence[str] | None) -> Mask:
    """Which nodes stand in the view: those of the kinds asked for, else of every kind met as an end."""
    if kinds is not None:
        return content.index.of(*kinds)
    codes = content.index.kind_codes
    met = np.zeros(len(content.nodes), np.bool_)
    for _, *ends in parts:
        for end in ends:
            met |= np.bincount(codes[end], minlength=len(met)) > 0
    return met[codes]


def _ties(content: Content, parts: Sequence[Rows], direction: str, present: Mask, roles: Sequence[str]) -> Ties:
    """Rows as ties between positions of the view, in the direction asked for."""
    renumbered = None if present.all() else (np.cumsum(present) - 1).astype(np.int32)
    both_ways = [direction == "both" or not content.schema.relation(rows.relation).directed for rows in parts]
    symmetric = bool(parts) and all(both_ways)
    ties = [Ties(np.empty(0, np.int32), np.empty(0, np.int32), {role: np.empty(0) for role in roles})]
    for rows, turned in zip(parts, both_ways, strict=True):
        ends = ends_of(content, rows)
        ends = ends if renumbered is None else (renumbered[ends[0]], renumbered[ends[1]])
        part = Ties(*(ends[::-1] if direction == "reversed" else ends), rows.values)
        ties.append(part.turned() if turned and not symmetric else part)
    whole = ties[1] if len(ties) == 2 else joined(ties)
    return replace(whole, symmetric=symmetric)


def _without_isolates(made: Network) -> Network:
    arcs, present = made.arcs.without_isolates()
    return replace(made, nodes=made.nodes.kept(present), arcs=arcs)


def _of_path(
    content: Content, relations: tuple[str, ...], arguments: Mapping[str, Any], recipe: Mapping[str, Any]
) -> Network:
    path = read_path(relations[0], content.schema)
    if content.schema.branch(path.start) != content.schema.branch(path.end):
        raise ViewError(f"path {relations[0]!r} ends at two branches, {path.start} and {path.end}; use two_mode(path)")
    given = [name for name in (*named_roles(arguments), "kinds", "unit", "parallel") if arguments[name] is not None]
    if given:
        raise ViewError(f"{given[0]}= has no meaning on a path, whose arcs count paths; leave it out")
    if arguments["direction"] == "both":
        raise ViewError("direction='both' has no meaning on a path; write a path that reads the same from both ends")
    matrix = path_matrix(content, path, arguments["where"])
    if arguments["direction"] == "reversed":
        matrix = matrix.T.tocsr()
    present = content.index.of(path.start, path.end)
    matrix = matrix[present][:, present].tocoo()
    apart = matrix.row != matrix.col
    counts = {"count": matrix.data[apart].astype(np.float64)}
    ties = Ties(matrix.row[apart].astype(np.int32), matrix.col[apart].astype(np.int32), counts)
    arcs, reduced = collapsed(ties, int(present.sum()), None)
    arcs = replace(arcs, multiplicity=reduced["count"].astype(np.int32))
    made = Network(
        nodes=content.index.kept(present),
        recipe=recipe,
        origin=content.origin,
        directed=not path.mirrored(content.schema),
        arcs=arcs,
    )
    return made if arguments["isolates"] is None else _without_isolates(made)


def path_matrix(content: Content, path: Any, where: Mapping[str, Any] | None) -> Any:
    """Number of paths from each node to each node, the factors multiplied out."""
    from scipy.sparse import csr_array

    matrix, departs = None, path.start
    checked = filters(content, [step.relation for step in path.steps], where)
    for step in path.steps:
        _, starts, stops = step_ends(content, departs, step, checked.get(step.relation, {}))
        ones = np.ones(len(starts), np.int64)
        factor = csr_array((ones, (starts, stops)), shape=(content.index.n, content.index.n))
        matrix = factor if matrix is None else matrix @ factor
        departs = step.arrives
    return matrix
