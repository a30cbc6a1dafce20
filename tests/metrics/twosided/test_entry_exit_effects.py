"""Entry and exit: planted effects on each, pyfixest, and what is not known."""

import warnings
from typing import Any

import numpy as np
import pytest

import ecograph as eg
from ecograph.errors import ParameterError
from ecograph.generate.sides import SIDES, Equation
from ecograph.generate.twosided import two_sided
from ecograph.metrics.twosided.entry_exit_effects import MOVES


def simulated(seed: int, units: int = 300, periods: int = 30) -> dict[str, list[Any]]:
    """Makers enter by both sides' sizes and leave less where there are more suppliers; suppliers wander."""
    random = np.random.default_rng(seed)
    names = ("unit", "period", "makers", "suppliers", "joined", "left")
    table: dict[str, list[Any]] = {name: [] for name in names}
    makers, suppliers = np.full(units, 200.0), np.exp(4 + 0.3 * random.normal(size=units))
    level = 0.3 * random.normal(size=units)
    for period in range(periods):
        logs = np.log(makers), np.log(suppliers)
        joined = np.exp(-0.4 + level + 0.3 * logs[0] + 0.5 * logs[1] + 0.1 * random.normal(size=units))
        left = np.exp(-0.2 + 0.9 * logs[0] - 0.3 * logs[1] + 0.1 * random.normal(size=units))
        rows = zip(range(units), [period] * units, *_next(makers, suppliers, joined, left), joined, left, strict=True)
        for row in rows:
            for name, value in zip(names, row, strict=True):
                table[name].append(value)
        makers, suppliers = _next(makers, suppliers, joined, left)
        suppliers = suppliers * np.exp(0.3 * random.normal(size=units) + 0.2 * (4 - np.log(suppliers)))
        table["suppliers"][-units:] = suppliers.tolist()
    return table


def _next(makers: Any, suppliers: Any, joined: Any, left: Any) -> tuple[Any, Any]:
    return np.maximum(makers + joined - left, 5.0), suppliers


def panel_of(table: dict[str, list[Any]]) -> Any:
    makers = {"active": "makers", "entering": "joined", "leaving": "left"}
    return eg.panel_from_table(table, "unit", "period", {"makers": makers, "suppliers": "suppliers"})


def test_planted_effects_on_entry_and_exit_are_found() -> None:
    found = eg.entry_exit_effects(panel_of(simulated(1)))
    assert found["equation"].tolist()[:4] == ["makers entering"] * 2 + ["makers leaving"] * 2
    # Logarithms of one more than a number are a little flatter than those of the number
    assert found["estimate"][:4] == pytest.approx([0.3, 0.5, 0.9, -0.3], abs=0.05)
    assert (found["error"][:4] < 0.03).all()
    assert "makers leaving" in found.explain("suppliers (t-1)", equation="makers leaving")


def test_plain_is_pyfixest() -> None:
    import pyfixest

    table = simulated(2, 20, 8)
    panel = panel_of(table)
    found = eg.entry_exit_effects(panel, estimator="within")
    frame = panel.frame()
    rows = panel.previous >= 0
    before = panel.previous[rows]
    frame = frame[rows].assign(
        y=np.log1p(frame["makers_entering"][rows]),
        a=np.log(frame["makers_active"].to_numpy()[before]),
        b=np.log(frame["suppliers_active"].to_numpy()[before]),
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        peer = pyfixest.feols("y ~ a + b | unit + period", frame, vcov={"CRV1": "unit"})
    np.testing.assert_allclose(found["estimate"][:2], peer.coef(), rtol=1e-6)
    np.testing.assert_allclose(found["error"][:2], peer.se(), rtol=1e-6)
    assert found["rows"][0] == peer._N


def test_made_panels_know_who_comes_and_goes() -> None:
    found = eg.entry_exit_effects(two_sided(60, 12).panel, logs=False)
    assert not np.isnan(found["estimate"]).any()
    assert len(found) == 8
    assert (found["low"] < found["high"]).all()


def test_entries_less_exits_are_what_sizes_change_by() -> None:
    # Of the same rows: entering - leaving = size - size before, so effects differ by those on size, less 1 of its own
    panel = two_sided(40, 15, gaps=0.0, seed=6).panel
    options: Any = {"logs": False, "estimator": "within"}
    moves = eg.entry_exit_effects(panel, **options)["estimate"].reshape(2, 2, 2)
    sizes = eg.cross_side_effects(panel, shuffles=0, draws=0, **options)["estimate"].reshape(2, 2)
    np.testing.assert_allclose(moves[:, 0] - moves[:, 1], sizes - np.eye(2), atol=1e-9)


def test_planted_equations_are_found_in_entries_and_exits() -> None:
    # Platforms of one size: an elasticity of the size is that of its change, in members over the size tended to
    size = 2_000.0
    equations = {"makers": Equation(0.4, 0.2, 0.02), "suppliers": Equation(0.3, 0.0, 0.02)}
    made = two_sided(400, 31, equations=equations, size=size, shocks=0.0, seed=7)
    level = {side: made.sizes[side].mean(axis=1, keepdims=True) for side in SIDES}
    table = made.table.to_pydict()
    rows = np.nonzero(made.rows)
    for side in SIDES:
        for name in (side, f"{side}_entering", f"{side}_leaving"):
            numbers = np.array([np.nan if one is None else one for one in table[name]])
            table[name] = numbers / level[side][rows[0], 0]
    quantities = {side: {"active": side, **{move: f"{side}_{move}" for move in MOVES}} for side in SIDES}
    panel = eg.panel_from_table(table, "platform", "quarter", quantities, every="quarter")
    found = eg.entry_exit_effects(panel, logs=False)
    effects, errors = (found[name].reshape(2, 2, 2) for name in ("estimate", "error"))
    net = effects[:, 0] - effects[:, 1]
    planted = np.array([[0.4 - 1, 0.2], [0.0, 0.3 - 1]])
    assert np.abs((net - planted) / np.hypot(errors[:, 0], errors[:, 1])).max() < 3.5
    # More suppliers draw makers in and keep them; the makers who are above what they tend to leave
    assert effects[0, 0, 1] > 5 * errors[0, 0, 1]
    assert effects[0, 1, 1] < -5 * errors[0, 1, 1]
    assert effects[0, 1, 0] > 5 * errors[0, 1, 0]
    assert np.abs(effects[1, :, 0] / errors[1, :, 0]).max() < 3.5


def test_what_is_not_known_is_missing_with_its_reason() -> None:
    found = eg.entry_exit_effects(panel_of(simulated(3, 10, 8)))
    assert found["note"].tolist() == [None] * 4 + [
        f"nothing is known of suppliers {move}; fill in who enters and who leaves" for move in MOVES for _ in "ab"
    ]
    assert {"unknown_moves", "few_platforms", "moves_not_known"} <= {one.code for one in found.findings}
    assert "nothing is known" in found.explain("makers (t-1)", equation="suppliers leaving")
    in_chinese = found.explain("makers (t-1)", equation="suppliers leaving", language="zh")
    assert in_chinese == "suppliers leaving：无法估计（没有“suppliers leaving”的数据）。"
    short = eg.entry_exit_effects(panel_of(simulated(3, 10, 3)))
    assert "no unit has 4 rows" in short["note"][0]
    with pytest.raises(ParameterError, match="confidence"):
        eg.entry_exit_effects(panel_of(simulated(3, 10, 3)), confidence=2)
