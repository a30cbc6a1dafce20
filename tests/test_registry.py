"""Registry: the folder is the only list."""

import subprocess
import sys

import pytest

import ecograph as eg
from ecograph import registry
from ecograph.errors import UnknownNameError


def test_every_file_is_a_metric_of_its_name() -> None:
    assert set(registry.families().values()) >= {"centrality", "structure", "flow", "twosided", "knowledge"}
    for name in registry.names():
        assert registry.metric(name).name == name
        assert getattr(eg, name) is registry.metric(name)


def test_an_unknown_metric_is_named_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="did you mean pagerank"):
        registry.metric("page_rank")
    with pytest.raises(AttributeError, match="no_such_thing"):
        _ = eg.no_such_thing


def test_the_door_imports_nothing_heavy() -> None:
    program = "import sys, ecograph; print([m for m in ('numpy', 'pyarrow', 'pandas', 'scipy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_listing_imports_no_metric() -> None:
    program = "import sys\nfrom ecograph import registry\nregistry.names()\nprint('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
