"""Patterns of a query: nodes, and the relations between them."""

from typing import TYPE_CHECKING

from ecograph.cypher.calls import Calls
from ecograph.cypher.scope import Bound, Node, Relation, Scope, Value, listed
from ecograph.cypher.trees import branch, branches, only, tokens, words

if TYPE_CHECKING:
    from lark import Token, Tree

STEPS = 5


class Patterns(Calls):
    """Reads patterns, and tells what their names stand for."""

    def patterns(self, tree: "Tree[Token]", scope: Scope) -> Scope:
        """Scope with the names that the patterns bring."""
        for pattern in branches(tree):
            scope = self._pattern(pattern, scope)
        return scope

    def _pattern(self, tree: "Tree[Token]", scope: Scope) -> Scope:
        parts = branches(tree)
        if len(parts) == 1 and not self._told(parts[0], scope):
            raise self.refusal(parts[0], "a node of any kind", "name its kind, as in (m:Maker)")
        kinds: list[tuple[str, ...]] = [self._kinds(node, scope) for node in parts[::2]]
        for place, relation in enumerate(parts[1::2]):
            kinds[place], kinds[place + 1] = self._joined(relation, kinds[place], kinds[place + 1])
        known = dict(scope)
        for node, own in zip(parts[::2], kinds, strict=True):
            self._named_node(node, own, known)
        for relation in parts[1::2]:
            self._named_relation(relation, known)
        for part in parts:
            self._equal(part, known)
        return known

    def _told(self, node: "Tree[Token]", scope: Scope) -> bool:
        return branch(node, "kinds") is not None or any(name in scope for name in tokens(node))

    def _kinds(self, node: "Tree[Token]", scope: Scope) -> tuple[str, ...]:
        told = branch(node, "kinds")
        kinds = self.names.leaves(tokens(told)) if told else self.names.schema.leaves()
        for name in tokens(node):
            found = scope.get(name, Node(kinds))
            if not isinstance(found, Node):
                raise self.refusal(name, f"{name} stands for something that is no node", "take another name")
            kinds = tuple(kind for kind in kinds if kind in found.kinds)
            if not kinds:
                raise self.refusal(name, f"{name} is one of {listed(found.kinds)}", "name one of these kinds")
        return kinds

    def _joined(
        self, tree: "Tree[Token]", left: tuple[str, ...], right: tuple[str, ...]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Those kinds of the left and of the right node that the relation may join."""
        detail = only(tree)
        steps = branch(detail, "range")
        names = _relations(detail)
        relations = [self.names.schema.relation(name) for name in self.names.relations(names)]
        either = tree.data == "either_way"
        if not either and any(not relation.directed for relation in relations):
            loose = next(relation.name for relation in relations if not relation.directed)
            raise self.refusal(tree, f"{loose} has no direction", f"write -[:{loose}]-")
        if steps is not None:
            self._bounded(steps, detail)
            return left, right
        pairs = {
            (one, other)
            for relation in relations
            for one in self.names.schema.leaves(*relation.sources)
            for other in self.names.schema.leaves(*relation.targets)
        }
        pairs = {pair[::-1] for pair in pairs} if tree.data == "towards_left" else pairs
        pairs |= {pair[::-1] for pair in pairs} if either else set()
        kept = {pair for pair in pairs if pair[0] in left and pair[1] in right}
        if not kept:
            shown = "; ".join(f"{one.name}: {', '.join(one.sources)} > {', '.join(one.targets)}" for one in relations)
            wrong = f"{listed(left)} and {listed(right)} are not joined so"
            raise self.refusal(tree, wrong, f"kinds and direction are {shown}")
        return tuple(kind for kind in left if any(kind == one for one, _ in kept)), tuple(
            kind for kind in right if any(kind == other for _, other in kept)
        )

    def _bounded(self, steps: "Tree[Token]", detail: "Tree[Token]") -> None:
        least, most = map(int, tokens(steps))
        if not 1 <= least <= most <= STEPS:
            raise self.refusal(steps, f"{least} to {most} steps", f"allowed are 1 to {STEPS}, the smaller first")
        if words(detail, "NAME") or branch(detail, "properties"):
            raise self.refusal(detail, "a path of several steps has a name or attributes", "leave them out")

    def _named_node(self, node: "Tree[Token]", kinds: tuple[str, ...], known: dict[str, Bound]) -> None:
        for name in tokens(node):
            if name not in known:
                known[self.fresh(name, known)] = Node(kinds)

    def _named_relation(self, tree: "Tree[Token]", known: dict[str, Bound]) -> None:
        detail = only(tree)
        kinds = self.names.relations(_relations(detail))
        for name in words(detail, "NAME"):
            known[self.fresh(name, known)] = Relation(kinds)

    def _equal(self, tree: "Tree[Token]", known: Scope) -> None:
        """Read what a node's or relation's attributes are to equal."""
        owner = tree if tree.data == "node" else only(tree)
        asked = branch(owner, "properties")
        if asked is None:
            return
        if tree.data == "node":
            bound: Node | Relation = Node(self._kinds(tree, known))
        else:
            bound = Relation(self.names.relations(_relations(owner)))
        for name, value in zip(tokens(asked), branches(asked), strict=True):
            self.alike(value, self.names.attribute(bound, name), self.value(value, known))

    def _exists(self, tree: "Tree[Token]", scope: Scope) -> Value:
        self._inside(tree, scope)
        return Value("boolean")

    def _count(self, tree: "Tree[Token]", scope: Scope) -> Value:
        self._inside(tree, scope)
        return Value("integer")

    def _inside(self, tree: "Tree[Token]", scope: Scope) -> None:
        inner = self.patterns(only(tree), scope)
        self.condition(branch(tree, "where"), inner)


def _relations(detail: "Tree[Token]") -> list["Token"]:
    return [name for told in branches(detail) if told.data == "relations" for name in tokens(told)]
