"""The embedded engine: queries answered on this machine, from a copy of the tables, without a server.

The copy lies in a folder of the user's cache, named by the fingerprint of the tables and the versions of the engine
and of this room. It can only be read. It is counted when it is opened and compared with the tables when it is built;
where anything differs it is thrown away and built anew.
"""

import hashlib
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ecograph.content import Content
from ecograph.cypher.copying import SETTINGS, fill
from ecograph.cypher.exchange import answered, checked, limited, line_of, too_many
from ecograph.cypher.gate import Statement
from ecograph.cypher.trials import counted, holds, sound
from ecograph.errors import MissingPartError, QueryError
from ecograph.table import Table

ADAPTER = 1
KEPT = 5
CACHE = "ECOGRAPH_CACHE"
INSTALL = "install it with: pip install 'ecograph[query]'"


class Embedded:
    """A copy of an ecosystem's tables that answers queries and cannot be changed.

    Parameters
    ----------
    content : Content
        Checked tables.
    cache : Path or None, optional
        Folder in which copies are kept; by default ``$ECOGRAPH_CACHE`` or ``ecograph`` in the user's cache.

    Raises
    ------
    MissingPartError
        If kglite is not installed, or does not give the answers it must give.

    Examples
    --------
    >>> from ecograph.cypher.gate import check
    >>> import ecograph as eg
    >>> eco = eg.dataset("harbour")
    >>> text = "MATCH (s:Makerspace) RETURN count(*) AS makerspaces"
    >>> Embedded(eco.content).run(check(text, eco.schema))["makerspaces"].tolist()
    [12]
    """

    def __init__(self, content: Content, cache: Path | None = None) -> None:
        self._graph = _opened(_engine(), content, cache or _folder())
        self._graph.read_only(True)

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
        statement : Statement
            From :func:`ecograph.cypher.gate.check`.
        values : mapping of str to object, optional
            Value of each declared parameter; a date as ISO text or as a date.
        timeout : float, default 60
            Seconds it may take.
        max_rows : int, default 100,000
            Rows it may answer.

        Returns
        -------
        Table
            One column for each that the statement returns, in its order; missing values are missing.

        Raises
        ------
        ParameterError
            If a value is missing, of another type, or not declared.
        QueryError
            If it takes longer, answers more rows, or fails.
        """
        import kglite

        limited(timeout, max_rows)
        given = checked(statement.parameters, values or {})
        try:
            found = self._graph.cypher(
                statement.text, params=given, timeout_ms=max(1, int(timeout * 1000)), row_limit=max_rows + 1, **SETTINGS
            )
            rows = [list(row.values()) for row in found.to_list()]
        except kglite.CypherTimeoutError:
            wrong = f"the query took longer than timeout={timeout:g} seconds"
            raise QueryError(f"{wrong}; ask for less, or give it more") from None
        except kglite.KgError as error:
            raise QueryError(f"the embedded engine did not answer: {line_of(error)}; change the query") from None
        if len(rows) > max_rows:
            raise too_many(max_rows)
        return answered(statement, rows)


def _engine() -> Any:
    try:
        import kglite
    except ImportError:
        raise MissingPartError(f"queries without a server need kglite; {INSTALL}") from None
    kglite.set_query_warning_policy("silent")
    if not sound(kglite):
        wrong = f"kglite {kglite.__version__} gives wrong answers to known questions"
        raise MissingPartError(f"{wrong}; {INSTALL} --upgrade")
    return kglite


def _opened(engine: Any, content: Content, folder: Path) -> Any:
    """The copy from the cache if it holds what the tables hold, else a new one."""
    version = f"{content.fingerprint} {engine.__version__} {ADAPTER}"
    file = folder / f"{hashlib.sha256(version.encode()).hexdigest()[:32]}.kgl"
    if file.is_file():
        with suppress(engine.KgError, OSError, ValueError):
            graph = engine.load(str(file))
            if counted(graph, content):
                file.touch()
                return graph
        file.unlink(missing_ok=True)
    graph = engine.KnowledgeGraph()
    fill(graph, content)
    if not holds(graph, content):
        raise MissingPartError(f"kglite {engine.__version__} does not hold what it was given; {INSTALL} --upgrade")
    _kept(graph, file)
    return graph


def _kept(graph: Any, file: Path) -> None:
    """Put a copy into the cache, for its owner alone, and drop the oldest; without a writable cache there is none."""
    with suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with TemporaryDirectory(dir=file.parent) as place:
            made = Path(place) / file.name
            graph.save(str(made))
            made.chmod(0o600)
            made.replace(file)
        kept = sorted(file.parent.glob("*.kgl"), key=lambda one: one.stat().st_mtime)
        for old in kept[:-KEPT]:
            old.unlink(missing_ok=True)


def _folder() -> Path:
    if CACHE in os.environ:
        return Path(os.environ[CACHE])
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ecograph" / "queries"
