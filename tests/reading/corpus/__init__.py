"""The corpus: bad tables of every sort, and some odd ones that are good, each with what must come of it."""

from tests.reading.corpus import cells, letters, lines, manifests, places, rows, schemas, typed
from tests.reading.corpus.case import Case

GROUPS = {
    "letters": letters,
    "lines": lines,
    "cells": cells,
    "rows": rows,
    "typed": typed,
    "manifest": manifests,
    "schema": schemas,
    "place": places,
}
CASES: dict[str, Case] = {
    f"{group}: {name}": case for group, module in GROUPS.items() for name, case in module.CASES.items()
}
