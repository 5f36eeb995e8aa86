"""Numbers as lists count: 1, a, iv."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
SUPERSCRIPT = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")


def numeral(number: int, style: str) -> str:
    """`number` as "lowerLetter", "upperLetter", "lowerRoman", "upperRoman" or in digits."""
    if style.endswith("Letter") and 0 < number <= 780:
        found = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)  # z, aa, bb
    elif style.endswith("Roman") and 0 < number < 4000:
        found, rest = "", number
        for value, letter in _ROMAN:
            found += letter * (rest // value)
            rest %= value
    else:
        return f"{number:02}" if style == "decimalZero" else str(number)
    return found.upper() if style.startswith("upper") else found
