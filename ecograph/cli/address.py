"""Address: whether what stands at it answers."""

from ecograph.errors import AddressError, ParameterError


def answer_of(address: str) -> str:
    """What stands at an address: data, or a Neo4j server.

    Parameters
    ----------
    address : str
        ``neo4j://HOST:PORT`` or ``bolt://HOST:PORT``; a folder or a dataset's name.

    Returns
    -------
    str
        What answered.

    Raises
    ------
    AddressError
        If nothing answers, or something else does.
    ParameterError
        If it is an address of another kind.
    """
    from ecograph.cypher.connection import is_server, masked

    if is_server(address):
        return _server(address)
    if "://" in address:
        allowed = "neo4j://HOST:PORT, bolt://HOST:PORT, a folder or a dataset"
        raise ParameterError(f"--on {masked(address)!r}; allowed: {allowed}")
    return _data(address)


def _data(address: str) -> str:
    from ecograph.datasets import located
    from ecograph.stores import read

    try:
        return repr(read(located(address)))
    except PermissionError as error:
        raise AddressError(f"{address}: {error.strerror}") from None


def _server(address: str) -> str:
    from ecograph.cli.server import connected
    from ecograph.stores.neo4j import standing

    with connected(address) as connection:
        there = [f"{row['ecosystem']} ({row['state']})" for row in standing(connection).rows()]
        return f"Neo4j {connection.version}: {', '.join(there) or 'no ecosystem'}"
