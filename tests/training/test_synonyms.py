"""What is kept of WordNet: words in use for one sense, none of them opposites, no names."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.statements import synonyms
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


def test_what_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for part in ("noun", "verb", "adj", "adv"):
        (tmp_path / f"data.{part}").write_text(NOUNS if part == "noun" else "")
        (tmp_path / f"index.{part}").write_text(INDEX if part == "noun" else "")
        forms = {"noun": "geese goose\n", "verb": "went go\nover overlie\n"}
        (tmp_path / f"{part}.exc").write_text(forms.get(part, "better good\n"))
    written = tmp_path / "synonyms.txt"
    monkeypatch.setattr(training, "SYNONYMS", written)
    monkeypatch.setattr("sys.argv", ["synonyms", "--wordnet", str(tmp_path)])
    training.main()
    lines = written.read_text().splitlines()
    assert lines == ["geese = goose", "went = go", "ship vessel"]


def test_what_ships_can_be_read() -> None:
    assert synonyms.are_synonyms("buy", "purchas")
    assert synonyms.base("went") == synonyms.base("goes") == "go"
    assert not synonyms.is_word("kestrelson")
