"""How much memory a measure may take, and how amounts of memory are written."""

import os
import re
from pathlib import Path

from ecograph.errors import ParameterError

UNITS = {"B": 1, "kB": 10**3, "MB": 10**6, "GB": 10**9, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40}
WRITTEN = re.compile(rf"(\d{{1,15}}(?:\.\d{{1,9}})?)\s*({'|'.join(UNITS)})", re.ASCII)

MACHINE = Path("/proc/meminfo")
GROUPS = Path("/proc/self/cgroup")
TREE = Path("/sys/fs/cgroup")
FILES = {
    "": ("memory.max", "memory.current", "inactive_file"),
    "memory": ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
}
"""Of the unified tree of control groups, and of the older one: limit, use, and the part of the use that gives way."""


def allowed() -> int | None:
    """Give how many bytes a measure may take beside what the process holds already.

    Returns
    -------
    int or None
        The environment variable ``ECOGRAPH_MEMORY``, such as ``4 GiB``; without it what the machine, or the control
        group the process runs in, has free; None where nothing tells.

    Raises
    ------
    ParameterError
        If ``ECOGRAPH_MEMORY`` is no amount of memory.
    """
    text = os.environ.get("ECOGRAPH_MEMORY", "")
    if not text:
        return min((free for free in (_free_of_machine(), *_free_of_groups()) if free is not None), default=None)
    found = WRITTEN.fullmatch(text.strip())
    if not found:
        raise ParameterError(
            f"ECOGRAPH_MEMORY={text!r} is no amount of memory; write one such as 4 GiB or 500 MB, or unset it for what "
            f"is free"
        )
    return int(float(found[1]) * UNITS[found[2]])


def written(amount: float) -> str:
    """An amount of memory as people read it, in two digits.

    Parameters
    ----------
    amount : float
        Bytes.

    Returns
    -------
    str
        The amount and its unit.

    Examples
    --------
    >>> written(3_300_000_000), written(150_000_000), written(100)
    ('3.1 GiB', '140 MiB', '0.1 KiB')
    """
    unit = next((unit for unit in ("TiB", "GiB", "MiB") if amount >= UNITS[unit]), "KiB")
    value = amount / UNITS[unit]
    return f"{value:.1f} {unit}" if value < 10 else f"{float(f'{value:.2g}'):,.0f} {unit}"


def _free_of_machine() -> int | None:
    for line in _read(MACHINE).splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    return None


def _free_of_groups() -> list[int]:
    """What each group that the process runs in, and each above it, has free."""
    found = []
    for line in _read(GROUPS).splitlines():
        _, controllers, path = line.split(":", 2)
        if controllers not in FILES:
            continue
        limit, use, gives_way = FILES[controllers]
        root = TREE / controllers
        group = root / path.strip("/")
        for folder in (group, *group.parents):
            most, used = _read(folder / limit).strip(), _read(folder / use).strip()
            if most.isdecimal() and used.isdecimal():
                found.append(max(int(most) - int(used) + _counted(folder / "memory.stat", gives_way), 0))
            if folder == root:
                break
    return found


def _counted(file: Path, name: str) -> int:
    for line in _read(file).splitlines():
        if line.startswith(f"{name} "):
            return int(line.split()[1])
    return 0


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
