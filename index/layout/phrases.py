"""The phrases of `phrases.toml` as patterns, compiled when they are first needed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).with_name("phrases.toml")


@cache
def whole(*tables: str) -> re.Pattern[str]:
    """What matches a whole line that is a phrase of one of `tables`; only marks may follow."""
    groups = (group for table in tables for group in _phrases()[table].values())
    return re.compile(rf"(?i)(?:{_any(*groups)})[\s.!:*…]*")


@cache
def word(table: str, key: str) -> re.Pattern[str]:
    """What finds a phrase of one group inside a line."""
    return re.compile(rf"(?i)\b(?:{_any(_phrases()[table][key])})\b")


@cache
def _phrases() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(SOURCE.read_text("utf-8"))


def _any(*groups: str) -> str:
    """The lines of `groups` as one pattern; see `phrases.toml` for the notation."""
    pattern = "|".join(line for group in groups for line in group.strip().splitlines())
    for name, words in _phrases()["lists"].items():
        pattern = pattern.replace(f"{{{name}}}", f"({'|'.join(words.strip().splitlines())})")
    return pattern.replace("…", ".{0,60}").replace(" ?", r"\s*").replace(" ", r"\s+")
