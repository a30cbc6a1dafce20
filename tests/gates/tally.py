"""What passed, what failed and what was skipped for which reason."""

from collections import Counter
from dataclasses import dataclass, field
from xml.etree.ElementTree import parse

from gates.run import BUILD


@dataclass
class Tally:
    """The counts of a run. A step of tests counts its tests, any other step counts as one."""

    n_passed: int = 0
    n_failed: int = 0
    failures: list[str] = field(default_factory=list)
    skips: Counter[str] = field(default_factory=Counter)

    def passed(self, step: str) -> None:
        """Note a step that passed."""
        if not self._count_tests(step):
            self.n_passed += 1

    def failed(self, step: str, reason: str) -> None:
        """Note a step that failed."""
        n_failed = self.n_failed
        self._count_tests(step)
        self.n_failed = max(self.n_failed, n_failed + 1)
        self.failures.append(f"{step}: {reason}")

    def skipped(self, reason: str) -> None:
        """Note a step that could not run."""
        self.skips[reason] += 1

    def _count_tests(self, step: str) -> bool:
        written = BUILD / f"{step}.xml"
        if not written.exists():
            return False
        for case in parse(written).iter("testcase"):
            skip = case.find("skipped")
            if case.find("failure") is not None or case.find("error") is not None:
                self.n_failed += 1
            elif skip is not None and skip.get("type") != "pytest.xfail":
                self.skips[(skip.text or "").partition(": ")[2].rstrip("\"')")] += 1
            else:
                self.n_passed += 1
        return True

    @property
    def exit_code(self) -> int:
        """0 when nothing failed."""
        return 1 if self.failures else 0

    def lines(self) -> list[str]:
        """Failures, skips by reason, and the closing line."""
        failures = [f"FAILED {failure}" for failure in self.failures]
        skips = [f"skipped {count}: {reason}" for reason, count in sorted(self.skips.items())]
        return [*failures, *skips, f"{self.n_passed} passed, {self.n_failed} failed, {self.skips.total()} skipped"]
