"""The commands `ibid cache` and `ibid cache clear`: what Ibid keeps on this machine."""

from __future__ import annotations

import typer

from ui import terminal
from ui.show import size, visible

cache_app = typer.Typer(invoke_without_command=True)


@cache_app.callback()
def cache(ctx: typer.Context) -> None:
    """Show what Ibid keeps on this machine; `clear` deletes it.

    What it lists can be made again; feedback beside it cannot, and stays. The folder is named by
    IBID_HOME when that is set.

    \b
    Examples:
      ibid cache
      ibid cache clear
    """
    if ctx.invoked_subcommand:
        return
    from index import cache as kept

    entries = kept.entries()
    lines = [f"{size(e.size_bytes):>12}  {e.kind:<7}  {visible(e.name)}" for e in entries]
    total = size(sum(e.size_bytes for e in entries))
    terminal.result("\n".join([*lines, f"{total:>12}  in {visible(str(kept.home()))}"]))


@cache_app.command()
def clear() -> None:
    """Delete all indexes, encoders and cells of tables in the cache."""
    from index import cache as kept

    terminal.result(f"freed {size(kept.clear())}")
