"""Designed pages as HTML: columns, grids and floats, for the programs that print it."""

from __future__ import annotations

import html
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.kit.designed import DesignedPage, PageBlock
from benchmarks.kit.designed_rows import LAYOUTS as ROWS, rows_body

_ASIDE = ("callout", "quote", "figure")
_TAGS = {"title": "h1", "heading": "h2", "lead": "p", "text": "p", "byline": "p", "note": "p"}
_STYLE = """
body { font: %(size)spt/1.3 %(font)s; margin: 0; hyphens: auto;
  text-align: %(align)s; }
h1 { font-size: 2.4em; line-height: 1.1; margin: 0 0 .3em; text-align: left; hyphens: none; }
h2 { font-size: 1.25em; margin: .9em 0 .3em; text-align: left; hyphens: none; }
p { margin: 0 0 %(below)s; text-indent: %(indent)s; }
.lead { font-size: 1.35em; text-indent: 0; } .byline { font-style: italic; text-indent: 0; }
.initial::first-letter { float: left; font-size: 3.1em; line-height: .85; padding-right: .08em; }
.callout, .panel { padding: 8pt; %(box)s } .callout p { text-indent: 0; font-size: .92em; }
.callout { margin: 0 0 1em; break-inside: avoid; } .callout h3 { font-size: 1em; margin: 0; }
.quote { font-size: 1.5em; line-height: 1.2; margin: .6em 0; break-inside: avoid;
  text-align: center; border-top: 1pt solid #333; border-bottom: 1pt solid #333; hyphens: none; }
figure { margin: 0 0 1em; break-inside: avoid; } figcaption { font-size: .8em; text-align: left; }
svg { width: 100%%; height: 90pt; display: block; }
.note { font-size: .75em; border-top: .5pt solid black; text-indent: 0; }
.main { column-gap: %(gap)spt; column-count: %(columns)s; }
.sidebar { display: grid; gap: %(gap)spt; grid-template-columns: %(grid)s; }
.float .callout, .float .quote, .float figure { float: %(side)s; width: 42%%;
  margin: .3em %(away)s; box-sizing: border-box; }
.panels { display: grid; grid-template-columns: 1fr 1fr; gap: %(gap)spt; }
.slide { break-after: page; } .slide .two { display: grid; grid-template-columns: 1fr 1fr;
  gap: 30pt; } .slide .two p { font-size: 1.6em; }
.margin { padding-left: 30pt; padding-right: 130pt; position: relative; }
.margin .callout, .margin .quote, .margin figure { float: right; clear: right; width: 112pt;
  margin-right: -130pt; font-size: .8em; }
.count { position: absolute; left: 0; }
@page { size: %(paper)s; margin: 18mm; }
"""
_PICTURE = (
    '<svg viewBox="0 0 100 40" preserveAspectRatio="none"><rect width="100" height="40" '
    'fill="#89a"/><circle cx="30" cy="20" r="12" fill="#567"/></svg>'
)


def page_of(page: DesignedPage) -> str:
    """A page as HTML."""
    look = page.look
    box = "background: #e8e4d8;" if look.tinted else ""
    style = _STYLE % {
        "size": look.size,
        "font": "serif" if look.justified else "sans-serif",
        "align": "justify" if look.justified else "left",
        "below": "0" if look.indented else ".6em",
        "indent": "1.2em" if look.indented else "0",
        "box": box + ("border: 1pt solid #444;" if look.framed else ""),
        "gap": look.gap,
        "columns": look.columns if page.layout == "columns" else look.columns - 1,
        "grid": "1fr 2.4fr" if look.left else "2.4fr 1fr",
        "side": "left" if look.left else "right",
        "away": "1em .5em 0" if look.left else "0 .5em 1em",
        "paper": "A4 landscape" if page.layout == "slides" else "A4",
    }
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{page.name}</title>'
        f"<style>{style}</style></head><body>{_body(page)}</body></html>"
    )


def _body(page: DesignedPage) -> str:
    if page.layout in ROWS:
        return rows_body(page)
    if page.layout == "panels":
        parts = "".join(f'<div class="panel">{_all(s, page)}</div>' for s in page.sections())
        return f'<div class="panels">{parts}</div>'
    if page.layout == "slides":
        return "".join(_slide(section, page) for section in page.sections())
    head = [b for b in page.blocks if b.kind in ("title", "lead", "byline")]
    rest = [b for b in page.blocks if b.kind not in ("title", "lead", "byline")]
    if page.layout != "sidebar":
        return f'{_all(head, page)}<div class="main {page.layout}">{_all(rest, page)}</div>'
    beside = f"<aside>{_all([b for b in rest if b.kind in _ASIDE], page)}</aside>"
    main = f'<div class="main">{_all([b for b in rest if b.kind not in _ASIDE], page)}</div>'
    both = beside + main if page.look.left else main + beside
    return f'{_all(head, page)}<div class="sidebar">{both}</div>'


def _slide(section: Sequence[PageBlock], page: DesignedPage) -> str:
    heads = [b for b in section if b.kind != "text"]
    texts = [f"<div>{_all([b], page)}</div>" for b in section if b.kind == "text"]
    return f'<div class="slide">{_all(heads, page)}<div class="two">{"".join(texts)}</div></div>'


def _all(blocks: Sequence[PageBlock], page: DesignedPage) -> str:
    found: list[str] = []
    count = 0
    for block in blocks:
        texts = [html.escape(text) for text in block.texts]
        if block.kind == "callout":
            found.append(f'<div class="callout"><h3>{texts[0]}</h3><p>{texts[1]}</p></div>')
        elif block.kind == "quote":
            found.append(f'<div class="quote">{texts[0]}</div>')
        elif block.kind == "figure":
            found.append(f"<figure>{_PICTURE}<figcaption>{texts[0]}</figcaption></figure>")
        else:
            tag, kind = _TAGS[block.kind], block.kind
            count += kind == "text"
            if kind == "text" and page.layout == "margin":
                found.append(f'<span class="count">{count}</span>')
            elif kind == "text" and count == 1 and page.look.initial:
                kind = "initial"
            found.append(f'<{tag} class="{kind}">{texts[0]}</{tag}>')
    return "".join(found)


def chromium(page: DesignedPage, pdf: Path) -> None:
    """As most web pages are printed, without tags."""
    _print(page, pdf, "--disable-pdf-tagging")


def chromium_tagged(page: DesignedPage, pdf: Path) -> None:
    """As the page's dialog does."""
    _print(page, pdf)


def _print(page: DesignedPage, pdf: Path, *flags: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{page.name}.html"
        file.write_text(page_of(page), "utf-8")
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", *flags,
                   "--no-pdf-header-footer", f"--print-to-pdf={pdf}", file.as_uri()]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=300)


def weasyprint(page: DesignedPage, pdf: Path) -> None:
    """CSS by another program."""
    from weasyprint import HTML

    plain = page._replace(look=page.look._replace(initial=False))  # it fails on some of them
    HTML(string=page_of(plain)).write_pdf(pdf)
