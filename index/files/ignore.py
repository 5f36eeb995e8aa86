"""What .gitignore, .ibidignore and a root's own patterns leave out."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from index.errors import OutOfReach, UnreadableDocument
from index.failures import Why, printable
from index.files.reading import read_regular
from index.files.roots import Root

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

IGNORE_FILES = (".gitignore", ".ibidignore")  # what the latter says goes before the former
_MAX_RULES = 2**16  # bytes of a file of them: each name is held against each of its lines


class Left(NamedTuple):
    """Why a path is left out: `by` names what says so, to people."""

    why: Why
    by: str


class Wrong(NamedTuple):
    """A file of rules that is none, by its path in the root, and why."""

    inner: str
    why: str


class _Rule(NamedTuple):
    """Patterns, and the folder they speak of: "" or a path in the root with a slash behind."""

    folder: str
    spec: GitIgnoreSpec
    name: str  # of where they stand
    why: Why = Why.IGNORED

    def says(self, inner: str) -> Left | bool | None:
        """What leaves `inner` out, a path in the root; False: taken back; None: not spoken of."""
        found = self.spec.check_file(inner[len(self.folder) :])
        if not found.include or found.index is None:
            return found.include
        pattern = printable(str(self.spec.patterns[found.index].pattern))
        return Left(self.why, f"{pattern} in {self.name}")


class Ignoring(NamedTuple):
    """The rules that hold in a folder: the root's own, if any, and those of the folders to it."""

    include: GitIgnoreSpec | None
    own: _Rule | None
    nearest: tuple[_Rule, ...] = ()  # the nearest last

    @classmethod
    def of(cls, root: Root) -> Ignoring:
        """Those of a root alone."""
        if not (root.include or root.exclude):
            return cls(None, None)
        from pathspec import GitIgnoreSpec  # most folders have no patterns: a question's neither

        exclude = _Rule("", GitIgnoreSpec.from_lines(root.exclude), "--exclude", Why.EXCLUDED)
        return cls(GitIgnoreSpec.from_lines(root.include) if root.include else None, exclude)

    def within(
        self, folder: Path, inner: str, names: Collection[str]
    ) -> tuple[Ignoring, list[Wrong]]:
        """The rules in a folder; `names` are those of the files in it that hold rules.

        `inner` is its path in the root, as in `_Rule`. With them those of which the rules are not
        known. Raises OutOfReach where one cannot be opened.
        """
        if not names:
            return self, []
        from index.files.patterns import spec_of

        rules, wrong = list(self.nearest), []
        for name in names:
            try:
                data = read_regular(folder / name, inner + name, _MAX_RULES)
            except OutOfReach:
                raise
            except UnreadableDocument as exc:
                why = str(exc).removeprefix(f"{inner}{name}: ")
                wrong.append(Wrong(inner + name, f"{why}; what it leaves out is not known"))
                continue
            spec = spec_of(data.decode("utf-8", "replace").splitlines())
            rules.append(_Rule(inner, spec, printable(inner + name)))
        return self._replace(nearest=tuple(rules)), wrong

    def leave_out(self, inner: str) -> Left | None:
        """Why a path is left out, None where it is not; that of a folder has a slash behind."""
        said = (rule.says(inner) for rule in reversed(self.nearest))
        nearest = next((s for s in said if s is not None), None)
        own = nearest or (self.own and self.own.says(inner))
        if isinstance(own, Left):
            return own
        if self.include is None or inner.endswith("/") or self.include.match_file(inner):
            return None
        return Left(Why.EXCLUDED, "not among --include")
