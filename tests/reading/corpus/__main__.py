"""Write the corpus: `python -m tests.reading.corpus FOLDER` makes a folder a case and says what must come of each."""

import sys
from pathlib import Path

from tests.reading.corpus import CASES

for number, (name, case) in enumerate(CASES.items(), start=1):
    case.write(Path(sys.argv[1], f"{number:03}", "hub"))
    print(f"{number:03}", name, case.refused or "; ".join(case.found) or "nothing is found", sep="\t")
