"""A connection to a Neo4j server: the one way in which ecograph reaches one.

A password comes from an argument or the environment, never from the address, and stands in no message. Whatever the
driver or the server says against a request becomes one error of ecograph in one line.
"""

import logging
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar

from ecograph.errors import AddressError, EcographError, MissingPartError, ParameterError, QueryError

if TYPE_CHECKING:
    from neo4j import Driver, ManagedTransaction, Session

Given = TypeVar("Given")

DATABASE = "neo4j"
USER, PASSWORD = "ECOGRAPH_NEO4J_USER", "ECOGRAPH_NEO4J_PASSWORD"
OLDEST = (5, 26)
INSTALL = "install it with: pip install 'ecograph[neo4j]'"
ADDRESS = re.compile(r"(neo4j|bolt)(\+s|\+ssc)?://([\w.-]+|\[[\da-fA-F:.]+\])(:\d{1,5})?/?")
SERVER = re.compile(r"(neo4j|bolt)(\+\w*)?:", re.IGNORECASE)
SECRET = re.compile(r":(/*).*@", re.DOTALL)
NOTIFIED: Literal["OFF", "WARNING"] = "OFF"
"""What the server tells about a query beside its rows; the driver would log it."""
REACHING_SECONDS = 5.0
PATIENCE = 30.0
LONGEST = 3600.0
LOGGER = logging.getLogger("neo4j")
REMEDY = f"set {USER} and {PASSWORD}"
MADE_MEANWHILE = "(EquivalentSchemaRuleAlreadyExists)"
REFUSED = {
    "CredentialsExpired": "its first password has to be changed in Neo4j",
    "AuthenticationRateLimit": "wrong passwords came too often, wait a little",
    "Forbidden": "it has no right to do this",
}


@dataclass(frozen=True, slots=True)
class Login:
    """Who logs in; the password is not shown."""

    user: str
    password: str | None = field(repr=False)

    def hidden(self, text: str) -> str:
        """A text without the password."""
        return text.replace(self.password, "***") if self.password else text


def is_server(address: str) -> bool:
    """Whether an address is that of a server, well written or not."""
    return SERVER.match(address) is not None


def masked(address: str) -> str:
    """An address without whatever may be a password in it."""
    if is_server(address) and "@" not in address and not ADDRESS.fullmatch(address):
        return address.partition(":")[0] + "://…"
    return SECRET.sub(r":\1***@", address)


def check_address(address: str) -> None:
    """Refuse what is no plain address of a server; whatever may be a password in it is not shown.

    Raises
    ------
    ParameterError
        If it is none.
    """
    if "@" in address:
        wrong = f"address={masked(address)!r}: a user or password has no place in an address"
        raise ParameterError(f"{wrong}; {REMEDY}")
    if not ADDRESS.fullmatch(address):
        raise ParameterError(f"address={masked(address)!r} cannot be read; write it as neo4j://HOST:PORT")


def login_of(user: str | None = None, password: str | None = None) -> Login:
    """Who logs in: as the arguments say, else as the environment does.

    Parameters
    ----------
    user, password : str, optional
        By default ``$ECOGRAPH_NEO4J_USER``, or ``neo4j``, and ``$ECOGRAPH_NEO4J_PASSWORD``.

    Returns
    -------
    Login
        Without a password where none is told: some servers ask for none.
    """
    told = password if password is not None else os.environ.get(PASSWORD)
    return Login(user or os.environ.get(USER) or DATABASE, told or None)


