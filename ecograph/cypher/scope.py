"""What a name in a query stands for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from ecograph.cypher.marking import Marked
from ecograph.errors import unknown
from ecograph.schema import END_COLUMNS, Attribute, Schema

if TYPE_CHECKING:
    from lark import Token

KIND = Attribute("kind", zh="类型", meaning="leaf kind of the node")
KEY = Attribute("key", zh="键", meaning="the relation's own key, or its ends and number")
KEYS = ("id", "key")


@dataclass(frozen=True, slots=True)
class Node:
    """A node of one of these leaf kinds."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of one of these kinds."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """A value: its type (``any`` where nothing is known), and whether it tells one row from another."""

    type: str = "any"
    key: bool = False


Bound: TypeAlias = Node | Relation | Value
Scope: TypeAlias = Mapping[str, Bound]


@dataclass(frozen=True, slots=True)
class Names:
    """Names of a schema and of the parameters, looked up where a query uses them.

    Parameters
    ----------
    schema : Schema
        Kinds, relation kinds and their columns.
    parameters : mapping of str to str
        Type of each declared parameter.
    marked : Marked
        The query's text.
    personal : bool
        Whether personal attributes may be read.
    """

    schema: Schema
    parameters: Mapping[str, str]
    marked: Marked
    personal: bool = False

    def leaves(self, tokens: list["Token"]) -> tuple[str, ...]:
        """Leaf kinds under the kinds that a pattern names."""
        found: dict[str, None] = {}
        for token in tokens:
            names = [kind.name for kind in self.schema.kinds]
            found |= dict.fromkeys(self.schema.leaves(self._known("kind of node", token, names)))
        return tuple(found)

    def relations(self, tokens: list["Token"]) -> tuple[str, ...]:
        """Relation kinds that a pattern names."""
        names = [relation.name for relation in self.schema.relations]
        return tuple(dict.fromkeys(self._known("relation kind", token, names) for token in tokens))

    def parameter(self, token: "Token") -> str:
        """Type of a parameter."""
        return self.parameters[self._known("parameter", token, self.parameters, token[1:])]

    def attribute(self, bound: Node | Relation, token: "Token") -> Value:
        """Value of a node's or relation's attribute."""
        columns = [column for kind in bound.kinds for column in self.columns(bound, kind)]
        self._known(f"attribute of {listed(bound.kinds)}", token, {column.name for column in columns})
        same = [column for column in columns if column.name == token]
        if any(column.personal for column in same) and not self.personal:
            raise self.marked.refusal(token, f"{token} of a person is personal", "use id, or ask for names")
        types = {column.type for column in same}
        return Value(types.pop() if len(types) == 1 else "any", str(token) in KEYS)

    def columns(self, bound: Node | Relation, kind: str) -> tuple[Attribute, ...]:
        """Attributes that a query may read of a kind."""
        if isinstance(bound, Node):
            return (KIND, *self.schema.node_columns(kind))
        return (KEY, *(column for column in self.schema.relation_columns(kind) if column not in END_COLUMNS))

    def _known(self, what: str, token: "Token", known: Iterable[str], name: str = "") -> str:
        given, names = name or str(token), list(known)
        if given in names:
            return given
        wrong, _, remedy = str(unknown(what, given, names)).partition("; ")
        raise self.marked.refusal(token, wrong, remedy)


def listed(kinds: tuple[str, ...]) -> str:
    """The first kinds, as they stand in a sentence."""
    return ", ".join(kinds[:4]) + (" …" if len(kinds) > 4 else "")
