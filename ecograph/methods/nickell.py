"""Nickell's bias: how far fixed effects are off in a short panel whose outcome depends on its past."""


def nickell_bias(persistence: float, transitions: float) -> float:
    """Bias of the coefficient of an outcome's own first lag, with unit effects and many units.

    Parameters
    ----------
    persistence : float
        The true coefficient, above -1 and below 1.
    transitions : float
        Rows a unit has with its previous period, 2 or more.

    Returns
    -------
    float
        The bias, which is negative for any persistence of 0 or more.

    Notes
    -----
    With r and T: -(1 + r) / (T - 1) a / (1 - 2 r a / ((1 - r) (T - 1))), a = 1 - (1 - r^T) / (T (1 - r)) (Nickell 1981,
    whose T counts the rows used).

    Examples
    --------
    >>> round(nickell_bias(0.5, 5), 5), round(nickell_bias(0.5, 10), 5)
    (-0.33108, -0.16221)
    """
    r, spare = persistence, transitions - 1.0
    part = 1.0 - (1.0 - r**transitions) / (transitions * (1.0 - r))
    return float(-(1.0 + r) / spare * part / (1.0 - 2.0 * r * part / ((1.0 - r) * spare)))
