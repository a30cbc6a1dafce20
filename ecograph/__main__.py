"""``python -m ecograph``: the command line."""

import sys

from ecograph.cli import main

if __name__ == "__main__":
    sys.exit(main())
