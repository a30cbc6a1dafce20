"""The functions a query may call; whatever is not listed here is refused."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the dialect: what it takes, what it gives, and what that means.

    Parameters
    ----------
    takes : tuple of str
        Type of each argument: a type of the schema, ``list``, ``relation``,
        ``day`` (a date parameter or a text that is a day), or ``any``.
    gives : str
        Type of the answer; ``same`` is the type of the first argument.
    meaning : str
        What it gives, in English.
    aggregate : bool
        Whether it takes the values of many rows.
    more : bool
        Whether the last argument may be repeated.
    """

    takes: tuple[str, ...]
    gives: str
    meaning: str
    aggregate: bool = False
    more: bool = False


FUNCTIONS: Mapping[str, Function] = {
    "count": Function(("any",), "integer", "how many values are not missing; count(*) counts rows", aggregate=True),
    "sum": Function(("number",), "same", "sum of the values that are not missing; 0 of none", aggregate=True),
    "avg": Function(("number",), "number", "mean of the values that are not missing", aggregate=True),
    "min": Function(("any",), "same", "least value", aggregate=True),
    "max": Function(("any",), "same", "greatest value", aggregate=True),
    "collect": Function(
        ("any",), "list", "values that are not missing, in the order of the WITH before", aggregate=True
    ),
    "coalesce": Function(("any", "any"), "same", "first value that is not missing", more=True),
    "date": Function(("day",), "date", "the day of a parameter that is a date, or of a text such as '2025-12-31'"),
    "type": Function(("relation",), "text", "relation kind"),
    "size": Function(("list",), "integer", "entries of a list"),
    "head": Function(("list",), "any", "first entry of a list"),
    "last": Function(("list",), "any", "last entry of a list"),
    "abs": Function(("number",), "same", "the number without its sign"),
    "toInteger": Function(("number",), "integer", "the number without its decimals"),
    "toFloat": Function(("number",), "number", "the number as one with decimals"),
    "toLower": Function(("text",), "text", "the text in small letters"),
    "toUpper": Function(("text",), "text", "the text in capitals"),
    "trim": Function(("text",), "text", "the text without spaces at its ends"),
}
DATE_PARTS = ("year", "quarter", "month", "day")
