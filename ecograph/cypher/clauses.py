"""Clauses of a query: what each makes of the names before it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ecograph.cypher.patterns import Patterns
from ecograph.cypher.scope import KEYS, Bound, Scope, Value
from ecograph.cypher.trees import branch, branches, only, token, tokens, words

if TYPE_CHECKING:
    from lark import Token, Tree


@dataclass(frozen=True, slots=True)
class Answer:
    """What a statement answers: its columns and their types, and whether the order of its rows is told to the end."""

    columns: dict[str, str]
    settled: bool


class Clauses(Patterns):
    """Reads a statement from top to bottom."""

    def statement(self, tree: "Tree[Token]") -> Answer:
        """Columns of the statement."""
        scope: Scope = {}
        before = None
        *clauses, last = branches(tree)
        for clause in clauses:
            self._gathered(clause, before)
            scope = getattr(self, f"_{clause.data}")(clause, scope)
            before = clause
        self._gathered(last, before)
        columns, settled = self._items(last, scope)
        types = {name: self._column(name, bound, last) for name, bound in columns.items()}
        return Answer(types, settled)

    def _match_clause(self, tree: "Tree[Token]", scope: Scope) -> Scope:
        known = self.patterns(only(tree), scope)
        self.condition(branch(tree, "where"), known)
        return known

    def _unwind_clause(self, tree: "Tree[Token]", scope: Scope) -> Scope:
        self.value(only(tree), scope, "list")
        return {**scope, self.fresh(token(tree), scope): Value()}

    def _with_clause(self, tree: "Tree[Token]", scope: Scope) -> Scope:
        known, _ = self._items(tree, scope)
        self.condition(branch(tree, "where"), known)
        return known

    def _items(self, tree: "Tree[Token]", scope: Scope) -> tuple[dict[str, Bound], bool]:
        """Names that WITH or RETURN gives, and whether the order of the rows is told to the end."""
        known: dict[str, Bound] = {}
        aggregates = set()
        for item in branches(branches(tree)[0]):
            value = only(item)
            name = self._name(item, tree, known)
            if self.is_aggregate(value):
                aggregates.add(name)
            known[name] = self.aggregate(value, scope) if name in aggregates else self.bound(value, scope)
        grouped = set(known) - aggregates if aggregates or words(tree, "DISTINCT") else None
        settled = self._order(branch(tree, "order"), known, grouped)
        for part in (branch(tree, "skip"), branch(tree, "limit")):
            self._amount(part, None if settled else part)
        return known, settled

    def _name(self, item: "Tree[Token]", tree: "Tree[Token]", known: dict[str, Bound]) -> str:
        value = only(item)
        if tokens(item):
            return self.fresh(token(item), known)
        if value.data == "variable" and tree.data == "with_clause":
            return self.fresh(token(value), known)
        raise self.refusal(item, "this has no name", "add AS and a name")

    def _order(self, tree: "Tree[Token] | None", known: Scope, grouped: set[str] | None) -> bool:
        """Whether an ORDER BY tells the order of all rows: it ends in a key, or names whatever rows are grouped by."""
        if tree is None:
            return False
        sorts = [only(sort) for sort in branches(tree)]
        values = [self.value(sort, known) for sort in sorts]
        if grouped is not None:
            return grouped <= {str(token(sort)) for sort in sorts if sort.data == "variable"}
        return values[-1].key or (sorts[-1].data == "property" and tokens(sorts[-1])[-1] in KEYS)

    def _amount(self, tree: "Tree[Token] | None", loose: "Tree[Token] | None") -> None:
        """Read a SKIP or LIMIT, and refuse it where the order of the rows is loose."""
        if tree is not None:
            self.value(only(tree), {}, "integer")
        if loose is not None:
            remedy = "let ORDER BY end in an id or key, or name in it all that the rows are grouped by"
            raise self.refusal(loose, f"{loose.data.upper()} of rows in no certain order", remedy)

    def _gathered(self, clause: "Tree[Token]", before: "Tree[Token] | None") -> None:
        """Refuse a collect() whose order nobody has told."""
        for called in clause.find_data("function"):
            told = before is not None and before.data == "with_clause" and branch(before, "order")
            if token(called) == "collect" and not told:
                raise self.refusal(called, "collect() of rows in no order", "put WITH ... ORDER BY before it")

    def _column(self, name: str, bound: Bound, tree: "Tree[Token]") -> str:
        if isinstance(bound, Value) and bound.type != "duration":
            return bound.type
        raise self.refusal(
            tree, f"{name} is no value that stands in a table", "return an attribute, as in p.id AS project"
        )
