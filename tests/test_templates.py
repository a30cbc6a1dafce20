"""The templates of the guide for contributors: each one, written where the guide says, passes the checks."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import nanobind
import pytest

from ecograph import packs
from ecograph.innovation import SCHEMA
from ecograph.kernels import csr
from tests.guides import CHECKOUT, blocks

TEMPLATES = "docs/how-to/contribute.md"


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package and of what its tests share, with the templates of the guide in it."""
    folder = tmp_path_factory.mktemp("checkout")
    without = shutil.ignore_patterns("__pycache__")
    shutil.copytree(CHECKOUT / "ecograph", folder / "ecograph", ignore=without)
    shutil.copytree(CHECKOUT / "tests" / "oracles", folder / "tests" / "oracles", ignore=without)
    for compiled in Path(csr.__file__).parent.glob("*.so"):
        shutil.copy(compiled, folder / "ecograph" / "kernels")
    for name in ("conftest.py", "strategies.py", "test_contract.py"):
        shutil.copy(CHECKOUT / "tests" / name, folder / "tests")
    shutil.copy(CHECKOUT / "pyproject.toml", folder)
    (folder / "datasets").symlink_to(CHECKOUT / "datasets")
    for block in blocks(TEMPLATES):
        if block.file and block.file.startswith(("ecograph/", "tests/")):
            (folder / block.file).parent.mkdir(parents=True, exist_ok=True)
            (folder / block.file).write_text(block.text, encoding="utf-8")
    return folder


def test_templates_are_written_as_the_checks_ask(scratch: Path) -> None:
    files = [block.file for block in blocks(TEMPLATES) if block.file and block.file.endswith(".py")]
    assert files
    for command in (("check",), ("format", "--check")):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, *files], cwd=scratch, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout


def run_in_scratch(folder: Path, *arguments: str) -> None:
    """Run pytest on the copy, which the editable install would otherwise hide."""
    program = (
        "import sys; sys.meta_path = [one for one in sys.meta_path if 'ScikitBuild' not in type(one).__name__];"
        "sys.path.insert(0, '.'); import ecograph, pytest; assert ecograph.__file__.startswith(sys.argv[1]);"
        "sys.exit(pytest.main(sys.argv[2:]))"
    )
    command = [sys.executable, "-c", program, str(folder), "-q", "-p", "no:cacheprovider", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_template_of_a_metric_meets_the_contract(scratch: Path) -> None:
    tests = ("tests/metrics/structure/test_mean_degree.py", "tests/test_contract.py")
    run_in_scratch(scratch, *tests, "-k", "mean_degree")
    run_in_scratch(scratch, "--doctest-modules", "ecograph/metrics/structure/mean_degree.py")


def test_the_template_of_an_importer_passes_its_test(scratch: Path) -> None:
    run_in_scratch(scratch, "tests/importers/test_links.py")


def test_the_template_of_a_kernel_compiles(scratch: Path) -> None:
    headers = [nanobind.include_dir(), sysconfig.get_path("include")]
    robin_map = Path(nanobind.include_dir()).parent / "ext" / "robin_map" / "include"
    includes = [f"-I{folder}" for folder in (*headers, robin_map)]
    compiler = os.environ.get("CXX", "c++")
    options = ("-std=c++20", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", *includes)
    command = [compiler, *options, scratch / "ecograph/kernels/loops.cpp"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_template_of_a_query_passes_the_gate(tmp_path: Path) -> None:
    (template,) = (block for block in blocks(TEMPLATES) if (block.file or "").endswith(".cypher"))
    path = tmp_path / "template.cypher"
    path.write_text(template.text, encoding="utf-8")
    query = packs.read(path)
    assert tuple(query.statement(SCHEMA).columns) == tuple(query.columns)
    assert query.columns["background"].words["student"] == "大学生"