class Connection:
    """A connection to one database of a server; use it in ``with``.

    Parameters
    ----------
    address : str
        ``neo4j://HOST`` or ``neo4j://HOST:PORT``, or the same with ``bolt``, ``neo4j+s`` and so on.
    login : Login
        Who logs in.
    database : str, default "neo4j"
        Name of the database.
    patience : float, default 30
        Seconds in which a request is tried again that a server could not take at the moment.
    failure : type of EcographError, default QueryError
        What is raised where a request fails for a reason that is not told below.

    Raises
    ------
    ParameterError
        If the address is not written so, or holds a user or password.
    AddressError
        If no server answers there, it is too old, or it lets this user not in.
    MissingPartError
        If the driver is not installed.
    """

    def __init__(
        self,
        address: str,
        login: Login,
        database: str = DATABASE,
        *,
        patience: float = PATIENCE,
        failure: type[EcographError] = QueryError,
    ) -> None:
        check_address(address)
        self.address, self.database, self._login, self._failure = address, database, login, failure
        self._driver = self._opened(patience)
        try:
            self._check_version()
        except EcographError:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the server go."""
        self._driver.close()

    def read(self, text: str, values: dict[str, Any] | None = None, timeout: float = LONGEST) -> list[list[Any]]:
        """All rows of a query that only reads."""
        return self.reading(lambda transaction: transaction.run(text, values).values(), timeout)

    def reading(self, work: "Callable[[ManagedTransaction], Given]", timeout: float = LONGEST) -> Given:
        """What a piece of work gives in a transaction that can only read, tried again where that may help."""
        from neo4j import unit_of_work

        with self._answering(timeout), self._session() as session:
            return session.execute_read(unit_of_work(timeout=timeout)(work))

    def writing(self, work: "Callable[[ManagedTransaction], Given]", timeout: float = LONGEST) -> Given:
        """What a piece of work gives in a transaction that may write; it may be called again after it was done."""
        from neo4j import unit_of_work

        with self._answering(timeout), self._session() as session:
            return session.execute_write(unit_of_work(timeout=timeout)(work))

    def change(self, text: str, values: dict[str, Any] | None = None) -> None:
        """Run a statement that writes."""
        self.writing(lambda transaction: transaction.run(text, values).consume())

    def define(self, text: str) -> None:
        """Make a constraint or an index, if it is not there and nobody makes it at the same time."""
        try:
            self.change(text)
        except EcographError as error:
            if MADE_MEANWHILE not in str(error):
                raise

    def command(self, text: str, values: dict[str, Any] | None = None) -> None:
        """Run a statement that opens transactions of its own."""
        with self._answering(LONGEST), self._session() as session:
            session.run(text, values).consume()

    @cached_property
    def version(self) -> str:
        """Release of the server."""
        with self._answering(REACHING_SECONDS):
            return str(self._driver.get_server_info().agent).removeprefix("Neo4j/")

    def _session(self) -> "Session":
        return self._driver.session(database=self.database, bookmark_manager=self._bookmarks)

    def _opened(self, patience: float) -> "Driver":
        try:
            from neo4j import GraphDatabase
        except ImportError:
            raise MissingPartError(f"Neo4j needs its driver; {INSTALL}") from None
        auth = (self._login.user, self._login.password) if self._login.password else None
        if not LOGGER.handlers:
            LOGGER.addHandler(logging.NullHandler())  # the driver talks to handlers that somebody set, not to stderr
        self._bookmarks = GraphDatabase.bookmark_manager()  # in a cluster each session sees what the one before wrote
        return GraphDatabase.driver(
            self.address,
            auth=auth,
            max_transaction_retry_time=patience,
            connection_timeout=REACHING_SECONDS,
            connection_acquisition_timeout=4 * REACHING_SECONDS,
            notifications_min_severity=NOTIFIED,
            telemetry_disabled=True,
        )

    def _check_version(self) -> None:
        numbers = tuple(int(number) for number in re.findall(r"\d+", self.version)[:2])
        if numbers < OLDEST:
            least = ".".join(map(str, OLDEST))
            raise AddressError(f"{self.address}: Neo4j {self.version} is too old; update it to {least} or newer")

    @contextmanager
    def _answering(self, timeout: float) -> Iterator[None]:
        """Say in one line why the server did not do what it was asked."""
        from neo4j.exceptions import ConfigurationError, DriverError, Neo4jError, UnsupportedServerProduct

        try:
            yield
        except EcographError:
            raise
        except Neo4jError as error:
            raise self._refusal(error.code or "", self._line(error.message or error), timeout) from None
        except UnicodeEncodeError:
            raise self._failure("a text holds half a character, which no server takes; correct it") from None
        except (UnsupportedServerProduct, ConfigurationError) as error:
            remedy = "give the address of a Neo4j server, 5.26 or newer"
            raise AddressError(f"{self.address}: {self._line(error)}; {remedy}") from None
        except (DriverError, OSError):
            remedy = "start it, or correct the address"
            raise AddressError(f"{self.address}: no Neo4j server answers there; {remedy}") from None

    def _refusal(self, code: str, line: str, timeout: float) -> EcographError:
        """The error of a code of the server."""
        *_, kind, reason = f".{code}".rsplit(".", 2)
        if kind == "Security":
            told = REFUSED.get(reason, "its password is wrong or missing")
            return AddressError(f"{self.address}: user={self._login.user!r} was refused, {told}; {REMEDY}")
        if reason in ("DatabaseNotFound", "DatabaseUnavailable"):
            return AddressError(f"{self.address}: no database={self.database!r} there; name one that is online")
        if reason.startswith("TransactionTimedOut"):
            wrong = f"the query took longer than timeout={timeout:g} seconds"
            return self._failure(f"{wrong}; ask for less, or give it more")
        if reason == "MemoryPoolOutOfMemoryError":
            return self._failure("the query needs more memory than the server gives it; ask for less")
        return self._failure(f"{self.address} did not do what it was asked ({reason}): {line}")

    def _line(self, error: object) -> str:
        return self._login.hidden(" ".join(str(error).split())[:300])
