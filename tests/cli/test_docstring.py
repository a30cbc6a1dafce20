"""What the help takes from numpydoc."""

from typing import Any

from ecograph.cli.docstring import meanings, opening


def documented(*, a: int, b: int, c: Any, d: int) -> None:
    """Do a thing with :class:`~ecograph.table.Table`.

    Read it ``twice``.
    In two lines.

    Parameters
    ----------
    a, b : int
        Two numbers,
        on two lines.

        And a paragraph.
    *c : mapping of str: int, optional
        Such as ``{"x": 1}``.
    d
        Without a type.

    Returns
    -------
    None
        Nothing.
    """


def bare() -> None:
    pass


def test_the_opening_is_what_stands_before_the_sections() -> None:
    assert opening(documented) == "Do a thing with ecograph.table.Table.\n\nRead it twice.\nIn two lines."


def test_each_parameter_has_its_meaning() -> None:
    assert meanings(documented) == {
        "a": "Two numbers, on two lines. And a paragraph.",
        "b": "Two numbers, on two lines. And a paragraph.",
        "c": 'Such as {"x": 1}.',
        "d": "Without a type.",
    }


def test_no_docstring_says_nothing() -> None:
    assert (opening(bare), meanings(bare)) == ("", {})
