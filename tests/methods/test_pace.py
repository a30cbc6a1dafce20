"""How fast the machine is."""

from ecograph.methods.pace import pace


def test_it_is_measured_once() -> None:
    assert 1e-10 < pace() < 1e-4
    assert pace() == pace()
