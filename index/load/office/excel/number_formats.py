"""The numbers of a spreadsheet as people see them: dates, percentages, units, decimals.

Thousands are not parted and dates are ISO 8601, for these look different in each country.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

# formats that a file names by number alone
BUILTIN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy-mm-dd",
    15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm",
    21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00",
    40: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss",
    **dict.fromkeys((*range(27, 37), *range(50, 59)), "yyyy-mm-dd"),
}  # fmt: skip

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|\[\$(?P<money>[^\]-]*)[^\]]*\]|\[(?P<note>[^\]]*)\]'
    r"|(?P<general>General|@)|AM/PM|A/P|(?P<char>.)",
    re.IGNORECASE | re.DOTALL,
)
_DAYS = 2_958_466  # a number from here on would be a day after the year 9999


class NumberFormat(NamedTuple):
    """How a number is written: `before`, its digits, `after`.

    `moment` holds the letters of a date's or a time's parts ("ymd", "hm"), `elapsed` those of a
    duration. `least` and `most` are the decimals, `most` -1 for as many as there are; `digits`
    the least before the point; `scale` what it is multiplied by.
    """

    moment: str = ""
    elapsed: str = ""
    digits: int = 0
    least: int = 0
    most: int = -1
    scale: Decimal = Decimal(1)
    before: str = ""
    after: str = ""


def shown(value: float, code: str = "", since_1904: bool = False) -> str:
    """A finite number in the format `code`; `since_1904` tells the day that dates count from."""
    form = read_format(code)
    if form is None:
        return plain(value)
    if form.moment:
        return _moment(value, form, since_1904) or plain(value)
    scaled = Decimal(repr(value)) * form.scale
    if form.most < 0 or abs(scaled) > 10**15:
        digits = plain(float(scaled))
    else:
        digits = str(scaled.quantize(Decimal(1).scaleb(-form.most), ROUND_HALF_UP))
        spare = form.most - form.least
        digits = re.sub(rf"\.?0{{0,{spare}}}\Z", "", digits) if spare and "." in digits else digits
    sign = "-" if digits.startswith("-") and digits.strip("-0.") else ""
    whole, dot, rest = digits.removeprefix("-").partition(".")
    return f"{form.before}{sign}{whole.zfill(form.digits)}{dot}{rest}{form.after}".strip()


def plain(value: float) -> str:
    """A number as short as it can be said: 12.5, not 12.500000000000002 and not 12.0."""
    if abs(value) < 1e15 and value == int(value):
        return str(int(value))
    return f"{value:.15g}"


@lru_cache(maxsize=1000)
def read_format(code: str) -> NumberFormat | None:
    """A format's part for positive numbers; None where it says nothing or is not understood."""
    if re.search(r"\[[<>=]", code):  # formats that depend on the number
        return None
    numbers, moment, elapsed, before, after = "", "", "", "", ""
    for token in _TOKEN.finditer(_first(code)):
        said = token["quoted"] or token["escaped"] or token["money"] or ""
        char = token["char"] or ("\0" if token["general"] else "")
        note = (token["note"] or "").lower()
        if note and not note.strip("hms"):
            elapsed, moment = note[0], moment + note[0]
        elif char and char in "\0#0?.,E":
            if after and char not in ".,E":
                return None  # text amid the digits
            numbers += char
        elif char and char.lower() in "ymdhs":
            moment += char.lower()
        else:
            said = said or char
        if numbers:
            after += said
        else:
            before += said
    if moment:
        return NumberFormat(moment, elapsed)
    return _number(numbers, before, after)


def _first(code: str) -> str:
    match = re.match(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])*', code, re.DOTALL)
    return match[0] if match else ""


def _number(numbers: str, before: str, after: str) -> NumberFormat | None:
    if not numbers or "E" in numbers or "/" in after:
        return None
    kept = numbers.rstrip(",")
    scale = Decimal(100 if "%" in before + after else 1).scaleb(-3 * (len(numbers) - len(kept)))
    whole, _, decimals = kept.partition(".")
    most = -1 if "\0" in numbers else sum(c in "0#?" for c in decimals)
    return NumberFormat(
        digits=whole.count("0"),
        least=decimals.count("0"),
        most=most,
        scale=scale,
        before=before.lstrip(),
        after=after.rstrip(),
    )


def _moment(value: float, form: NumberFormat, since_1904: bool) -> str:
    """A date, a time or a duration; "" where there is no such day."""
    if not 0 <= value < _DAYS - 1462 * since_1904:
        return ""
    seconds = round(value * 86_400)
    time = "h" in form.moment or "s" in form.moment
    if form.elapsed:
        return _duration(seconds, form)
    start = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30 + (value < 60))
    at = start + timedelta(seconds=seconds)
    clock = at.strftime("%H:%M:%S" if "s" in form.moment else "%H:%M") if time else ""
    if "h" not in form.moment and time:
        clock = at.strftime("%M:%S")
    if "y" not in form.moment and "d" not in form.moment and time:
        return clock
    return f"{_day(at, form.moment)} {clock}".strip()


def _day(at: datetime, letters: str) -> str:
    if "d" in letters:
        return at.date().isoformat()
    return at.date().isoformat()[: 7 if "m" in letters else 4]


def _duration(seconds: int, form: NumberFormat) -> str:
    minutes, second = divmod(seconds, 60)
    if form.elapsed == "s":
        return str(seconds)
    end = f":{second:02}" if "s" in form.moment else ""
    if form.elapsed == "m":
        return f"{minutes}{end}"
    return f"{minutes // 60}:{minutes % 60:02}{end}"
