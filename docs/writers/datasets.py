"""The tables and manifests of the datasets, made anew from the reference data."""

import runpy
from pathlib import Path
from tempfile import TemporaryDirectory

MAKER = Path(__file__).resolve().parents[2] / "datasets" / "make.py"


def files(reference: Path) -> dict[str, str]:
    """Every table and manifest."""
    with TemporaryDirectory() as made:
        runpy.run_path(str(MAKER))["main"](reference, Path(made))
        paths = [path for path in Path(made).rglob("*") if path.is_file()]
        return {f"datasets/{path.relative_to(made).as_posix()}": _text(path) for path in paths}


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8")
