"""What a page shows in another state: panels that open by a click, tabs, slides."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode as Node

_POINTERS = (
    "aria-controls", "aria-owns", "commandfor", "data-bs-target", "data-target", "href",
    "popovertarget",
)  # fmt: skip
_ROLES = frozenset(("tabpanel", "region"))
# how pages name what opens, where a script that is not in the file says it
_NAMED = re.compile(
    r"(?i)(?:\A|[\s_-])(?:tabs?|panes?|panels?|tabpanels?|collaps\w*|accordion\w*|carousel|slides?"
    r"|slider|swiper|slick|toggle\w*|expand\w*|spoiler|foldable)(?:\Z|[\s_-])"
)
_CONTROLS = "button, summary, [aria-expanded], [role=button], [role=tab], [onclick]"
_SWITCHES = ("checkbox", "radio")
_HEADS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "dt", "header"))


class Panels:
    """Knows which elements of a page a control refers to."""

    def __init__(self, root: Node) -> None:
        self._names: set[str] = set()
        for node in root.css(", ".join(f"[{name}]" for name in _POINTERS)):
            held = node.attributes
            for pointer in _POINTERS:
                said = held.get(pointer) or ""
                if pointer == "href" and not said.startswith("#"):
                    continue
                plain = pointer.startswith(("aria", "command", "popover"))
                self._names.update(f"#{name}" if plain else name for name in said.split())

    def refers(self, node: Node) -> bool:
        """Whether a control names an element."""
        held = node.attributes
        names = [f".{name}" for name in (held.get("class") or "").split()]
        return not self._names.isdisjoint([f"#{held.get('id')}", *names])

    def holds(self, node: Node) -> bool:
        """Whether an element is a panel that its page can open."""
        held = node.attributes
        return (
            self.refers(node)
            or held.get("role") in _ROLES
            or held.get("hidden") == "until-found"
            or bool(_NAMED.search(f"{held.get('id') or ''} {held.get('class') or ''}"))
            or _follows_control(node)
        )


def _follows_control(node: Node) -> bool:
    """Whether right before an element stands what opens it."""
    before = node.prev
    while before is not None and not before.is_element_node:
        before = before.prev
    if before is None:
        return False
    held = before.attributes
    if before.tag == "input":
        return held.get("type") in _SWITCHES
    if before.tag in ("button", "summary", "label") or "onclick" in held or "aria-expanded" in held:
        return True
    if held.get("role") in ("button", "tab"):
        return True
    return before.tag in _HEADS and before.css_first(_CONTROLS) is not None
