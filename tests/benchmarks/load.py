"""Loading tables: from CSV and from a snapshot to a checked ecosystem and a view, against pandas with the same checks.

`python tests/benchmarks/load.py` prints Markdown tables. The files are made in build/load/ where they are missing.
"""

import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as arrow_csv
from scipy.sparse import csr_array
from timing import Timing, child_peak, compare, machine, markdown, milliseconds, table, time_once, versions

import ecograph as eg

OURS = "ecograph, CSV"
FOLDER = Path(__file__).resolve().parents[2] / "build" / "load"
KINDS = ("Maker", "Enterprise")
BACKGROUNDS = ("student", "technologist", "serial_entrepreneur", "ex_executive", "returnee")
DAYS = 1_000
WRITE = "import sys, ecograph as eg; eg.write(eg.read(sys.argv[1]), sys.argv[2])"
"""Run in a process of its own, whose memory is gone when others are measured."""


def written(relations: int, n: int) -> Path:
    """Folder of CSV tables: n nodes of two kinds and transfers between them, every row sound."""
    folder = FOLDER / f"{relations}-{n}"
    if (folder / "relations" / "TRANSFERS.csv").is_file():
        return folder
    for part in ("nodes", "relations"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(1)
    ids = np.char.add("n", np.char.zfill(np.arange(n).astype(str), 8))
    for kind, own in zip(KINDS, (ids[: n // 2], ids[n // 2 :]), strict=True):
        columns = {"id": own, "name": np.char.add("name of ", own)}
        if kind == "Maker":
            columns["background"] = np.array(BACKGROUNDS)[random.integers(0, len(BACKGROUNDS), len(own))]
        arrow_csv.write_csv(pa.table(columns), folder / "nodes" / f"{kind}.csv")
    sources = random.integers(0, n, relations)
    targets = (sources + random.integers(1, n, relations)) % n
    moved = {
        "source": ids[sources],
        "target": ids[targets],
        "at": (np.datetime64("2023-01-01") + random.integers(0, DAYS, relations)).astype(str),
        "amount": np.round(random.exponential(1_000, relations), 2),
        "unit": np.full(relations, "CNY"),
    }
    arrow_csv.write_csv(pa.table(moved), folder / "relations" / "TRANSFERS.csv")
    return folder


def by_ecograph(folder: Path) -> tuple[int, float]:
    """Arcs and total amount of the view of a checked ecosystem."""
    eco = eg.read(folder, strict="snapshot" not in folder.name)
    net = eco.network("TRANSFERS", amount="amount", unit="CNY")
    return len(net.arcs), float(net.values["amount"].sum())


def by_pandas(folder: Path) -> tuple[int, float]:
    """The same from pandas: the same rows would be refused, and rows stand in the same order."""
    nodes = checked_nodes({kind: read_text(folder / "nodes" / f"{kind}.csv") for kind in KINDS})
    moved = read_text(folder / "relations" / "TRANSFERS.csv")
    moved["at"] = pd.to_datetime(moved["at"], format="%Y-%m-%d", errors="coerce")
    amounts = pd.to_numeric(moved["amount"], errors="coerce")
    bad = moved["at"].isna() | amounts.isna() | ~np.isfinite(amounts) | (amounts < 0)
    moved["amount"] = amounts
    positions = pd.Series(np.arange(len(nodes)), index=nodes["id"])
    kinds = nodes["kind"].to_numpy()
    for end in ("source", "target"):
        found = positions.reindex(moved[end]).to_numpy()
        bad |= np.isnan(found)
        moved[end] = np.where(np.isnan(found), -1, found).astype(np.int32)
        bad |= ~np.isin(kinds[moved[end]], KINDS)
    bad |= moved["source"] == moved["target"]
    bad |= moved["unit"].isna() & (moved["amount"] > 0)
    if bad.any():
        raise ValueError(f"{bad.sum()} rows cannot be used")
    moved = moved.sort_values(["source", "target", "amount", "at", "unit"], kind="stable")
    if moved.duplicated().any() or (moved["unit"] != moved["unit"].iloc[0]).any():
        raise ValueError("rows are equal or have several units")
    return view_of(moved, len(nodes))


def read_text(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, engine="pyarrow", dtype=str, keep_default_na=False, na_values=[""])


def checked_nodes(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Nodes of all kinds, ascending by kind and id, an id once."""
    nodes = pd.concat([frame.assign(kind=kind) for kind, frame in tables.items()], ignore_index=True)
    words = nodes["background"].dropna()
    if nodes["id"].isna().any() or nodes["id"].duplicated().any() or not words.isin(BACKGROUNDS).all():
        raise ValueError("an id is missing or stands twice, or a word is not in the vocabulary")
    return nodes.sort_values(["kind", "id"], ignore_index=True)


def view_of(moved: pd.DataFrame, n: int) -> tuple[int, float]:
    """Rows both ways, one arc a pair."""
    ends = moved["source"].to_numpy(), moved["target"].to_numpy()
    out = csr_array((moved["amount"].to_numpy(), ends), shape=(n, n))
    back = out.tocsc()
    return int(back.nnz), float(out.sum())


def bare_reader(folder: Path) -> int:
    """What pyarrow's own CSV reader takes for the same bytes."""
    return int(arrow_csv.read_csv(folder / "relations" / "TRANSFERS.csv").num_rows)


def at_a_million() -> dict[str, Timing]:
    """One million relations over 100,000 nodes."""
    folder = written(1_000_000, 100_000)
    snapshot = FOLDER / "snapshot-of-a-million"
    if not snapshot.exists():
        subprocess.run([sys.executable, "-c", WRITE, str(folder), str(snapshot)], check=True)
    programs = {
        OURS: partial(by_ecograph, folder),
        "ecograph, snapshot": partial(by_ecograph, snapshot),
        "pandas, CSV": partial(by_pandas, folder),
    }
    few = written(1_000, 100)
    for program in (by_ecograph, by_pandas):
        program(few)  # modules are loaded here, so that their memory counts for neither
    timings = compare(programs, runs=5)
    arcs, totals = zip(*(program() for program in programs.values()), strict=True)
    if len(set(arcs)) > 1 or not np.allclose(totals, totals[0], rtol=1e-12):
        raise ValueError(f"the programs disagree: {arcs}, {totals}")
    return timings


def growth() -> list[tuple[str, ...]]:
    """Processor time at ten million relations as a multiple of that at one million, and peak memory."""
    small, large = written(1_000_000, 100_000), written(10_000_000, 1_000_000)
    rows = []
    for name, program in (("ecograph", by_ecograph), ("pyarrow's reader alone", bare_reader)):
        program(small)
        cpu = [
            min(time_once(partial(program, folder))[0] for _ in range(turns))
            for folder, turns in ((small, 5), (large, 2))
        ]
        peak = child_peak(partial(program, large))
        rows.append((name, *map(milliseconds, cpu), f"{cpu[1] / cpu[0]:.1f}", f"{peak / 2**30:.2f}"))
    return rows


def main() -> None:
    print("## Loading tables\n")
    print(f"{machine()}; {versions('ecograph', 'pandas', 'pyarrow', 'numpy', 'scipy')}.\n")
    timings: Any = at_a_million()
    print("1,000,000 relations over 100,000 nodes, to a checked ecosystem and a view both ways:\n")
    print(table(timings, OURS))
    print(
        f"\npandas takes {timings['pandas, CSV'].cpu / timings[OURS].cpu:.1f} times the CPU of ecograph from CSV, ",
        end="",
    )
    print(f"{timings['pandas, CSV'].cpu / timings['ecograph, snapshot'].cpu:.1f} times that from a snapshot; ", end="")
    print(f"ecograph's peak is {timings[OURS].peak / timings['pandas, CSV'].peak:.2f} times that of pandas.\n")
    print("From one to ten million relations, over ten times the nodes:\n")
    print(markdown(("program", "CPU ms, 1 M", "CPU ms, 10 M", "growth", "peak GiB, 10 M"), growth()))


if __name__ == "__main__":
    main()
