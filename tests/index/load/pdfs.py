"""PDF files written by hand: what no program at hand makes, or not so small."""

from __future__ import annotations

from collections.abc import Sequence

FONTS = {"F1": "Helvetica", "F2": "Helvetica-Bold", "F3": "Courier"}


def pdf(
    pages: Sequence[str],
    *,
    catalog: str = "",
    info: str = "",
    page: str = "",
    more: Sequence[str] = (),
) -> bytes:
    """A file whose pages have these contents; `more` are objects, the first of them number 10.

    `catalog`, `info` and `page` are entries that these dictionaries have besides the usual ones.
    """
    first = 10 + len(more)
    kids = " ".join(f"{first + 2 * i} 0 R" for i in range(len(pages)))
    fonts = " ".join(f"/{key} {n} 0 R" for n, key in enumerate(FONTS, 4))
    objects = {
        1: f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} /MediaBox [0 0 400 400] "
        f"/Resources << /Font << {fonts} >> >> >>",
        3: f"<< {info} >>",
        **{
            n: f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
            for n, name in enumerate(FONTS.values(), 4)
        },
        **dict(enumerate(more, 10)),
    }
    for i, content in enumerate(pages):
        at = first + 2 * i
        objects[at] = f"<< /Type /Page /Parent 2 0 R /Contents {at + 1} 0 R {page} >>"
        objects[at + 1] = stream(content)
    return _file(objects)


def stream(content: str, entries: str = "") -> str:
    """A stream object."""
    return f"<< /Length {len(content.encode('cp1252'))} {entries} >>\nstream\n{content}\nendstream"


def line(x: float, y: float, text: str, size: float = 10, font: str = "F1", mode: int = 0) -> str:
    """A line of text; `mode` 3 is invisible, as what OCR lays over a picture."""
    for c in "\\()":
        text = text.replace(c, "\\" + c)
    return f"BT /{font} {size} Tf {mode} Tr {x} {y} Td ({text}) Tj ET"


def lines(*texts: str, x: float = 40, y: float = 350, pitch: float = 12, size: float = 10) -> str:
    """Lines below one another."""
    return "\n".join(line(x, y - pitch * i, text, size) for i, text in enumerate(texts))


def picture(x: float = 0, y: float = 0, wide: float = 400, high: float = 400) -> str:
    """A grey picture of one pixel."""
    return f"q {wide} 0 0 {high} {x} {y} cm BI /W 1 /H 1 /CS /G /BPC 8 ID Q EI Q"


def drawn_font(unnamed: str = "", named: dict[str, int] | None = None) -> list[str]:
    """Objects 10 to 12: a font whose letters are boxes, and which says what each of them is.

    But for those of `unnamed`; `named` gives other code points to some.
    """
    codes = [code for code in range(33, 127) if chr(code) not in unnamed]
    told = {chr(code): code for code in codes} | {" ": 32} | (named or {})
    rows = "\n".join(f"<{ord(c):02X}> <{code:04X}>" for c, code in told.items())
    shapes = " ".join(f"/g{code}" for code in range(33, 127))
    return [
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 10 10] /FontMatrix [0.1 0 0 0.1 0 0] "
        f"/CharProcs << {' '.join(f'/g{code} 11 0 R' for code in range(33, 127))} >> "
        f"/Encoding << /Differences [33 {shapes}] >> /FirstChar 32 /LastChar 126 "
        f"/Widths [{'6 ' * 95}] /ToUnicode 12 0 R >>",
        stream("6 0 0 0 5 7 d1 0 0 5 7 re f"),
        stream(
            "begincmap 1 begincodespacerange <00> <FF> endcodespacerange\n"
            f"{len(told)} beginbfchar\n{rows}\nendbfchar endcmap"
        ),
    ]


def _file(objects: dict[int, str]) -> bytes:
    out = b"%PDF-1.7\n"
    offsets = {}
    for n, body in sorted(objects.items()):
        offsets[n] = len(out)
        out += f"{n} 0 obj\n{body}\nendobj\n".encode("cp1252")
    size = max(objects) + 1
    rows = (
        f"{offsets[n]:010} 00000 n \n" if n in offsets else "0000000000 65535 f \n"
        for n in range(size)
    )
    table = f"xref\n0 {size}\n{''.join(rows)}"
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R /Info 3 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + table.encode() + trailer.encode()
