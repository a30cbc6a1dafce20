"""Values in a query: which names they use, and of what type they are."""

from typing import TYPE_CHECKING

from ecograph.cypher.functions import DATE_PARTS
from ecograph.cypher.scope import Bound, Names, Node, Scope, Value
from ecograph.cypher.trees import branch, branches, only, token, tokens
from ecograph.errors import unknown

if TYPE_CHECKING:
    from lark import Token, Tree

NUMBERS = ("integer", "number")
SAME = {"integer": "number"}
LITERALS = {"integer": "integer", "decimal": "number", "text": "text", "boolean": "boolean", "nothing": "any"}
DATE_REMEDY = "write dates as date($parameter) or date('2025-12-31')"

WORDS = (
    "all alter and any as asc by call case collect contains count create csv delete deny desc detach distinct drop "
    "else end ends exists explain false finish foreach from grant in insert is let limit load match merge nodetach "
    "none not null offset on optional or order profile remove return revoke set show single skip start starts stop "
    "terminate then true union unwind use using when where with xor yield"
)
RESERVED = frozenset(WORDS.split())


class Values:
    """Reads expressions in a scope and refuses what the engines would take differently.

    Parameters
    ----------
    names : Names
        Schema, parameters and the query's text.
    """

    def __init__(self, names: Names) -> None:
        self.names = names
        self.refusal = names.marked.refusal

    def bound(self, tree: "Tree[Token]", scope: Scope) -> Bound:
        """What the expression gives: a node, a relation or a value."""
        if tree.data in LITERALS:
            return Value(LITERALS[tree.data])
        found: Bound = getattr(self, f"_{tree.data}")(tree, scope)
        return found

    def value(self, tree: "Tree[Token]", scope: Scope, *types: str) -> Value:
        """The value of an expression, which must be of one of these types if any are named."""
        found = self.bound(tree, scope)
        if not isinstance(found, Value):
            raise self.refusal(tree, "a node or a relation is no value", "name one of its attributes, as in p.id")
        if types and found.type not in ("any", *types):
            remedy = DATE_REMEDY if "date" in types else "change the expression"
            raise self.refusal(tree, f"this is of type {found.type}; allowed: {', '.join(types)}", remedy)
        return found

    def fresh(self, name: "Token", scope: Scope) -> str:
        """A name that is given to something: not a word of Cypher, and not in use."""
        if name.casefold() in RESERVED:
            raise self.refusal(name, f"{name} is a word of Cypher", "take another name")
        if name in scope:
            raise self.refusal(name, f"{name} has a meaning already", "take another name")
        return str(name)

    def condition(self, tree: "Tree[Token] | None", scope: Scope) -> None:
        """Read a WHERE, if there is one."""
        if tree is not None:
            self.value(only(tree), scope, "boolean")

    def _variable(self, tree: "Tree[Token]", scope: Scope) -> Bound:
        return self.named(token(tree), scope)

    def named(self, token: "Token", scope: Scope) -> Bound:
        """What a name stands for."""
        if token not in scope:
            wrong, _, remedy = str(unknown("name", str(token), scope)).partition("; ")
            raise self.refusal(token, wrong, remedy)
        return scope[token]

    def _parameter(self, tree: "Tree[Token]", _: Scope) -> Value:
        kind = self.names.parameter(token(tree))
        if kind == "date":
            raise self.refusal(tree, f"{token(tree)} is a date and comes in as text", f"write date({token(tree)})")
        return Value(kind)

    def _property(self, tree: "Tree[Token]", scope: Scope) -> Value:
        owner, name = tokens(tree)
        found = self.named(owner, scope)
        if not isinstance(found, Value):
            return self.names.attribute(found, name)
        return self._part(found, name)

    def _date_part(self, tree: "Tree[Token]", scope: Scope) -> Value:
        return self._part(self.value(only(tree), scope), token(tree))

    def _part(self, owner: Value, name: "Token") -> Value:
        if owner.type != "date" or name not in DATE_PARTS:
            raise self.refusal(name, f"{name} is no part of a {owner.type}", f"dates have {', '.join(DATE_PARTS)}")
        return Value("integer")

    def _is_kind(self, tree: "Tree[Token]", scope: Scope) -> Value:
        owner, kind = tokens(tree)
        if not isinstance(self.named(owner, scope), Node):
            raise self.refusal(owner, f"{owner} is no node", "only nodes have kinds")
        self.names.leaves([kind])
        return Value("boolean")

    def _logic(self, tree: "Tree[Token]", scope: Scope) -> Value:
        for part in branches(tree):
            self.value(part, scope, "boolean")
        return Value("boolean")

    _either = _one_of_two = _both = _negated = _logic

    def _compared(self, tree: "Tree[Token]", scope: Scope) -> Value:
        first, second = branches(tree)
        one, other = self.bound(first, scope), self.bound(second, scope)
        if isinstance(one, Value) and isinstance(other, Value):
            self.alike(tree, one, other)
        elif type(one) is not type(other) or token(tree) not in ("=", "<>"):
            raise self.refusal(tree, "a node is compared with something else", "compare nodes by = or <>, or ids")
        return Value("boolean")

    def alike(self, tree: "Tree[Token]", one: Value, other: Value) -> None:
        """Refuse values of two types that are known: one engine would find them unequal, the other would convert."""
        types = {SAME.get(value.type, value.type) for value in (one, other)} - {"any"}
        if len(types) > 1:
            remedy = DATE_REMEDY if "date" in types else "compare like with like"
            raise self.refusal(tree, f"{one.type} is compared with {other.type}", remedy)

    def _missing(self, tree: "Tree[Token]", scope: Scope) -> Value:
        self.bound(only(tree), scope)
        return Value("boolean")

    _present = _missing

    def _among(self, tree: "Tree[Token]", scope: Scope) -> Value:
        one, many = branches(tree)
        self.value(one, scope)
        self.value(many, scope, "list")
        return Value("boolean")

    def _like(self, tree: "Tree[Token]", scope: Scope) -> Value:
        for part in branches(tree):
            self.value(part, scope, "text")
        return Value("boolean")

    def _plus(self, tree: "Tree[Token]", scope: Scope) -> Value:
        one, other = (self.value(part, scope) for part in branches(tree))
        if one.type == "date":
            self.value(branches(tree)[1], scope, "duration")
            return one
        for part in branches(tree):
            self.value(part, scope, "text" if "text" in (one.type, other.type) else "number", *NUMBERS)
        self.alike(tree, one, other)
        return wider(one, other)

    def _minus(self, tree: "Tree[Token]", scope: Scope) -> Value:
        first, second = branches(tree)
        if self.value(first, scope).type == "date":
            self.value(second, scope, "duration")
            return Value("date")
        return self._times(tree, scope)

    def _times(self, tree: "Tree[Token]", scope: Scope) -> Value:
        values = [self.value(part, scope, *NUMBERS) for part in branches(tree)]
        return wider(*values)

    _negative = _times

    def _divided(self, tree: "Tree[Token]", scope: Scope) -> Value:
        divisor = token(branches(tree)[1])
        if not float(divisor):
            raise self.refusal(divisor, "nothing is divided by zero", "write another number")
        return self._times(tree, scope)

    _remainder = _divided

    def _case(self, tree: "Tree[Token]", scope: Scope) -> Value:
        subject = branch(tree, "subject")
        asked = self.value(only(subject), scope) if subject else None
        results = []
        for one in branches(tree):
            if one.data == "when":
                test, result = branches(one)
                if asked is None:
                    self.value(test, scope, "boolean")
                else:
                    self.alike(test, asked, self.value(test, scope))
                results.append(self.value(result, scope))
            elif one.data == "otherwise":
                results.append(self.value(only(one), scope))
        for other in results[1:]:
            self.alike(tree, results[0], other)
        return wider(*results)

    def _list(self, tree: "Tree[Token]", scope: Scope) -> Value:
        values = [self.value(one, scope) for one in branches(tree)]
        for other in values[1:]:
            self.alike(tree, values[0], other)
        return Value("list")

    def _comprehension(self, tree: "Tree[Token]", scope: Scope) -> Value:
        inner = self._entries(tree, scope)
        chosen = branch(tree, "chosen")
        if chosen:
            self.value(only(chosen), inner)
        return Value("list")

    def _quantifier(self, tree: "Tree[Token]", scope: Scope) -> Value:
        self._entries(tree, scope)
        return Value("boolean")

    def _entries(self, tree: "Tree[Token]", scope: Scope) -> Scope:
        """Scope in which the name of a list's entry is known."""
        self.value(only(tree), scope, "list")
        entry = tokens(tree)[-1]
        inner = {**scope, self.fresh(entry, scope): Value()}
        self.condition(branch(tree, "where"), inner)
        return inner


def wider(*values: Value) -> Value:
    """A value of the type of all of these: whole numbers and numbers are numbers, anything else is of any type."""
    types = {value.type for value in values} - {"any"}
    if types == {"integer", "number"}:
        return Value("number")
    return Value(types.pop() if len(types) == 1 else "any")
