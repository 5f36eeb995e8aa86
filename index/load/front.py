"""Front matter: the fields, in YAML or TOML, that stand before the text of a Markdown file.

A field that says something of the text's subject ("deadline: 2024-09-01") is a line that can be
quoted, as it was written; what names the text, sorts it or tells a program how to show it is not.
YAML is composed to nodes and never made into objects.

python-frontmatter reads the same words (`python -m benchmarks.libraries`), but makes objects of
them, and does not say where they stand.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from index.load.formats import NOTHING
from index.load.meta import day_of, names_of, title_of
from index.types import Block, BlockKind

_YAML = re.compile(r"---[ \t]*\r?\n((?:[^\n]*\n){0,60}?)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_TOML = re.compile(r"\+\+\+[ \t]*\r?\n((?:[^\n]*\n){0,60}?)\+\+\+[ \t]*(?:\r?\n|\Z)")
_ASSIGNED = re.compile(r"(?m)^([\w-]+)[ \t]*=|^\[")  # a table ends the fields of the text
# below a value: in a text of several lines, what is indented is the text's
_COMMENTS = re.compile(r"(?:\n[ \t\r]*+(?:#[^\n]*+)?+)++\Z")
_BELOW_TEXT = re.compile(r"(?:\n(?:#[^\n]*+|[ \t\r]*+))++\Z")
_AUTHORS = ("author", "authors")
_DATES = frozenset(("created", "date", "lastmod", "last_modified", "modified", "pubdate",
                    "published", "publishdate", "updated"))  # fmt: skip
# what names and sorts texts, and what speaks to the program that shows them
_SILENT = frozenset((
    "alias", "aliases", "badges", "bibliography", "body_class", "canonical", "canonical_url",
    "categories", "category", "class", "comments", "cover", "cssclass", "cssclasses", "draft",
    "excerpt_separator", "featured", "footer", "format", "grand_parent", "has_children",
    "head", "header", "hide", "hide_title", "icon", "id", "image", "images", "index", "isdraft",
    "keywords", "lang", "language", "layout", "linktitle", "markup", "mathjax", "math", "menu",
    "nav", "nav_exclude", "nav_order", "navigation", "order", "outputs", "output", "paginate",
    "pagination_next", "pagination_prev", "parent", "permalink", "prev", "next", "publish",
    "redirect_from", "redirect_to", "robots", "search", "search_exclude", "share", "sidebar",
    "sidebar_label", "sidebar_position", "sitemap", "slug", "sort", "sticky", "tag", "tags",
    "short_title", "shorttitle", "template", "theme", "thumbnail", "title", "toc", "toc_depth",
    "topics", "type", "url", "uuid", "versions", "weight",
))  # fmt: skip


class FrontMatter(NamedTuple):
    """What stands before a text: its length in characters, what it says, its fields in order."""

    length: int
    meta: Mapping[str, str] = NOTHING
    fields: tuple[Block, ...] = ()


class _Field(NamedTuple):
    """A field, where it stands, and the texts that its value holds, if it is a text or several."""

    name: str
    start: int
    end: int
    values: tuple[str, ...]


def front_matter(text: str) -> FrontMatter:
    """The front matter with which a text begins; of none the length is 0.

    `meta` has the title, the author and the date, if any.
    """
    for pattern, read in ((_YAML, _yaml_fields), (_TOML, _toml_fields)):
        if found := pattern.match(text):
            fields = list(read(found[1]))
            blocks = (_block(field, text, found.start(1)) for field in fields)
            kept = tuple(block for block in blocks if block is not None)
            return FrontMatter(found.end(), _meta(fields), kept)
    return FrontMatter(0)


def _block(field: _Field, text: str, at: int) -> Block | None:
    """The line or the lines of a field that can be quoted."""
    start, end = at + field.start, at + field.end
    end = start + len(text[start:end].rstrip())
    kind, says = BlockKind.ROWS, text[start + len(field.name) : end]
    if field.name in _AUTHORS:
        kind, says = BlockKind.BYLINE, names_of(field.values)
    elif field.name in _DATES:
        kind, says = BlockKind.DATELINE, day_of(" ".join(field.values))
    said = field.name not in _SILENT and any(map(str.isalnum, says))
    return Block(kind, start, end, start) if said else None


def _meta(fields: list[_Field]) -> Mapping[str, str]:
    said = {field.name: field.values for field in fields}
    title, day = (said.get(key, ()) for key in ("title", "date"))
    found = {
        "title": title_of(title[0] if len(title) == 1 else ""),
        "author": names_of(said.get("author", said.get("authors", ()))),
        "date": day_of(day[0] if len(day) == 1 else ""),
    }
    return {key: value for key, value in found.items() if value}


def _yaml_fields(text: str) -> Iterator[_Field]:
    import yaml

    def texts(node: yaml.Node) -> Iterator[str]:
        for one in node.value if isinstance(node, yaml.SequenceNode) else [node]:
            if isinstance(one, yaml.ScalarNode):
                yield one.value

    try:
        top = yaml.compose(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return
    if not isinstance(top, yaml.MappingNode):
        return
    for key, value in top.value:
        start, end = key.start_mark.index, value.end_mark.index
        if isinstance(key, yaml.ScalarNode) and start < value.start_mark.index:
            below = _BELOW_TEXT if isinstance(value, yaml.ScalarNode) else _COMMENTS
            comments = below.search(text, start, end)
            end = comments.start() if comments else end
            yield _Field(key.value.casefold(), start, end, tuple(texts(value)))


def _toml_fields(text: str) -> Iterator[_Field]:
    try:
        said = tomllib.loads(text)
    except (ValueError, RecursionError):
        return
    begins = [*_ASSIGNED.finditer(text), None]
    for match, after in pairwise(begins):
        if match is None or match[1] is None:
            return
        value = said.get(match[1])
        values = value if isinstance(value, list) else [value]
        texts = tuple(str(v) for v in values if v is not None and not isinstance(v, dict | list))
        end = after.start() if after else len(text)
        yield _Field(match[1].casefold(), match.start(), end, texts)
