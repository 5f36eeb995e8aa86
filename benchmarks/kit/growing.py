"""Texts of any length, fifty kinds: how much time each takes is to grow as the text does.

`HOSTILE` and `INNOCENT`, together `TEXTS`, map a file's name to what makes a text of about so many
characters.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from itertools import count, islice

Made = Callable[[int], str]

_HEAD = "The pier of Tarn was closed in May.\n\n"
_THINGS = (
    "harbour", "pier", "weir", "lighthouse", "dredger", "eel", "larva", "rye", "sour", "starter",
    "ferry", "berth", "tide", "mole", "lamp", "basin", "mud", "warden", "council", "minute",
)  # fmt: skip
_DID = ("was closed", "was dredged", "took months", "fell by half", "rose again", "was counted")
_HAN = "港口于一九八七年疏浚，工程持续了十一个月。灯塔矗立在东防波堤上，高四十一米。"
_KANA = "港は一九八七年に浚渫された。工事は十一か月かかった。灯台は東の突堤に立つ。"
_BURMESE = "ဆိပ်ကမ်းကိုမေလတွင်ပိတ်ခဲ့သည်။မီးပြတိုက်သည်အရှေ့ဘက်တွင်ရှိသည်။"
_THAI = "ท่าเรือปิดในเดือนพฤษภาคมประภาคารตั้งอยู่ทางทิศตะวันออก"
_HINDI = "बंदरगाह मई में बंद हुआ। प्रकाशस्तंभ पूर्व में खड़ा है।"
_ARABIC = "أغلق الميناء في مايو. تقف المنارة في الشرق. "
_GERMAN = "Der Hafen wurde im Mai gesperrt. Die Arbeiten dauerten elf Monate. "


def _repeated(unit: str, head: str = _HEAD) -> Made:
    return lambda n: head + unit * (n // len(unit) + 1)


def _lines(line: Callable[[int], str], head: str = "", foot: str = "") -> Made:
    """Numbered lines, as many as fit."""

    def made(n: int) -> str:
        size = len(line(1000))
        return head + "".join(islice(map(line, count()), n // size + 1)) + foot

    return made


def _said(number: int) -> str:
    """A sentence of its own for each number."""
    a, b, did = _THINGS[number % 20], _THINGS[number * 7 % 19], _DID[number % 6]
    return f"The {a} of the {b} {did} in {1900 + number % 120}, said {number} people of Tarn."


def _prose(n: int) -> str:
    return _lines(lambda i: _said(i) + ("\n\n" if i % 5 == 4 else " "))(n)


def _records(n: int) -> str:
    return json.dumps([{"id": i, "text": _said(i)} for i in range(n // 100 + 1)])


def _chat(n: int) -> str:
    said = [{"from": _THINGS[i % 3], "date": f"2024-05-{i % 28 + 1:02}", "text": _said(i)}
            for i in range(n // 140 + 1)]  # fmt: skip
    return json.dumps({"name": "Tarn", "messages": said})


def _settings(n: int) -> str:
    return "".join(f"a{i}:\n  port: {i}\n  says: {_THINGS[i % 20]}\n" for i in range(n // 40 + 1))


def _cues(n: int) -> str:
    return "WEBVTT\n\n" + "".join(
        f"{i // 60:02}:{i % 60:02}.000 --> 99:00.000\n{_said(i)}\n\n" for i in range(n // 110 + 1)
    )


def _cells(n: int) -> str:
    cells = [{"cell_type": "markdown", "source": _said(i)} for i in range(n // 110 + 1)]
    return json.dumps({"nbformat": 4, "metadata": {}, "cells": cells})


def _deep(n: int) -> str:
    return _HEAD + "".join(f"{'  ' * (i % 12)}- {_THINGS[i % 20]}\n" for i in range(n // 20 + 1))


HOSTILE: Mapping[str, Made] = {
    "quotes.txt": _repeated("\"' “‘"),
    "open-quotes.txt": _repeated("“"),
    "guillemets.txt": _repeated("« "),
    "brackets.md": _repeated("![a"),
    "bullets.txt": _repeated("- a\n"),
    "returns.csv": _repeated("a,b\r", ""),
    "returns.txt": _repeated("a\r"),
    "one-word.txt": _repeated("x"),
    "han.txt": _repeated(_HAN, ""),
    "burmese.txt": _repeated(_BURMESE, ""),
    "marks.txt": _repeated("a\u0301\u0302\u0303"),
    "no-width.txt": _repeated("a\u200b\u202e"),
    "abbreviations.txt": _repeated("e.g. Mr. "),
    "numbers.txt": _repeated("1. "),
    "addresses.txt": _repeated("http://a.b/c?d=e a@b.c "),
    "nested.md": _deep,
    "quoted.md": _repeated("> a\n"),
    "pipes.md": _repeated("|1|2|\n", f"{_HEAD}|a|b|\n|-|-|\n"),
    "headings.md": _repeated("# a\n\nb.\n\n"),
    "long-heading.md": lambda n: f"{_HEAD}# {'x ' * (n // 4)}\n\n" + "## a\n\nb.\n\n" * (n // 20),
    "names.txt": lambda n: "Ida Holm\n\nIda Holm went\n\n" * (n // 25) + _HEAD,
    "long-title.html": lambda n: f"<title>{'x ' * (n // 4)}</title>" + "<p>May 3, 2021" * (n // 28),
    "empty-lines.txt": lambda n: f"{_HEAD}a{' ' * (n // 2)}{chr(10) * (n // 2)}b",
    "ellipses.txt": _repeated("… . ! "),
    "tags.txt": _repeated("<a <!-- "),
    "gaps.txt": _repeated(f"a{' ' * 400}b{' ' * 400}1\n\n"),
    "parted.txt": _repeated("a-\n"),
    "operators.txt": _repeated("f(" * 200 + "\n", ""),
    "feeds.txt": _repeated("a\f", ""),
    "fences.txt": _repeated("```\na\n", ""),
    "romans.txt": _repeated("I. A\n\n"),
    "voices.vtt": _repeated("<v.", "00:01.000 --> 00:02.000\n"),
    "goes-on.ini": _repeated("  b\n", "a = b\n"),
    "paths.json": lambda n: f'{{"a": {{"{"b" * (n // 40)}": {[*range(20)]}}}}}',
    "elements.xml": lambda n: f"<a>{'<b/>' * (n // 4)}Tarn</a>",
}

INNOCENT: Mapping[str, Made] = {
    "prose.txt": _prose,
    "one-paragraph.txt": _lines(lambda i: _said(i) + " "),
    "wrapped.txt": _lines(lambda i: _said(i).replace(" of ", "\nof ") + "\n"),
    "chinese.txt": _lines(lambda i: f"{_HAN}第{i}号码头于五月关闭。"),
    "japanese.txt": _lines(lambda i: f"{_KANA}{i}番の桟橋は閉じた。"),
    "thai.txt": _repeated(f"{_THAI} ", ""),
    "hindi.txt": _repeated(f"{_HINDI} ", ""),
    "arabic.txt": _repeated(_ARABIC, ""),
    "german.txt": _repeated(_GERMAN, ""),
    "talk.txt": _lines(lambda i: f"{('Ida', 'Jon')[i % 2]}: “{_said(i)}”\n"),
    "clauses.txt": _lines(lambda i: f"{i // 9 + 1}.{i % 9 + 1} {_said(i)}\n\n"),
    "pages.txt": _lines(lambda i: f"{_said(i)}\n\n{_said(i + 1)}\n\nA\n\nTarn   Page {i}\n\n"),
    "sections.txt": _lines(lambda i: f"{i % 900 + 1}. Works\n\n{_said(i)}\n\n"),
    "program.txt": _lines(lambda i: f"open(gate, {i});\nclose(gate);\n\n{_said(i)}\n\n"),
    "list.md": _lines(lambda i: f"- {_said(i)}\n", "# Works\n\n"),
    "manual.md": _lines(lambda i: f"## Step {i}\n\n{_said(i)} {_said(i + 1)}\n\n", "# Manual\n\n"),
    "table.md": _lines(lambda i: f"| {i} | {_THINGS[i % 20]} |\n", "| n | what |\n|-|-|\n"),
    "code.md": _lines(lambda i: f"    x{i} = {_THINGS[i % 20]} * 2\n", "# Code\n\nIt runs.\n\n"),
    "log.csv": _lines(lambda i: f"{i},{_THINGS[i % 20]},{i * 7 % 90}\n", "no,what,count\n"),
    "tickets.json": _records,
    "chat.json": _chat,
    "settings.yaml": _settings,
    "council.vtt": _cues,
    "pier.log": _lines(lambda i: f"2024-05-03 10:00:{i % 60:02} {_said(i)}\n  at pier\n"),
    "piers.xml": _lines(lambda i: f"<pier><no>{i}</no><says>{_said(i)}</says></pier>", "<piers>",
        "</piers>"),
    "article.html": _lines(lambda i: f"<p>{_said(i)}</p>", "<h1>The weir</h1>"),
    "table.html": _lines(
        lambda i: f"<tr><td>{i}<td>{_THINGS[i % 20]}", "<p>It opened.</p><table><tr><th>n<th>what",
        "</table>",
    ),
    "minutes.eml": _lines(lambda i: _said(i) + "\n\n", "Subject: Minutes\nFrom: a@b.c\n\n"),
    "study.ipynb": _cells,
}  # fmt: skip

TEXTS: Mapping[str, Made] = {**HOSTILE, **INNOCENT}
