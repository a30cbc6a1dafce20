"""How a step runs a program, and the two ways in which a step does not pass."""

import os
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
BUILD = CHECKOUT / "build" / "gate"
STUCK_AFTER_SECONDS = 20 * 60


class StepError(Exception):
    """A step found something wrong."""


class AbsentError(Exception):
    """A step needs a part that this machine does not have."""


def program(name: str) -> str:
    """Path of a program of the environment that runs the gate."""
    return str(Path(sys.executable).parent / name)


def uv(*arguments: str) -> None:
    """Run uv for an environment that is used once; its talk is shown only when it fails."""
    run(str(CHECKOUT / "build" / "uv" / "bin" / "uv"), *arguments, quiet=True, UV_COMPILE_BYTECODE="0")


def run(*command: str, quiet: bool = False, cwd: Path = CHECKOUT, **variables: str) -> None:
    """Run a program in the checkout, with further environment variables.

    Raises
    ------
    StepError
        The program ended with another code than 0, or did not end.
    """
    talk = subprocess.PIPE if quiet else None
    try:
        ended = subprocess.run(
            command,
            cwd=cwd,
            env=os.environ | variables,
            stdin=subprocess.DEVNULL,
            stdout=talk,
            stderr=subprocess.STDOUT if quiet else None,
            timeout=STUCK_AFTER_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise StepError(str(error)) from error
    if ended.returncode:
        if quiet:
            print(ended.stdout.decode(errors="replace"), flush=True)
        raise StepError(f"{Path(command[0]).name} ended with code {ended.returncode}")
