"""What stands before items and notes: numbers as lists count, marks that were typed."""

from __future__ import annotations

from index.load.text import MARKER

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_RAISED = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")


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


def raised(text: str) -> str:
    """Text set above the line in characters that are ("m²"); as it is where one has no such."""
    above = text.translate(_RAISED)
    return above if all(a != b for a, b in zip(above, text, strict=True)) else text


def typed_marker(text: str) -> tuple[str, str]:
    """The marker of a list that the writer typed, "(a) ", else ""; and the words after it."""
    found = MARKER.match(text)
    return (f"{found[0].strip()} ", text[found.end() :]) if found else ("", text)
