"""Whether every function and metric of the front door documents its parameters and result and gives an example."""

import inspect
import sys

from numpydoc.validate import validate

import ecograph

DEMANDED = {"EX01", "GL08", "PR01", "PR02", "PR03", "RT01"}


def main() -> int:
    """Print what the docstrings lack; 1 when they lack something."""
    lacking = [
        f"ecograph.{name}: {code} {words}"
        for name in dir(ecograph)
        if not inspect.isclass(getattr(ecograph, name))
        for code, words in validate(f"ecograph.{name}")["errors"]
        if code in DEMANDED
    ]
    print("\n".join(lacking))
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
