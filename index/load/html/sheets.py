"""What the style sheets inside a page say of its elements.

tinycss2 reads the sheets and selectolax finds the elements that a selector means; what is left to
us is which declaration wins. A sheet that is not in the file is not known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode as Node

_LONGEST = 1_000_000  # characters of all sheets
_STEPS = 20_000_000  # selectors times elements
_FOUND = 20  # steps that an element takes which is found
# properties that can hide text, or that tell that it is not hidden
_PROPERTIES = frozenset((
    "animation", "animation-name", "background", "background-clip", "background-color",
    "background-image", "clip", "clip-path", "color", "color-scheme", "content-visibility",
    "display", "filter", "font", "font-size", "height", "left", "margin-left", "max-height",
    "max-width", "mix-blend-mode", "opacity", "overflow", "overflow-x", "overflow-y", "padding",
    "padding-bottom", "padding-left", "padding-top", "position", "right", "scale", "text-indent",
    "text-shadow", "top", "transform", "transition", "visibility", "width",
    "-webkit-background-clip", "-webkit-text-fill-color",
))  # fmt: skip
_ALIKE = {
    "-webkit-background-clip": "background-clip",
    "animation-name": "animation",
    "overflow-x": "overflow",
    "overflow-y": "overflow",
}
_SIZE = re.compile(r"(?:\A|\s)(0|[\d.]+(?:px|pt|em|rem|%))(?:/\S+)?\s")
_STATE = re.compile(  # what an element is in only now and then
    r":(?:hover|focus|active|target|checked|visited|disabled|enabled|invalid|placeholder|open"
    r"|popover|modal|is-|-|:)"
)
_SLOW = re.compile(r":(?:nth|has|only|last)")  # to find
_KEYS = re.compile(r":(?:focus|active)\b(?!-within)")  # states while a key or a button is down
_NAME = re.compile(r"[.#](?:[\w-]|[^\x00-\x7f]|\\.)+")
_LAST = re.compile(r"[\s>+~]+(?![^(\[]*[)\]])")
_SIMPLE = re.compile(r"(#)|([.\[]|:(?!:))|(?:\A|[\s>+~])[a-zA-Z]")

_Said = tuple[str, str, bool]  # a property, its value, and whether it is important
_Values = frozenset[tuple[str, str]]
_Weight = tuple[bool, bool, tuple[int, int, int], int]  # important, inline, specificity, order


class Sheets:
    """The declarations of a page by element.

    `sheet_at` gives the sheet that a link leads to, None where it is not at hand; `foreign`: the
    page also takes sheets that are not.
    """

    def __init__(self, root: Node, sheet_at: Callable[[str], str | None]) -> None:
        self.foreign = False
        self._said: dict[int, dict[str, tuple[_Weight, str]]] = {}
        # by a class or an id: what rules set for another state, and the elements in it now
        self._turns: dict[str, dict[_Values, set[int]]] = {}
        self._root = root
        self._order = 0
        self._elements, self._steps = 0, _STEPS
        texts = list(self._texts(sheet_at))
        size = 0
        if texts:
            self._elements = len(root.css("*"))
        for text in texts:
            size += len(text)
            if size > _LONGEST:
                self.foreign = True
                break
            self.foreign = self.foreign or "@import" in text
            self._read(text)

    def _texts(self, sheet_at: Callable[[str], str | None]) -> Iterator[str]:
        """The sheets that hold for a screen, in order."""
        for node in self._root.css("style, link[rel~=stylesheet i][href]"):
            held = node.attributes
            if not _is_screen(held.get("media") or "") or "alternate" in (held.get("rel") or ""):
                continue
            text = node.text() if node.tag == "style" else sheet_at(held["href"] or "")
            self.foreign = self.foreign or text is None
            yield text or ""

    def of(self, node: Node) -> dict[str, str]:
        """What is said of an element by its own attributes and the sheets, by property."""
        said = self._said.get(node.mem_id, {})
        inline = node.attributes.get("style")
        if inline:
            said = dict(said)
            for name, value, important in _inline(inline):
                _keep(said, name, value, (important, True, (0, 0, 0), 0))
        return {name: value for name, (_, value) in said.items()}

    def turns(self, node: Node, said: Mapping[str, str]) -> bool:
        """Whether a rule says something else of an element in another state than `said`."""
        held = node.attributes
        known = [f".{name}" for name in (held.get("class") or "").split()]
        known += [f"#{held['id']}"] if held.get("id") else []
        return any(
            node.mem_id not in now and any(said.get(name, value) != value for name, value in values)
            for name in known
            for values, now in self._turns.get(name, {}).items()
        )

    def _read(self, text: str) -> None:
        for selector, values, applies in _rules_in(text):
            if self._steps > 0:
                self._order += 1
                self._apply(selector, values, applies)

    def _apply(self, selector: str, values: list[_Said], applies: bool) -> None:
        now: set[int] = set()
        if applies and not (_STATE.search(selector) or _SLOW.search(selector)):
            weight, found = _weight(selector), _found(self._root, selector)
            self._steps -= self._elements + _FOUND * len(found) * len(values)
            for node in found:
                now.add(node.mem_id)
                said = self._said.setdefault(node.mem_id, {})
                for name, value, important in values:
                    _keep(said, name, value, (important, False, weight, self._order))
        if not _KEYS.search(selector):
            turn = frozenset((name, value) for name, value, _ in values)
            for name in set(_NAME.findall(_LAST.split(selector)[-1])):
                turns = self._turns.setdefault(name, {})
                turns[turn] = turns[turn] & now if turn in turns else now


def _keep(said: dict[str, tuple[_Weight, str]], name: str, value: str, weight: _Weight) -> None:
    if name not in said or said[name][0] <= weight:
        said[name] = weight, value


def _is_screen(media: str) -> bool:
    return media.strip().lower() in ("", "all", "screen", "only screen")


@lru_cache(maxsize=8)  # the chapters of a book have the same
def _rules_in(text: str) -> list[tuple[str, list[_Said], bool]]:
    """Each selector of a sheet with its declarations, and whether it holds on every screen."""
    import tinycss2

    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    found = ((one, list(_declarations(content)), on) for one, content, on in _rules(rules, True))
    return [rule for rule in found if rule[1]]


def _rules(rules: Iterable[Any], applies: bool) -> Iterator[tuple[str, Any, bool]]:
    """Each selector of a sheet, what it declares, and whether it holds on every screen."""
    import tinycss2

    for rule in rules:
        if rule.type == "qualified-rule":
            for _, part in groupby(rule.prelude, lambda token: token == ","):
                selector = tinycss2.serialize(part).strip()
                if selector and selector != ",":
                    yield selector, rule.content, applies
        elif rule.type == "at-rule" and rule.content is not None:
            name = rule.lower_at_keyword
            if name in ("media", "supports", "layer", "container"):
                holds = name != "media" or _is_screen(tinycss2.serialize(rule.prelude))
                inner = tinycss2.parse_rule_list(
                    rule.content, skip_comments=True, skip_whitespace=True
                )
                yield from _rules(inner, applies and holds and name != "container")


def _declarations(content: Any) -> Iterator[_Said]:
    """The properties that count here, their values in small letters, and whether they insist."""
    import tinycss2

    for one in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if one.type == "declaration" and one.lower_name in _PROPERTIES:
            value = " ".join(tinycss2.serialize(one.value).lower().split())
            for name, said in _expanded(one.lower_name, value):
                yield name, said, one.important


@lru_cache(maxsize=10_000)
def _inline(style: str) -> list[_Said]:
    """The declarations of an element's own style: most of a page's are the same."""
    return list(_declarations(style))


def _expanded(name: str, value: str) -> Iterator[tuple[str, str]]:
    """A declaration as those that it is short for."""
    if name == "background":
        drawn = "(" in re.sub(r"(?:rgb|hsl|hw?b|lab|lch|oklab|oklch|color)a?\(", "", value)
        yield "background-image", value if drawn else "none"
        yield "background-color", value
    elif name == "font":
        size = _SIZE.search(f"{value} ")
        yield "font-size", size[1] if size else "medium"
    elif name == "scale":
        yield "transform", f"scale({value})"
    else:
        yield _ALIKE.get(name, name), value


def _found(root: Node, selector: str) -> list[Node]:
    from selectolax.lexbor import SelectolaxError

    try:
        return root.css(selector)
    except SelectolaxError:  # of a kind that it does not know
        return []


def _weight(selector: str) -> tuple[int, int, int]:
    """How specific a selector is: its ids, its classes and the like, its names of elements."""
    kinds = [(bool(a), bool(b)) for a, b in _SIMPLE.findall(selector)]
    ids, classes = (sum(kind[i] for kind in kinds) for i in (0, 1))
    return ids, classes, len(kinds) - ids - classes
