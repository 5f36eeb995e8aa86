"""What is kept of WordNet: words in use for one sense, opposites apart, no names."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from training import synonyms as training

NOUNS = """\
  the licence
00000001 04 n 02 ship 0 vessel 0 000 | a craft
00000002 04 n 02 buyer 0 vendee 0 001 ! 00000003 n 0101 | who buys
00000003 04 n 02 seller 0 buyer 0 001 ! 00000002 n 0101 | who sells
00000004 04 n 02 Rome 0 capital 0 000 | a city
00000005 04 n 02 ship 0 hulk 0 000 | rarely
"""
INDEX = """\
  the licence
ship n 2 0 2 1 00000001 00000005
vessel n 1 0 1 1 00000001
buyer n 2 1 ! 2 2 00000002 00000003
seller n 1 1 ! 1 1 00000003
capital n 1 0 1 1 00000004
rome n 1 0 1 1 00000004
hulk n 1 0 1 1 00000005
"""
ADJECTIVES = """\
00000001 00 a 01 wet 0 003 ! 00000002 a 0101 & 00000003 a 0000 & 00000004 a 0000 | with water
00000002 00 a 01 dry 0 001 ! 00000001 a 0101 | with none
00000003 00 s 01 soaked 0 001 & 00000001 a 0000 | very wet
00000004 00 s 01 asperse 0 001 & 00000001 a 0000 | rarely
"""
ADJECTIVE_INDEX = """\
wet a 1 0 1 1 00000001
dry a 1 0 1 1 00000002
soaked a 1 0 1 1 00000003
asperse a 1 0 1 0 00000004
"""


def test_what_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for part in ("noun", "verb", "adj", "adv"):
        data, index = {"noun": (NOUNS, INDEX), "adj": (ADJECTIVES, ADJECTIVE_INDEX)}.get(
            part, ("", "")
        )
        (tmp_path / f"data.{part}").write_text(data)
        (tmp_path / f"index.{part}").write_text(index)
        forms = {"noun": "geese goose\n", "verb": "went go\nover overlie\n"}
        (tmp_path / f"{part}.exc").write_text(forms.get(part, "better good\n"))
    written = tmp_path / "synonyms.txt"
    monkeypatch.setattr(training, "SYNONYMS", written)
    monkeypatch.setattr(sys, "argv", ["synonyms", "--wordnet", str(tmp_path)])
    training.main()
    lines = written.read_text().splitlines()
    assert lines == ["geese = goose", "went = go", "ship vessel", "dri ! soak", "dri ! wet"]
