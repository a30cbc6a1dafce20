"""Pieces of a parsed query."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lark import Token, Tree


def tokens(tree: "Tree[Token]") -> list["Token"]:
    """The words that stand in a tree itself, not in its branches."""
    return [child for child in tree.children if isinstance(child, str)]


def token(tree: "Tree[Token]") -> "Token":
    """The first word that stands in a tree itself."""
    return tokens(tree)[0]


def words(tree: "Tree[Token]", name: str) -> list["Token"]:
    """Those of a tree's own words that are of a terminal, such as NAME."""
    return [word for word in tokens(tree) if word.type == name]


def branches(tree: "Tree[Token]") -> list["Tree[Token]"]:
    """The branches of a tree."""
    return [child for child in tree.children if not isinstance(child, str)]


def branch(tree: "Tree[Token]", name: str) -> "Tree[Token] | None":
    """The branch of a rule, if there is one."""
    return next((child for child in branches(tree) if child.data == name), None)


def only(tree: "Tree[Token]") -> "Tree[Token]":
    """The first branch of a tree."""
    return branches(tree)[0]
