"""The wheel and the sdist: what they hold, and that the wheel works outside the checkout."""

import os
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

from gates.run import BUILD, CHECKOUT, AbsentError, StepError, run, uv

SUPPORTED = ("3.11", "3.13")
SOURCES = {".cpp", ".hpp", ".so", ".pyc"}
MAKERS = {"make.py"}  # what writes the datasets stays in the checkout
CARRIED = {"ecograph": "ecograph", "queries": "ecograph/queries", "datasets": "ecograph/datasets"}


def interpreter(version: str) -> str:
    """Path of a Python of this version: from PATH, from pyenv, or installed beside the one that runs this."""
    folders = [Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser() / "versions", Path(sys.base_prefix).parent]
    installed = [path for folder in folders for path in sorted(folder.glob(f"{version}.*/bin/python"))]
    for candidate in (f"python{version}", *map(str, installed)):
        try:
            asked = subprocess.run(
                [candidate, "-c", "import sys; print(sys.executable)"], capture_output=True, text=True, check=True
            )
        except (OSError, subprocess.CalledProcessError):
            continue
        return asked.stdout.strip()
    raise AbsentError(f"no Python {version}; install it to test the wheel on it")


def runs_outside(version: str) -> None:
    """Build the wheel, install it in a clean environment and write the report far from the checkout."""
    python = interpreter(version)
    folder = BUILD / version
    uv("build", "--wheel", "-p", python, "--build-constraints", "requirements/test.txt", "-o", str(folder), ".")
    (wheel,) = folder.glob("*.whl")
    holds_everything(wheel)
    uv("venv", "-p", python, str(folder / "venv"))
    environment = str(folder / "venv" / "bin" / "python")
    uv("pip", "install", "-p", environment, "-c", "requirements/test.txt", str(wheel))
    with tempfile.TemporaryDirectory() as elsewhere:
        command = (str(folder / "venv" / "bin" / "ecograph"), "report", "cordis-h2020")
        run(*command, "-o", "report.html", "--tables", "tables", cwd=Path(elsewhere))
        if not (Path(elsewhere) / "report.html").stat().st_size:
            raise StepError("ecograph report wrote an empty page")


def holds_everything(wheel: Path) -> None:
    """Whether the wheel holds the package and its data, and nothing of the C++ sources."""
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if not name.startswith("ecograph-")}
    compiled = {f"ecograph/kernels/{path.stem}" for path in CHECKOUT.glob("ecograph/kernels/*.cpp")}
    wanted = {
        f"{inside}/{path.relative_to(CHECKOUT / folder)}"
        for folder, inside in CARRIED.items()
        for path in (CHECKOUT / folder).rglob("*")
        if path.is_file() and path.suffix not in SOURCES and path.name not in MAKERS
    }
    kernels = {name for name in names if name.endswith(".so")}
    if {name.split(".")[0] for name in kernels} != compiled:
        raise StepError(f"{wheel.name} has the kernels {sorted(kernels)}, not {sorted(compiled)}")
    if different := sorted(wanted ^ (names - kernels)):
        raise StepError(f"{wheel.name} differs from the checkout in {', '.join(different[:10])}")


def sdist() -> None:
    """Build the sdist and see that nothing made is in it."""
    uv("build", "--sdist", "--build-constraints", "requirements/test.txt", "-o", str(BUILD / "sdist"), ".")
    (archive,) = (BUILD / "sdist").glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        names = [Path(*Path(name).parts[1:]) for name in opened.getnames()]
    made = sorted(str(name) for name in names if name.parts[:1] in {("build",), (".venv",)} or name.suffix == ".so")
    if made or Path("CMakeLists.txt") not in names:
        raise StepError(f"{archive.name} holds {made[:5]} or lacks its sources")
