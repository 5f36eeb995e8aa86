"""Which names a question asks for: "list all companies mentioned", "who is mentioned?"."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from index import Document
from rag.kinds import unframed
from rag.named import Names
from rag.names import NameKind
from rag.query import AskedQuestion

# {kinds} are the words of `asked.toml`
_ASKED = r"""(?xi) \A
    (?:(?:list|name|show|find|give|get|collect|extract|identify|enumerate|which|what|welche[nr]?
        |nenne?|liste|zeige?|how\s+many|wie\s*viele)\s+)?
    (?:(?:me|us|out|up|mir|all|every|each|the|any|of|a|list|different|other|names?|are|were|alle[nr]?
        |die|der|auf)\s+)*
    (?P<kind>{kinds})
    (?:\s+(?:that|which|who|die|are|is|were|was|get|gets|have|has|been|werden|wird|sind|all|alle[ns]?))*
    (?:\s+(?:(?:do|does|did)|in|von)\s+(?P<by>.+?))??
    \s+(?:mention(?:ed|s)?|named?|listed|cited|discussed|talked\s+about|referred\s+to|appear|occur
        |come\s+up|genannt|erwähnt|kommen)
    (?:\s+(?:in|by|across|within|throughout|on|von)\s+(?P<where>.+?))?
    (?:\s+vor)?[\s?.!]*\Z"""
_ALL_OF_THEM = re.compile(
    r"""(?xi) (?:here|all\s+of\s+(?:it|them)|(?:all\s+)?(?:the|this|these|that|those|my|our|all|both
        |any|de[nrmis]*|diese[nrms]?|alle[nr]?)\s+(?:\w+\s+){0,2}?
        (?:documents?|docs?|files?|folder|papers?|articles?|reports?|texts?|books?|contracts?|leases?
        |minutes|interviews?|transcripts?|letters?|e?mails?|notes|sources?|collection|corpus|pages?
        |dokumenten?|dateien?|texten?|artikeln?|berichten?|ordner|verträgen?|protokollen?)
        |it|they) \Z"""
)


class AskedNames(NamedTuple):
    """The names that are asked for: of `kind`, of all for None; of `documents`, of all for ()."""

    kind: NameKind | None
    documents: tuple[Document, ...]


def asked_names(question: AskedQuestion, names: Names) -> AskedNames | None:
    """The names whose mere mention a question asks for; None where it asks for anything else.

    What else it says of them, such as who named them, no name tells. `names` are those of the
    documents.
    """
    found = _asked().match(unframed(question))
    if found is None:
        return None
    documents = names.named(question)
    where = found["where"] or found["by"]
    if where and not documents and not _ALL_OF_THEM.match(names.without_files(where)):
        return None
    word = " ".join(found["kind"].casefold().split())
    kind = _words()[word]
    return AskedNames(None if kind is NameKind.OTHER else kind, documents)


@cache
def _words() -> dict[str, NameKind]:
    """The kind that is meant by each word."""
    read = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    kinds = {NameKind[name.upper()]: words.casefold().split() for name, words in read.items()}
    return {word: kind for kind, own in kinds.items() for word in own}


@cache
def _asked() -> re.Pattern[str]:
    return re.compile(_ASKED.replace("{kinds}", "|".join(sorted(_words()))))
