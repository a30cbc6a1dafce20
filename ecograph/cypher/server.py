"""The server as engine: queries answered by Neo4j, in sessions that can only read."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from ecograph.cypher.connection import Connection
from ecograph.cypher.exchange import answered, checked, limited, too_many
from ecograph.cypher.gate import Statement
from ecograph.table import Table

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

PATIENCE = 1.0
"""Seconds in which a query is tried again: one that took all memory would only take it once more."""


class Server:
    """A database of a Neo4j server that answers queries and is only read.

    Parameters
    ----------
    connection : Connection
        To the database.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def run(
        self,
        statement: Statement,
        values: Mapping[str, Any] | None = None,
        *,
        timeout: float = 60.0,
        max_rows: int = 100_000,
    ) -> Table:
        """Answer a statement that has passed the gate.

        Parameters
        ----------
        statement, values, timeout, max_rows : Statement, mapping, float, int
            As :meth:`ecograph.cypher.embedded.Embedded.run` takes them.

        Returns
        -------
        Table
            As it answers.

        Raises
        ------
        ParameterError, QueryError
            As it refuses.
        AddressError
            If the server does not answer any more.
        """
        limited(timeout, max_rows)
        given = checked(statement.parameters, values or {})

        def work(transaction: "ManagedTransaction") -> list[list[Any]]:
            found = transaction.run(statement.text, given).fetch(max_rows + 1)
            return [[plain(cell) for cell in row.values()] for row in found]

        rows = self._connection.reading(work, timeout)
        if len(rows) > max_rows:
            raise too_many(max_rows)
        return answered(statement, rows)


def plain(cell: Any) -> Any:
    """A value of the driver as the embedded engine gives it."""
    from neo4j.time import Date

    if isinstance(cell, list):
        return [plain(one) for one in cell]
    return date(cell.year, cell.month, cell.day) if isinstance(cell, Date) else cell
