"""The commands of a person who keeps an index: `ibid index`, `ibid remove`, `ibid status`."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from index import MissingPath
from ui import terminal
from ui.commands.annotating import make_guides
from ui.commands.options import KEPT, listing
from ui.show import (
    count,
    described,
    files_of,
    kept_in,
    report_lines,
    status_json,
    visible,
)

if TYPE_CHECKING:
    from index import Failure, Index, UpdateReport

STOPPED = 130  # what a program gets that is ended by Ctrl-C


def index(
    into: Annotated[
        Path, typer.Option(metavar="DIR", help="The folder of the index; made when new.")
    ],
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH",
            help="Files and folders. [default: those it has]",
            show_default=False,
        ),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="A sentence-transformers folder or hub name. "
            "[default: the index's; of a new one all-MiniLM-L6-v2]",
            show_default=False,
        ),
    ] = None,
    exact: Annotated[
        bool,
        typer.Option(
            "--exact", help="The default model in full precision; takes twice the time to index."
        ),
    ] = False,
    include: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PATTERN",
            help="Read these alone, as in .gitignore: '*.pdf'; '' forgets it.",
            show_default=False,
        ),
    ] = None,
    exclude: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PATTERN",
            help="Leave these out: 'drafts/', '*.tmp.md'; '' forgets it.",
            show_default=False,
        ),
    ] = None,
    text_field: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="The field of JSON records that holds their text.",
            show_default=False,
        ),
    ] = None,
    check: Annotated[
        bool,
        typer.Option(
            "--check", help="Hash every file, unchanged as it may look; mend what is damaged."
        ),
    ] = False,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Make it again of the files it keeps.")
    ] = False,
    workers: Annotated[
        str | None,
        typer.Option(
            metavar="N|HOST:PORT",
            help="Read and encode by N workers of Ray, or by those of its cluster.",
            show_default=False,
        ),
    ] = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Then wait for changes, and take them in.")
    ] = False,
) -> None:
    """Make an index in a folder of your own, or bring it up to date.

    Only what changed is read again: a file is unchanged when its size, time and inode are. What
    is not below PATH stays as it is; without PATH all that is in the index is looked at. Files
    that .gitignore or .ibidignore name are left out, and so are hidden ones: `ibid status` tells
    which. The rules given here are remembered. After Ctrl-C the same command goes on where it was.

    \b
    Exit codes:
      0  indexed, if some files could not be read    2    wrong usage
      1  nothing was indexed, or another error       130  stopped
      4  indexed, but something that was read before cannot be opened now (no
         rights, not mounted …): it stays as it was, and is named

    \b
    Examples:
      ibid index ~/contracts --into contracts.ibid
      ibid ask "When does the lease end?" --documents contracts.ibid
      ibid index --into contracts.ibid
      ibid index ~/notes --into notes.ibid --exclude 'drafts/' --watch
      ibid index --into contracts.ibid --model ./multilingual --rebuild
      ibid index ~/archive --into milvus://host:19530/archive --workers 8
    """
    if rebuild and (paths or include or exclude or text_field or check):
        raise typer.BadParameter(
            "--rebuild takes what is in the index: give --model or --exact alone"
        )
    if exact and model:
        raise typer.BadParameter("--exact is of the default model: leave out --model")
    from index import EXACT, Index, RayWorkers, index_at
    from ui.commands.watch import keep_up
    from ui.progress import progress

    usual = Index.usual
    own = index_at(into, replace(usual, workers=RayWorkers(workers)) if workers else usual)
    named = EXACT if exact else model
    try:
        with progress() as telling:
            if rebuild:
                report = own.rebuild(model=named, progress=telling)
            else:
                report = own.update(
                    paths or (),
                    model=named,
                    include=_patterns(include),
                    exclude=_patterns(exclude),
                    text_field=text_field,
                    check=check,
                    progress=telling,
                )
    except KeyboardInterrupt:
        terminal.tell("stopped; what was done is kept, and the same command goes on from there")
        raise typer.Exit(STOPPED) from None
    _tell_and_guide(report)
    if watch:
        keep_up(own, _tell_and_guide)
    elif kept_in(report.failures):
        raise typer.Exit(KEPT)


def _tell_and_guide(report: UpdateReport, known: Set[Failure] = frozenset()) -> None:
    """Say what an update did; what it holds can be asked from then on, and gets its guides."""
    from index import index_at

    tell(report, known)
    with index_at(report.path).annotating() as opened:
        make_guides(opened)


def _patterns(given: list[str] | None) -> list[str] | None:
    """None keeps the rule that the index has; an empty pattern is none."""
    return [pattern for pattern in given if pattern] if given else None


def remove(
    names: Annotated[
        list[str], typer.Argument(metavar="NAME", help="As `ibid status --files` lists them.")
    ],
    from_: Annotated[Path, typer.Option("--from", metavar="DIR", help="The folder of the index.")],
) -> None:
    """Take files out of an index; the files themselves stay where they are.

    NAME is a file's name in the index, a folder of it, a pattern, or a path that was indexed. What
    was taken out stays out until it is named to `ibid index`. Its text leaves the disk at once, or
    when the last page that has it open is closed and the index changes next.

    \b
    Examples:
      ibid remove 2019/lease.pdf --from contracts.ibid
      ibid remove 'drafts/*' ~/old-contracts --from contracts.ibid
      ibid index ~/contracts/2019/lease.pdf --into contracts.ibid
    """
    from index import index_at
    from ui.progress import progress

    with progress() as telling:
        tell(index_at(from_).remove(*names, progress=telling))


def status(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH", help="An index, or folders that were asked together."),
    ],
    files: Annotated[
        bool,
        typer.Option("--files", help="Then list every file, and what is not read with its reason."),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="As JSON, with every file that is not read.")
    ] = False,
) -> None:
    """Say what an index holds, what could not be read, and whether it is up to date.

    \b
    Exit codes:
      0  something is indexed     1  nothing is, or another error
      4  something is, and some of it cannot be looked at now

    \b
    Examples:
      ibid status contracts.ibid
      ibid status ~/contracts
      ibid status contracts.ibid --files
      ibid status contracts.ibid --json | jq .unread
    """
    if as_json and files:
        raise typer.BadParameter("--json tells the files already; give one of the two")
    found = _index_of(paths).status()
    terminal.result(status_json(found) if as_json else described(found))
    if files:
        terminal.result(files_of(found))
    if kept_in(found.unread):
        raise typer.Exit(KEPT)


def _index_of(paths: Sequence[Path]) -> Index:
    """The index itself, or that of folders which were asked with `--documents`."""
    from index import Index, index_at, is_index

    if len(paths) == 1 and is_index(paths[0]):
        return index_at(paths[0])
    kept = Index.of(*paths)
    if not is_index(kept.path):
        named = " ".join(map(str, paths))
        raise MissingPath(
            f"{named} is no index and was not asked yet; make an index of it with: "
            f"ibid index {named} --into DIR"
        )
    return kept


def tell(report: UpdateReport, known: Set[Failure] = frozenset()) -> None:
    """The sums, what became of the files, and each that could not be read and is not `known`."""
    became = {
        "added": report.added,
        "changed": report.changed,
        "renamed": report.renamed,
        "removed": report.removed,
        "unchanged": report.unchanged,
    }
    parts = [f"{number:,} {what}" for what, number in became.items() if number]
    from index import as_given

    terminal.tell_failures([f for f in report.failures if f not in known], most=None)
    lines = [
        f"{count(report.documents, 'document')}, {count(report.passages, 'passage')}, "
        f"{count(report.sentences, 'sentence')} in {visible(as_given(report.path))}",
        f"files: {', '.join(parts)}",
        *report_lines(report.files, listing([report.path])),
    ]
    terminal.result("\n".join(lines))
