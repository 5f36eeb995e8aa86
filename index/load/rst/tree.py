"""reStructuredText to a docutils tree: nothing is fetched, inserted or run, and nothing is said.

What docutils does not know (Sphinx's directives and roles) gives its text all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from threading import Lock
from typing import Any

# bounded, so that no text takes long
_ROLE = re.compile(r":([A-Za-z0-9][\w.+:-]{0,60}):`|`:([A-Za-z0-9][\w.+:-]{0,60}?):(?!\w)")
_DIRECTIVE = re.compile(
    r"^[ \t]*\.\.[ \t]+(?:\|[^|\n]+\|[ \t]+)?([\w.+:-]{1,60}?)[ \t]?::", re.MULTILINE
)
_TARGET = re.compile(r"(?s)(.*?)\s*<[^<>]*>\s*")
_CODE = {
    "code", "code-block", "sourcecode", "prompt", "ipython", "testcode", "testsetup", "testoutput",
    "productionlist", "math",
}  # fmt: skip
_SILENT = {
    "date", "toctree", "index", "image", "graphviz", "digraph", "graph", "mermaid", "uml", "plot",
    "autosummary", "meta", "tabularcolumns", "literalinclude",
}  # fmt: skip
_CONDITIONS = {"only", "ifconfig"}  # their argument is no text
_SETTINGS: dict[str, Any] = {
    "file_insertion_enabled": False, "raw_enabled": False, "_disable_config": True,
    "report_level": 5, "halt_level": 5, "warning_stream": False, "traceback": True,
    "input_encoding": "unicode", "smart_quotes": False, "line_length_limit": 1_000_000,
    "sectsubtitle_xform": False, "syntax_highlight": "none",
}  # fmt: skip
_lock = Lock()  # docutils keeps its roles and directives for the whole process


def tree_of(text: str) -> Any:
    """The doctree of `text`, a `docutils.nodes.document`."""
    from docutils.core import publish_doctree

    with _lock, _unknown_ones(text):
        return publish_doctree(text, settings_overrides=_SETTINGS)


@contextmanager
def _unknown_ones(text: str) -> Iterator[None]:
    """For this text alone: a role and a directive for each name that docutils has not got."""
    directives, roles, english = map(
        import_module,
        ("docutils.parsers.rst.directives", "docutils.parsers.rst.roles",
         "docutils.parsers.rst.languages.en"),
    )  # fmt: skip
    kept = dict(roles._roles), dict(directives._directives)
    called = {name.lower() for pair in _ROLE.findall(text) for name in pair if name}
    for name in called - english.roles.keys() - roles._role_registry.keys():
        roles._roles[name] = _role
    made = _directive_class()
    used = {name.lower() for name in _DIRECTIVE.findall(text)}
    for name in used - english.directives.keys() - directives._directive_registry.keys():
        directives._directives[name] = made
    # Sphinx has options for code that docutils refuses; and no text depends on the day it is read
    directives._directives.update(dict.fromkeys((*_CODE, "date"), made))
    try:
        yield
    finally:
        for registry, before in zip((roles._roles, directives._directives), kept, strict=True):
            registry.clear()
            registry.update(before)


def _role(
    role: str,
    rawtext: str,
    text: str,
    lineno: int,
    inliner: Any,
    options: Any = None,
    content: Any = None,
) -> tuple[list[Any], list[Any]]:
    """What is read of :ref:`the harbour <port>`: "the harbour"; of :class:`~a.b.C`: "C"."""
    from docutils import nodes, utils

    said = utils.unescape(text)
    if match := _TARGET.fullmatch(said):
        said = match[1]
    elif said.startswith("~"):
        said = said.rpartition(".")[2].lstrip("~")
    return [nodes.inline(rawtext, said.lstrip("!"))], []


class _AnyOption(dict[str, Any]):
    """An option_spec that takes every option as it is."""

    def __missing__(self, name: str) -> Any:
        return lambda said: said

    def __bool__(self) -> bool:
        return True


def _directive_class() -> type:
    """A directive whose content is read as text or, by its name, as code or not at all."""
    from docutils import nodes
    from docutils.parsers.rst import Directive

    class Unknown(Directive):
        has_content = True
        optional_arguments = 1
        final_argument_whitespace = True
        option_spec = _AnyOption()

        def run(self) -> list[Any]:
            name = self.name.lower()
            formula = self.arguments if name == "math" else ()
            body = "\n".join([*formula, *self.content])
            if name in _SILENT or name.startswith("auto"):
                return []
            if name in _CODE:
                block = nodes.math_block if name == "math" else nodes.literal_block
                return [block(body, body)] if body.strip() else []
            found: list[Any] = []
            # a note that begins in the directive's own line is taken for its argument
            said = "" if name in _CONDITIONS else " ".join(self.arguments)
            if said and (body.strip() or len(said.split()) > 2):
                inline, _ = self.state.inline_text(said, self.lineno)
                found.append(nodes.paragraph(said, "", *inline))
            holder = nodes.container()
            self.state.nested_parse(self.content, self.content_offset, holder)
            return [*found, *holder.children]

    return Unknown


def text_of(node: Any) -> str:
    """The text of a node and of what is in it, references to notes in brackets."""
    if node.tagname == "#text":
        return str(node.astext())
    if node.tagname in ("image", "raw", "system_message"):
        return ""
    inner = [text_of(child) for child in node.children]
    said = ("\n\n" if node.children and _is_block(node.children[0]) else "").join(inner)
    return f"[{said}]" if node.tagname in ("footnote_reference", "citation_reference") else said


def _is_block(node: Any) -> bool:
    from docutils.nodes import Inline, Text

    return not isinstance(node, Inline | Text)
