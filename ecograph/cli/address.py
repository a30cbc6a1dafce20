"""Address: whether what stands at it answers."""

import socket
from urllib.parse import urlsplit

from ecograph.errors import AddressError, ParameterError

SCHEMES = ("neo4j", "bolt")
PORT = 7687
PATIENCE = 3.0
HELLO = bytes.fromhex("6060b017 00080805 00000405 00000004 00000000")
"""Opens the Bolt protocol: its magic number, then versions 5.8 to 5.0, 5.4, 4.0 and none."""


def answer_of(address: str) -> str:
    """What stands at an address: data, or a server of the Bolt protocol.

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
    if "://" not in address:
        return _data(address)
    try:
        place = urlsplit(address)
        host, port = place.hostname or "localhost", place.port or PORT
    except ValueError as error:
        raise ParameterError(f"--on {address!r}: {error}; write it as neo4j://HOST:PORT") from None
    scheme, _, security = place.scheme.partition("+")
    if scheme not in SCHEMES:
        raise ParameterError(f"--on {address!r}; allowed: neo4j://HOST:PORT, bolt://HOST:PORT, a folder or a dataset")
    return _server(host, port, encrypted=bool(security))


def _data(address: str) -> str:
    from ecograph.datasets import located
    from ecograph.stores import read

    try:
        return repr(read(located(address)))
    except PermissionError as error:
        raise AddressError(f"{address}: {error.strerror}") from None


def _server(host: str, port: int, *, encrypted: bool) -> str:
    """Greet a server without logging in; of an encrypted one only that it takes the call."""
    try:
        with socket.create_connection((host, port), timeout=PATIENCE) as line:
            if encrypted:
                return f"{host}:{port} takes calls"
            line.sendall(HELLO)
            reply = line.recv(4)
    except OSError as error:
        raise AddressError(f"{host}:{port}: {error.strerror or 'no answer'}") from None
    if len(reply) < 4 or reply[3] not in (4, 5):
        raise AddressError(f"{host}:{port} is no Neo4j server")
    return f"{host}:{port} speaks Bolt {reply[3]}.{reply[2]}"
