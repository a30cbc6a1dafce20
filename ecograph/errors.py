"""Every deliberate error of ecograph.

::

    EcographError
    ├── AddressError (FileNotFoundError)   nothing that can be read or written stands at this address
    ├── SchemaError (ValueError)           the schema contradicts itself
    ├── LoadError (ValueError)             the tables cannot be used, or strict loading found unusable rows
    ├── ViewError (ValueError)             the view asked for does not exist in this ecosystem
    │   └── WeightError                    a role is missing, ambiguous, or holds values no weight may have
    ├── ParameterError (ValueError)        an argument has a value that is not allowed
    │   └── EstimateError                  the data do not tell what is to be estimated
    ├── MemoryLimitError (MemoryError)     a measure would take more memory than it may
    ├── QueryError (ValueError)            a query does not stand in the dialect, or its engine did not answer it
    ├── UnknownNameError (LookupError)     no kind, relation, column, metric or node has this name
    ├── StoreError (OSError)               a store cannot take what is written to it
    ├── RepeatError (ValueError)           a result cannot be computed again from this ecosystem
    ├── ConvergenceError (ArithmeticError) a measure comes to no end on this network
    └── MissingPartError (ImportError)     an optional part is not installed

A message is one line that says what is wrong (``name=value``), what is allowed or was found, and what to do.
The command line prints it as it is, with exit code 1.
"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from itertools import accumulate
from typing import Any


class EcographError(Exception):
    """Any deliberate error of ecograph."""


class AddressError(EcographError, FileNotFoundError):
    """Nothing that can be read or written stands at this address."""


class SchemaError(EcographError, ValueError):
    """The schema contradicts itself."""


class LoadError(EcographError, ValueError):
    """The tables cannot be used, or strict loading found unusable rows."""


class ViewError(EcographError, ValueError):
    """The view asked for does not exist in this ecosystem."""


class WeightError(ViewError):
    """A role is missing, ambiguous, or holds values no weight may have."""


class ParameterError(EcographError, ValueError):
    """An argument has a value that is not allowed."""


class EstimateError(ParameterError):
    """The data do not tell what is to be estimated.

    Parameters
    ----------
    message : str
        The error's line.
    code : str
        The finding that says it in every language.
    gaps : mapping
        What fills the finding's gaps.
    """

    def __init__(self, message: str, code: str, gaps: Mapping[str, Any]) -> None:
        super().__init__(message)
        self.code, self.gaps = code, gaps


class MemoryLimitError(EcographError, MemoryError):
    """A measure would take more memory than it may."""


class QueryError(EcographError, ValueError):
    """A query does not stand in the dialect, or its engine did not answer it."""


class UnknownNameError(EcographError, LookupError):
    """No kind, relation, column, metric or node has this name."""


class StoreError(EcographError, OSError):
    """A store cannot take what is written to it."""


class RepeatError(EcographError, ValueError):
    """A result cannot be computed again from this ecosystem."""


class ConvergenceError(EcographError, ArithmeticError):
    """A measure comes to no end on this network."""


class MissingPartError(EcographError, ImportError):
    """An optional part is not installed."""


SHOWN = 250
"""Letters of the known names that an error tells."""


def unknown(what: str, name: str, known: Iterable[str], remedy: str = "") -> UnknownNameError:
    """Build the error for a name that is not among the known ones, with the nearest of them.

    Parameters
    ----------
    what : str
        What the name should have been, as it stands in the sentence: ``"relation"``.
    name : str
        The name that was given.
    known : iterable of str
        The names that exist.
    remedy : str, optional
        What to do, where the list of names does not say it.

    Returns
    -------
    UnknownNameError
        To be raised by the caller.

    Examples
    --------
    >>> str(unknown("relation", "TRANSFER", ["TRANSFERS", "ATTENDS"]))
    "no relation 'TRANSFER'; did you mean TRANSFERS? Known: ATTENDS, TRANSFERS"
    """
    names = sorted(known)
    nearest = get_close_matches(name, names, n=1)
    fitting = sum(length <= SHOWN for length in accumulate(len(name) + 2 for name in names))
    shown = ", ".join(names[:fitting]) + (f", … ({len(names)} in all)" if fitting < len(names) else "")
    hint = f"did you mean {nearest[0]}? " if nearest else ""
    found = f"Known: {shown}" if names else "there is none"
    return UnknownNameError(f"no {what} {name!r}; {hint}{found}" + (f"; {remedy}" if remedy else ""))
