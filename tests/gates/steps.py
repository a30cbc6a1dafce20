"""The steps of the gate that are more than one command."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from gates.run import BUILD, CHECKOUT, AbsentError, StepError, program, run, uv

LEAST_COVERAGE = 95
LOADING = ("tests/reading", "tests/stores", "tests/importers", "tests/test_stores.py")
QUERIES = ("tests/cypher", "tests/packs", "tests/test_packs.py")
SERVER = ("tests/cypher/test_server.py", "tests/stores/test_neo4j.py")
STUBS = ("ecograph/__init__.pyi", "ecograph/kernels/*.pyi")
GENERATED = (*STUBS, "docs/reference/**/*", "docs/pictures/*", "datasets/**/*")


def present(paths: tuple[str, ...]) -> list[str]:
    """Those of the paths that exist."""
    return [path for path in paths if (CHECKOUT / path).exists()]


def there(paths: tuple[str, ...]) -> list[str]:
    """Those of the paths that exist, which must be one at least: without a path pytest would run every test."""
    if found := present(paths):
        return found
    raise StepError(f"none of {', '.join(paths)} exists")


def pytest(step: str, *arguments: str) -> None:
    """Run tests on both cores, with their counts and their coverage kept under the step's name."""
    run(
        *(sys.executable, "-m", "pytest", "-q", "-n", "2", "--durations=5", f"--junitxml={BUILD / step}.xml"),
        *("--cov", "--cov-report=", *arguments),
        COVERAGE_FILE=str(BUILD / f".coverage.{step}"),
    )


def tests() -> None:
    """Everything but what other parts run."""
    elsewhere = [f"--ignore={path}" for path in (*LOADING, *QUERIES)]
    pytest("tests", "tests", "-m", "not browser and not neo4j", *elsewhere)


def doctests() -> None:
    """Every example of a docstring."""
    pytest("doctests", "--doctest-modules", "ecograph")


def loading() -> None:
    """Reading, importing and storing."""
    pytest("loading", "-m", "not browser and not neo4j", *there(LOADING))


def packs() -> None:
    """Queries, as far as they need no server."""
    pytest("packs", "-m", "not browser and not neo4j", *there(QUERIES))


def neo4j() -> None:
    """Whatever needs a Neo4j server: one server a release and worker."""
    for name in ("java", "mvn"):
        if not shutil.which(name):
            raise AbsentError(f"no {name}; install Java 17 and Maven to test against a Neo4j server")
    run("make", "neo4j")
    pytest("neo4j", "--dist", "loadgroup", "-m", "neo4j", *there(SERVER))


def browser() -> None:
    """The page in Chromium."""
    pytest("browser", "-m", "browser", "tests")


def coverage() -> None:
    """The share of the package's lines and branches that all tests together reach."""
    file = str(BUILD / ".coverage")
    measured = sorted(str(path) for path in BUILD.glob(".coverage.*"))
    run(program("coverage"), "combine", "-q", "--keep", *measured, COVERAGE_FILE=file)
    run(program("coverage"), "report", f"--fail-under={LEAST_COVERAGE}", COVERAGE_FILE=file)


def generated() -> None:
    """Whether what `make generate` writes is what was committed; leaves the new files in place."""
    before = contents()
    run("make", "generate")
    after = contents()
    if stale := sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path)):
        raise StepError(f"out of date: {', '.join(stale)}; run `make generate` and commit")


def contents() -> dict[str, bytes]:
    """The files that are written by program."""
    files = (path for pattern in GENERATED for path in CHECKOUT.glob(pattern) if path.is_file())
    return {str(path.relative_to(CHECKOUT)): path.read_bytes() for path in files}


def numpydoc() -> None:
    """Whether docstrings have the shape of numpydoc, and the front door's say all that they should."""
    files = [str(path) for path in sorted(CHECKOUT.glob("ecograph/**/*.py"))]
    run(sys.executable, "-m", "numpydoc", "lint", *files)
    run(sys.executable, str(CHECKOUT / "tests" / "gates" / "docstrings.py"))


def sanitizers() -> None:
    """The kernels' tests, compiled with AddressSanitizer and UndefinedBehaviorSanitizer, any warning an error."""
    runtimes = [runtime("libasan.so"), runtime("libstdc++.so")]
    folder = CHECKOUT / "build" / "asan"
    python = str(folder / "venv" / "bin" / "python")
    install = ("pip", "install", "-p", python)
    uv("venv", "--allow-existing", "-p", sys.executable, str(folder / "venv"))
    pins = ("-c", "requirements/test.txt")
    uv(*install, "-r", "requirements/run.txt", "hypothesis", "networkx", "pytest", *pins)
    settings = {
        "build-dir": str(folder / "cmake"),
        "cmake.build-type": "RelWithDebInfo",
        "cmake.define.CMAKE_COMPILE_WARNING_AS_ERROR": "ON",
        "cmake.define.ECO_SANITIZE": "ON",
        "install.strip": "false",
    }
    build = [part for name, value in settings.items() for part in ("-C", f"{name}={value}")]
    uv(*install, "--no-deps", "--no-build-isolation", "--reinstall-package", "ecograph", *build, "-e", ".")
    run(
        # -s: the sanitizer ends the process, and with it what pytest would have kept of its words.
        *(python, "-m", "pytest", "-q", "-s", f"--junitxml={BUILD / 'sanitizers.xml'}", "tests/kernels"),
        # Without libstdc++ before it, the sanitizer does not survive the first C++ exception.
        LD_PRELOAD=":".join(runtimes),
        ASAN_OPTIONS="detect_leaks=0:halt_on_error=1",
        UBSAN_OPTIONS="halt_on_error=1:print_stacktrace=1",
        PYTHONMALLOC="malloc",
    )


def runtime(name: str) -> str:
    """Path of one of the compiler's run-time libraries."""
    compiler = os.environ.get("CXX", "c++")
    asked = subprocess.run([compiler, f"-print-file-name={name}"], capture_output=True, text=True, check=False)
    path = Path(asked.stdout.strip())
    if not path.is_absolute():
        raise AbsentError(f"{compiler} has no {name}; install g++")
    return str(path)
