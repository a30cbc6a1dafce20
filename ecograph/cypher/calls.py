"""Functions in a query: those of the list, with the arguments they take."""

from datetime import date
from typing import TYPE_CHECKING

from ecograph.cypher.functions import FUNCTIONS
from ecograph.cypher.scope import Relation, Scope, Value
from ecograph.cypher.trees import branches, only, token, tokens
from ecograph.cypher.values import DATE_REMEDY, NUMBERS, Values, wider
from ecograph.errors import unknown

if TYPE_CHECKING:
    from lark import Token, Tree


class Calls(Values):
    """Reads calls of functions."""

    def is_aggregate(self, tree: "Tree[Token]") -> bool:
        """Whether an expression is the call of an aggregate."""
        return tree.data == "function" and token(tree) in FUNCTIONS and FUNCTIONS[token(tree)].aggregate

    def aggregate(self, tree: "Tree[Token]", scope: Scope) -> Value:
        """The value of an aggregate, which is a whole item of WITH or RETURN."""
        name, every = token(tree), any(word.type == "EVERY" for word in tokens(tree))
        if every and name != "count":
            raise self.refusal(tree, f"{name} of every row", "name what it is of; only count takes *")
        if name == "count" and len(branches(tree)) == 1:
            self.bound(only(tree), scope)
            return Value("integer")
        return Value("integer") if every else self._called(tree, scope)

    def _function(self, tree: "Tree[Token]", scope: Scope) -> Value:
        name, *signs = tokens(tree)
        if name not in FUNCTIONS:
            wrong, _, remedy = str(unknown("function of the dialect", str(name), FUNCTIONS)).partition("; ")
            raise self.refusal(name, wrong, remedy)
        if FUNCTIONS[name].aggregate:
            remedy = "make it an item of WITH, as in WITH p, count(*) AS many, and go on with its name"
            raise self.refusal(name, f"{name} is taken over rows and stands inside something else", remedy)
        if signs:
            raise self.refusal(signs[0], f"{name} takes no * and no DISTINCT", "leave it out")
        return self._called(tree, scope)

    def _called(self, tree: "Tree[Token]", scope: Scope) -> Value:
        name, arguments = token(tree), branches(tree)
        function = FUNCTIONS[name]
        missing = len(function.takes) - len(arguments)
        if missing > 0 or (missing < 0 and not function.more):
            taken = f"{len(function.takes)}{' or more' * function.more}"
            raise self.refusal(name, f"{name} with {len(arguments)} arguments", f"it takes {taken}")
        types = [*function.takes, *function.takes[-1:] * -missing]
        given = [self._argument(one, kind, scope) for one, kind in zip(arguments, types, strict=True)]
        for other in given[1:]:
            self.alike(tree, given[0], other)
        return wider(*given) if function.gives == "same" else Value(function.gives)

    def _argument(self, tree: "Tree[Token]", kind: str, scope: Scope) -> Value:
        if kind == "day":
            self._day(tree)
            return Value()
        if kind == "relation":
            if not isinstance(self.bound(tree, scope), Relation):
                raise self.refusal(tree, "type() tells the kind of a relation", "name a relation, as in [t:TRACKS]")
            return Value()
        types = {"any": (), "number": NUMBERS}.get(kind, (kind,))
        return self.value(tree, scope, *types)

    def _day(self, tree: "Tree[Token]") -> None:
        """Refuse whatever may not be a day: the engines differ where a text is none."""
        if tree.data == "parameter" and self.names.parameter(token(tree)) in ("date", "any"):
            return
        if tree.data != "text" or not _is_day(token(tree)[1:-1]):
            raise self.refusal(tree, "date() is given something that may be no day", DATE_REMEDY)

    def _days(self, tree: "Tree[Token]", scope: Scope) -> Value:
        part = tokens(tree)[-1]
        if part != "days":
            raise self.refusal(part, f"{part} of a duration", "write duration.inDays(a, b).days")
        for one in branches(tree):
            self.value(one, scope, "date")
        return Value("integer")

    def _duration(self, tree: "Tree[Token]", scope: Scope) -> Value:
        for word, name in zip(tokens(tree), ("duration", "days"), strict=True):
            if word != name:
                raise self.refusal(word, f"{word} stands where {name} is due", "write duration({days: 30})")
        self.value(only(tree), scope, "integer")
        return Value("duration")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
