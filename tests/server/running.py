"""A Neo4j Community server for tests, of the parts that `make neo4j` assembled: a port and a home of its own."""

import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Self

from neo4j import GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

ASSEMBLED = Path(__file__).resolve().parents[2] / "build" / "neo4j"
JAVA = {"lts": (17, 21), "current": (21, 99)}
"""Least and greatest Java of each release."""
ENTRY = {"lts": "CommunityEntryPoint", "current": "Neo4jCommunity"}
READY_SECONDS = 240
SETTINGS = {
    "server.http.enabled": "false",
    "server.https.enabled": "false",
    "dbms.usage_report.enabled": "false",
    "db.tx_log.preallocate": "false",
    "db.store.files.preallocate": "false",
    "db.transaction.timeout": "120s",
    # A hostile text that the gate is not asked about may read no file and call nobody.
    "server.directories.import": "import",
    "dbms.security.allow_csv_import_from_file_urls": "false",
    "internal.dbms.cypher_ip_blocklist": "0.0.0.0/0,::/0",
}
OWN_SETTINGS = {
    "lts": {"internal.dbms.bolt.netty_server_shutdown_quiet_period": "0"},
    "current": {
        "internal.dbms.bolt.netty_server_shutdown_quiet_period_duration": "0s",
        "server.fleet_discovery.enabled": "false",
        "dbms.fleet_manager.enabled": "false",
    },
}
OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent", "java.lang")
OWN_OPTIONS = {
    "lts": (),
    "current": (
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "--add-modules=jdk.incubator.vector",
    ),
}


class AbsentServerError(Exception):
    """A release cannot be started here."""


def java_of(release: str) -> str:
    """Path of a Java that runs a release."""
    named = [Path(os.environ[name]) / "bin" / "java" for name in ("JAVA_HOME",) if name in os.environ]
    on_path = [Path(found) for found in [shutil.which("java")] if found]
    least, most = JAVA[release]
    for java in (*named, *on_path, *sorted(Path("/usr/lib/jvm").glob("*/bin/java"))):
        if least <= _version(java) <= most:
            return str(java)
    mark = "" if release == "lts" else "not applicable: "  # the other release is what every machine must try
    raise AbsentServerError(f"{mark}no Java from {least} to {most} for Neo4j ({release}); install a JDK")


def _version(java: Path) -> int:
    asked = subprocess.run([str(java), "-version"], capture_output=True, text=True, check=False)
    found = re.search(r'version "(\d+)', asked.stderr)
    return int(found[1]) if found else 0


class Server:
    """A server with one user, ``neo4j``.

    Parameters
    ----------
    release : {"lts", "current"}
        Which one.
    password : str
        Of its user; 8 characters at least.
    heap, cache : str, optional
        Memory of its heap and for its pages.
    quick : bool, default True
        Whether it shall start soon rather than run fast.
    """

    def __init__(
        self, release: str, password: str, *, heap: str = "512m", cache: str = "16m", quick: bool = True
    ) -> None:
        java, parts = java_of(release), ASSEMBLED / release
        if not parts.with_suffix(".stamp").is_file():
            raise AbsentServerError(f"Neo4j ({release}) is not assembled; run make neo4j")
        with socket.create_server(("127.0.0.1", 0)) as listening:
            self.place = f"127.0.0.1:{listening.getsockname()[1]}"
        self.release, self.user, self.password = release, "neo4j", password
        self.address = f"neo4j://{self.place}"
        self.home = Path(tempfile.mkdtemp(prefix="neo4j-"))
        settings = SETTINGS | OWN_SETTINGS[release]
        settings |= {"server.memory.heap.max_size": heap, "server.memory.pagecache.size": cache}
        settings |= dict.fromkeys(("server.bolt.listen_address", "server.bolt.advertised_address"), self.place)
        for folder in ("conf", "data", "logs", "import"):
            (self.home / folder).mkdir()
        lines = "".join(f"{name}={value}\n" for name, value in settings.items())
        (self.home / "conf" / "neo4j.conf").write_text(lines, encoding="utf-8")
        self._java = [
            *(java, "-cp", f"{parts}/*", f"-Xms{heap}", f"-Xmx{heap}", "-XX:+UseSerialGC"),
            *(["-XX:TieredStopAtLevel=1"] if quick else []),
            *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENED),
            *OWN_OPTIONS[release],
            *("-Dfile.encoding=UTF-8", "-Dlog4j2.disable.jmx=true", "-Dio.netty.tryReflectionSetAccessible=true"),
        ]
        self._protect()

    def _protect(self) -> None:
        """Give the user its password, which is possible before the first start only."""
        subprocess.run(
            [*self._java, "org.neo4j.cli.AdminTool", "dbms", "set-initial-password", self.password],
            check=True,
            capture_output=True,
            env={**os.environ, "NEO4J_HOME": str(self.home), "NEO4J_CONF": str(self.home / "conf")},
        )

    def start(self) -> Self:
        """Start it and wait until it answers a query; that it takes a connection is not enough."""
        entry = f"org.neo4j.server.{ENTRY[self.release]}"
        with (self.home / "logs" / "output.txt").open("ab") as output:
            self._process = subprocess.Popen(
                [*self._java, entry, f"--home-dir={self.home}", f"--config-dir={self.home}/conf", "--console-mode"],
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self.home,
            )
        end = time.monotonic() + READY_SECONDS
        with self.driver() as driver:
            while True:
                try:
                    driver.execute_query("RETURN 1", database_="neo4j")
                except (DriverError, Neo4jError, OSError):
                    if self._process.poll() is not None or time.monotonic() > end:
                        self.stop()
                        raise RuntimeError((self.home / "logs" / "output.txt").read_text()[-3000:]) from None
                    time.sleep(0.2)
                else:
                    return self

    def driver(self):
        """A plain driver to it."""
        auth = (self.user, self.password)
        return GraphDatabase.driver(f"bolt://{self.place}", auth=auth, max_transaction_retry_time=0)

    def kill(self) -> None:
        """End it at once, as a lost machine would."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        """End it, and take its home away."""
        self._process.terminate()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()
        shutil.rmtree(self.home, ignore_errors=True)

    def wipe(self) -> None:
        """Take everything out of its database."""
        with self.driver() as driver, driver.session(database="neo4j") as session:
            session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()
            for what, shown in (("CONSTRAINT", "CONSTRAINTS"), ("INDEX", "INDEXES")):
                told = "YIELD name, type WHERE type <> 'LOOKUP'"
                for name in session.run(f"SHOW {shown} {told}").value("name"):
                    session.run(f"DROP {what} `{name.replace('`', '``')}`").consume()

    def counts(self) -> tuple[int, int]:
        """How many nodes and relations there are."""
        with self.driver() as driver:
            asked = "MATCH (n) WITH count(n) AS nodes OPTIONAL MATCH ()-[r]->() RETURN nodes, count(r) AS relations"
            (row,) = driver.execute_query(asked, database_="neo4j").records
            return row["nodes"], row["relations"]
