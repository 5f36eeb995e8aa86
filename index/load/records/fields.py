"""Which fields of records are their text, and which say what the text is: by name, else by size."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from index.language import word_count
from index.load.meta import day_of, names_of, title_of
from index.load.records.json_values import DEEPEST, Fields, Number

_TEXTS = (
    "text", "fulltext", "body", "content", "article", "abstract", "description", "message",
    "answer", "comment", "review", "note", "notes", "context", "passage", "summary",
)  # fmt: skip
_TITLES = ("title", "headline", "name", "subject", "heading", "question")
_NAMES = ("name", "title", "headline", "label", "subject")
_SAID = {
    "author": ("author", "authors", "by", "creator", "byline", "writer", "from", "sender"),
    "date": ("date", "published", "publishedat", "publicationdate", "pubdate", "createdat",
             "created", "timestamp"),
    "publisher": ("publisher", "source", "site", "publication", "journal"),
    "language": ("language", "lang", "locale"),
}  # fmt: skip
_LINK = re.compile(r"\w+://\S{1,200}")
_IDS = ("id", "_id", "uid", "uuid", "guid", "key", "slug", "number")
_FEW = 6  # words: shorter fields, on average, are cells of a table
_MANY = 5  # names that are taken of several
_SHARE = 4  # a field called "text" may be this much shorter than the longest one


def text_field(records: Sequence[Fields], values: Sequence[Any]) -> str:
    """The field that holds the records' text; "" where none does.

    One in a list of objects is it only where no other is: those are parts, or what others said.
    """
    words: Counter[str] = Counter()
    placed: set[str] = set()
    for record, value in zip(records, values, strict=True):
        new = record.keys() - words.keys()
        placed |= new & places_in(value).keys() if new else set()
        for name, said in record.items():
            words[name] += sum(word_count(one) for one in said if any(map(str.isalpha, one)))
    own = Counter({name: count for name, count in words.items() if name in placed})
    return _longest(own, records) or _longest(words, records)


def _longest(words: Counter[str], records: Sequence[Fields]) -> str:
    for name in [*words]:
        if plain_name(_leaf(name)) in _TITLES:
            del words[name]
    longest = max(words.values(), default=0)
    for usual in _TEXTS:
        called = [name for name in words if plain_name(_leaf(name)) == usual]
        best = max(called, key=words.__getitem__, default="")
        if best and words[best] * _SHARE >= longest:
            return best
    best = max(words, key=words.__getitem__, default="")
    holding = sum(best in record for record in records)
    return best if words[best] >= _FEW * max(holding, 1) else ""


def is_usual(field: str) -> bool:
    """Whether a field is called as those with a text mostly are."""
    return plain_name(_leaf(field)) in _TEXTS


def named_field(records: Sequence[Fields], name: str) -> str:
    """The field that a person calls `name`: in full, or by its last part. "" for none."""
    present = dict.fromkeys(field for record in records for field in record)
    return name if name in present else next((f for f in present if _leaf(f) == name), "")


def id_field(records: Sequence[Fields]) -> str:
    """The field whose short value names each record, and no two the same; "" for none."""
    for name in _IDS:
        values = [record.get(name, ()) for record in records]
        single = [said[0] for said in values if len(said) == 1 and is_id(said[0])]
        if len(single) == len(records) == len(set(single)):
            return name
    return ""


def title_field(record: Fields, text: str) -> str:
    """The field that holds the title of a record whose text is in the field `text`; "" for none."""
    beside = text.rpartition(".")[0]
    within = f"{beside}." if beside else ""
    known = {plain_name(n.removeprefix(within)): n for n in record if n != text}
    return next((known[name] for name in _TITLES if name in known), "")


def name_in(value: Mapping[str, Any]) -> str:
    """What an object is called by its own fields: its name or title, else its number."""
    known = {plain_name(key): inner for key, inner in value.items() if isinstance(inner, str)}
    return next((known[name] for name in (*_NAMES, *_IDS) if known.get(name)), "")


def places_in(value: Any) -> dict[str, tuple[str, ...]]:
    """The keys that lead to each field, by its dotted name; none through lists of objects."""
    found: dict[str, tuple[str, ...]] = {}
    _find_places(value, "", (), found)
    return found


def _find_places(
    value: Any, name: str, path: tuple[str, ...], found: dict[str, tuple[str, ...]]
) -> None:
    if isinstance(value, dict):
        for key, inner in value.items() if len(path) < DEEPEST else ():
            _find_places(inner, f"{name}.{key}" if name else key, (*path, key), found)
    elif path and not (
        isinstance(value, list) and any(isinstance(one, dict | list) for one in value)
    ):
        found.setdefault(name, path)


def said_of(record: Fields, text: str) -> dict[str, str]:
    """What a record says of its text (the field `text`): title, author, date and so on."""
    beside = text.rpartition(".")[0]
    within = f"{beside}." if beside else ""
    known = {
        plain_name(name.removeprefix(within)): said for name, said in record.items() if name != text
    }
    found: dict[str, Sequence[str]] = {}
    for key, names in {"title": _TITLES, **_SAID}.items():
        said = next((known[n] for name in names for n in (name, f"{name}.name") if n in known), ())
        found[key] = said[:_MANY]
    titles = [one for one in found["title"] if not isinstance(one, Number)] or found["title"]
    link = _LINK.fullmatch(next(iter(found["publisher"]), ""))
    return {
        "title": title_of(titles[0]) if len(titles) == 1 else "",  # several are of its parts
        "author": names_of(found["author"]),
        "date": next(filter(None, map(day_of, found["date"])), ""),
        # where a record is from is often told by an address alone
        "publisher": link[0] if link else names_of(found["publisher"]),
        "language": "".join(found["language"][:1]),
    }


def is_id(said: str) -> bool:
    """Whether a value may name a document after its file: "#T-101"."""
    return 0 < len(said) <= 40 and said.isprintable() and not set(said) & set(' /\\#?"')


def _leaf(name: str) -> str:
    return name.rpartition(".")[2]


def plain_name(name: str) -> str:
    """A field's name without case and what parts its words."""
    return name.casefold().replace("_", "").replace("-", "").replace(" ", "")
