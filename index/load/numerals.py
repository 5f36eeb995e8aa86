"""Numbers as lists and pages write them: letters, Roman numerals, raised and lowered digits.

After "z" there are two conventions. Office counts "aa", "bb", "cc" (ECMA-376, ST_NumberFormat and
ST_TextBulletStartAtNum), browsers count "aa", "ab", "ac" (CSS Counter Styles, "alphabetic"), as
spreadsheets name their columns.
"""

from __future__ import annotations

from enum import Enum, auto

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_WORTH = {letter: value for value, letter in _ROMAN if len(letter) == 1}
_MOST_ROMAN = 3999
_MOST_REPEATED = 30 * 26  # nobody reads thirty letters as a number
_RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")


class NumeralStyle(Enum):
    """How a list counts."""

    FIGURES = auto()
    TWO_FIGURES = auto()  # 01, 02
    LETTERS = auto()  # z, aa, ab
    REPEATED = auto()  # z, aa, bb
    ROMAN = auto()


def numeral(number: int, style: NumeralStyle, upper: bool = False) -> str:
    """`number` in a style, in small letters or capitals; in figures where the style has none."""
    shown = f"{number:02}" if style is NumeralStyle.TWO_FIGURES else str(number)
    if style is NumeralStyle.LETTERS and number > 0:
        shown = alphabetic(number)
    elif style is NumeralStyle.REPEATED and 0 < number <= _MOST_REPEATED:
        shown = alphabetic((number - 1) % 26 + 1) * ((number - 1) // 26 + 1)
    elif style is NumeralStyle.ROMAN and 0 < number <= _MOST_ROMAN:
        shown = _roman(number)
    return shown.upper() if upper else shown


def alphabetic(number: int) -> str:
    """The letters of a number from 1: a … z, aa, ab … zz, aaa."""
    found = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        found = chr(ord("a") + rest) + found
    return found


def _roman(number: int) -> str:
    found = ""
    for value, letter in _ROMAN:
        found += letter * (number // value)
        number %= value
    return found


def roman_number(word: str) -> int | None:
    """What a Roman numeral in small letters says; None for any other word."""
    worth = [_WORTH.get(letter, 0) for letter in word]
    if not worth or not all(worth) or len(word) > 15:  # "mmmdccclxxxviii" is the longest
        return None
    pairs = zip(worth, [*worth[1:], 0], strict=True)
    number = sum(-value if value < following else value for value, following in pairs)
    return number if _roman(number) == word and number <= _MOST_ROMAN else None


def raised(text: str) -> str:
    """Text set above the line in characters that are ("m²"); as it is where one has no such."""
    above = text.translate(_RAISED)
    return above if all(a != b for a, b in zip(above, text, strict=True)) else text


def lowered(text: str) -> str:
    """Text with the figures and signs that are set below the line as such ("H₂O")."""
    return text.translate(_LOWERED)
