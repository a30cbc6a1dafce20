"""`ecograph doctor`: what is installed and what answers, without a word to the network unless asked."""

import re
import socket
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from threading import Thread

import pytest

import ecograph.cli.doctor
from ecograph.cli.address import answer_of
from ecograph.cli.doctor import BUILDERS, EXTRAS
from ecograph.errors import AddressError, ParameterError
from tests.cli.calling import Call

CHECKOUT = Path(__file__).parents[2]
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def states(out: str) -> dict[str, str]:
    """State of each part by its name."""
    return {cells[1]: cells[0] for cells in (re.split(r"\s{2,}", line) for line in out.splitlines()[1:])}


@contextmanager
def server(reply: bytes, heard: list[bytes]) -> Iterator[int]:
    """A server that hears one greeting and answers it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            line, _ = listening.accept()
            with line:
                heard.append(line.recv(100))
                line.sendall(reply)

        answering = Thread(target=answer)
        answering.start()
        yield listening.getsockname()[1]
        answering.join()


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_installed_is_named_and_works(call: Call, language: str) -> None:
    outcome = call("doctor", "--language", language)
    assert (outcome.code, outcome.err) == (0, "")
    found = states(outcome.out)
    names = {re.split("[><=]", line)[0] for line in PROJECT["dependencies"]}
    names |= {re.split("[><=]", line)[0] for extra in EXTRAS for line in PROJECT["optional-dependencies"][extra]}
    assert names <= set(found)
    assert {found[name] for name in ("python", "ecograph", "numpy")} == {"ok" if language == "en" else "正常"}
    assert metadata.version("pyarrow") in outcome.out and "components, cores, csr" in outcome.out


def test_every_extra_is_told_or_for_builders() -> None:
    assert set(PROJECT["optional-dependencies"]) == {*EXTRAS, *BUILDERS}


def test_an_extra_that_is_missing_is_no_failure(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    hide(monkeypatch, "networkx")
    outcome = call("doctor")
    assert outcome.code == 0 and states(outcome.out)["networkx"] == "missing"
    assert "pip install 'ecograph[networkx]'" in outcome.out


def test_a_package_it_needs_that_is_missing_is_a_failure(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    hide(monkeypatch, "scipy")
    outcome = call("doctor")
    assert (outcome.code, outcome.err) == (1, "") and states(outcome.out)["scipy"] == "missing"
    assert "make build" in outcome.out


def test_a_package_that_is_too_old_is_a_failure(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "requires", lambda _: ["numpy>=99.1", "lark>=99; extra == 'query'"])
    outcome = call("doctor")
    assert outcome.code == 1 and (states(outcome.out)["numpy"], states(outcome.out)["lark"]) == ("broken", "broken")
    assert f"{metadata.version('numpy')} < 99.1" in outcome.out


def test_kernels_that_do_not_load_are_a_failure(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def torn(name: str) -> None:
        raise ImportError(f"{name}: undefined symbol")

    monkeypatch.setattr(ecograph.cli.doctor, "import_module", torn)
    outcome = call("doctor")
    assert outcome.code == 1 and states(outcome.out)["compiled kernels"] == "broken"
    assert "undefined symbol" in outcome.out


def hide(monkeypatch: pytest.MonkeyPatch, hidden: str) -> None:
    """Let a package seem not to be installed."""
    known = metadata.version

    def version(name: str) -> str:
        if name == hidden:
            raise metadata.PackageNotFoundError(name)
        return known(name)

    monkeypatch.setattr(metadata, "version", version)


def test_no_network_is_used_unless_asked(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket, "create_connection", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    assert call("doctor").code == 0


def test_what_is_no_neo4j_server_is_told(call: Call) -> None:
    heard: list[bytes] = []
    with server(b"HTTP/1.1 400 Bad Request", heard) as port, pytest.raises(AddressError, match="Neo4j server"):
        answer_of(f"bolt://127.0.0.1:{port}")
    assert heard
    port = closed_port()
    outcome = call("doctor", "--on", f"neo4j://127.0.0.1:{port}", "--language", "zh")
    assert outcome.code == 1
    assert re.search(
        rf"异常 .*127\.0\.0\.1:{port}: no Neo4j server answers.*请启动它，或改正地址$", outcome.out, re.MULTILINE
    )


def test_a_password_in_an_address_is_not_shown(call: Call) -> None:
    for address in ("neo4j://neo4j:canary-1@host", "bolt:/u:canary-1@h", "https://u:canary-1@h", "neo4j://h:canary-1"):
        outcome = call("doctor", "--on", address)
        assert outcome.code == 1 and "canary" not in outcome.out + outcome.err


def test_data_answer_by_being_read(folder: Path, call: Call) -> None:
    assert answer_of("florentine").startswith("Marriages between Florentine families: 16 nodes")
    assert answer_of(str(folder)).startswith("tables: 10 nodes")
    outcome = call("doctor", "--on", "nowhere")
    assert outcome.code == 1 and states(outcome.out)["nowhere"] == "broken"


@pytest.mark.parametrize("address", ["https://example.org", "neo4j://host:port", "neo4j://[host"])
def test_an_address_of_another_kind_is_refused(address: str) -> None:
    with pytest.raises(ParameterError, match=r"neo4j://HOST:PORT"):
        answer_of(address)
