"""Small Office files made by hand, for what a real program cannot be told to write."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from index.load.loading import load_file
from index.types import Document

FORMATS = Path(__file__).parents[3] / "formats"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
X = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_CUSTOM = f"{REL}/custom-properties"
_APP = f"{REL}/extended-properties"


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of these members."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def overlapping(data: bytes) -> bytes:
    """The archive with its last file said to stand where its first one does."""
    made = bytearray(data)
    first, last = made.index(b"PK\x01\x02"), made.rindex(b"PK\x01\x02")
    assert first != last
    made[last + 42 : last + 46] = made[first + 42 : first + 46]
    return bytes(made)


def members(data: bytes) -> dict[str, bytes]:
    """What a zip archive holds."""
    with ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def without(data: bytes, name: str) -> bytes:
    """The archive without a member."""
    return zipped({k: v for k, v in members(data).items() if k != name})


def replaced(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """The archive with `new` for `old` in a member."""
    held = members(data)
    assert old in held[name]
    return zipped({**held, name: held[name].replace(old, new)})


def rels(links: Mapping[str, tuple[str, str]]) -> str:
    """The links of a part: id to (kind, target)."""
    made = (
        f'<Relationship Id="{i}" Type="{k if "/" in k else f"{REL}/{k}"}" Target="{t}"/>'
        for i, (k, t) in links.items()
    )
    return f'<Relationships xmlns="{_RELS}">{"".join(made)}</Relationships>'


def package(
    main: str, parts: Mapping[str, str], links: Mapping[str, tuple[str, str]], **said: str
) -> bytes:
    """A file whose main part is `main`.

    `said` are core properties, `Pages` and `Manager`, and `custom`, the inside of custom ones.
    """
    custom = f"<Properties>{said.pop('custom', '')}</Properties>"
    app = "".join(f"<{k}>{said.pop(k)}</{k}>" for k in ("Pages", "Manager") if k in said)
    core = "".join(f"<{k}>{v}</{k}>" for k, v in said.items())
    folder, _, name = main.rpartition("/")
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": rels(
                {
                    "a": ("officeDocument", main),
                    "b": (_CORE, "core.xml"),
                    "c": (_APP, "app.xml"),
                    "d": (_CUSTOM, "custom.xml"),
                }
            ),
            "core.xml": f"<core>{core}</core>",
            "app.xml": f"<Properties>{app}</Properties>",
            "custom.xml": custom,
            f"{folder}/_rels/{name}.rels": rels(links),
            **parts,
        }
    )


def word(body: str, **parts: str) -> bytes:
    """A Word file; `parts` are the insides of styles, numbering … or what `package` takes.

    header1, footer1 … are linked to by these names.
    """
    kinds = ("styles", "numbering", "footnotes", "endnotes", "settings", *margins(parts))
    inner = {
        f"word/{kind}.xml": f'<w:{kind} xmlns:w="{W}">{parts[kind]}</w:{kind}>'
        for kind in kinds
        if kind in parts
    }
    inner["word/document.xml"] = (
        f'<w:document xmlns:w="{W}" xmlns:r="{REL}" xmlns:mc="{MC}"><w:body>{body}</w:body>'
        "</w:document>"
    )
    links = {kind: (kind.rstrip("0123456789"), f"{kind}.xml") for kind in kinds if kind in parts}
    said = {k: v for k, v in parts.items() if k not in kinds}
    return package("word/document.xml", inner, links, **said)


def margins(parts: Mapping[str, str]) -> list[str]:
    """Those of the parts that are headers and footers."""
    return [kind for kind in parts if kind.startswith(("header", "footer"))]


def para(text: str = "", look: str = "", run: str = "") -> str:
    """A paragraph of one run; `look` and `run` are the insides of w:pPr and w:rPr."""
    return f"<w:p><w:pPr>{look}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def styled(style: str) -> str:
    """What gives a paragraph a style."""
    return f'<w:pStyle w:val="{style}"/>'


def style(style_id: str, name: str, inner: str = "", based_on: str = "") -> str:
    """A paragraph style."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    head = f'<w:style w:type="paragraph" w:styleId="{style_id}"><w:name w:val="{name}"/>'
    return f"{head}{base}{inner}</w:style>"


def workbook(*sheets: str, styles: str = "", strings: str = "", **names: str) -> bytes:
    """An Excel file of sheets Sheet1, Sheet2 …, each given as the inside of its sheetData.

    `names` are attributes of the sheets: `Sheet2='name="Fees" state="hidden"'`.
    """
    listed, parts, links = "", {}, {}
    for i, rows in enumerate(sheets, 1):
        said = names.get(f"Sheet{i}", f'name="Sheet{i}"')
        listed += f'<sheet {said} sheetId="{i}" r:id="rId{i}"/>'
        data = rows if "<sheetData" in rows else f"<sheetData>{rows}</sheetData>"
        parts[f"xl/sheet{i}.xml"] = f'<worksheet xmlns="{X}">{data}</worksheet>'
        links[f"rId{i}"] = ("worksheet", f"sheet{i}.xml")
    parts["xl/styles.xml"] = f'<styleSheet xmlns="{X}">{styles}</styleSheet>'
    parts["xl/strings.xml"] = f'<sst xmlns="{X}">{strings}</sst>'
    links |= {"st": ("styles", "styles.xml"), "ss": ("sharedStrings", "strings.xml")}
    said = names.get("properties", "")
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{X}" xmlns:r="{REL}">{said}<sheets>{listed}</sheets></workbook>'
    )
    return package(
        "xl/workbook.xml", parts, links, **{k: names[k] for k in ("title", "custom") if k in names}
    )


def cells(row: int, *values: str) -> str:
    """A row of a sheet: numbers as such, other values as texts in place."""
    made = ""
    for i, value in enumerate(values):
        place = f"{chr(ord('A') + i)}{row}"
        if value.replace(".", "", 1).lstrip("-").isdecimal():
            made += f'<c r="{place}"><v>{value}</v></c>'
        elif value:
            made += f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<row r="{row}">{made}</row>'


def slides(*inner: str, notes: Mapping[int, str] | None = None, **parts: str) -> bytes:
    """A PowerPoint file; each slide is the inside of its p:spTree (with "hidden:" in front)."""
    made: dict[str, str] = {}
    listed, links = "", {}
    for i, tree in enumerate(inner, 1):
        shown = ' show="0"' if tree.startswith("hidden:") else ""
        made[f"ppt/slide{i}.xml"] = _tree("sld", tree.removeprefix("hidden:"), shown)
        listed += f'<p:sldId id="{255 + i}" r:id="rId{i}"/>'
        links[f"rId{i}"] = ("slide", f"slide{i}.xml")
        own = {"l": ("slideLayout", "layout.xml"), "c": ("chart", "chart.xml")}
        own["d"] = ("diagramData", "diagram.xml")
        if notes and i in notes:
            made[f"ppt/notes{i}.xml"] = _tree("notes", notes[i])
            own["n"] = ("notesSlide", f"notes{i}.xml")
        made[f"ppt/_rels/slide{i}.xml.rels"] = rels(own)
    for name in ("layout", "master"):
        made[f"ppt/{name}.xml"] = _tree(
            "sldLayout", parts.get(name, ""), "", parts.get("lists", "")
        )
    made["ppt/_rels/layout.xml.rels"] = rels({"m": ("slideMaster", "master.xml")})
    made |= {f"ppt/{name}.xml": parts[name] for name in ("chart", "diagram") if name in parts}
    made["ppt/presentation.xml"] = (
        f'<p:presentation xmlns:p="{P}" xmlns:r="{REL}"{parts.get("numbered", "")}>'
        f"<p:sldIdLst>{listed}</p:sldIdLst></p:presentation>"
    )
    said = {k: v for k, v in parts.items() if k in ("title", "creator", "custom")}
    return package("ppt/presentation.xml", made, links, **said)


def _tree(root: str, inner: str, attributes: str = "", after: str = "") -> str:
    return (
        f'<p:{root} xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{REL}" xmlns:mc="{MC}"{attributes}>'
        f"<p:cSld><p:spTree>{inner}</p:spTree></p:cSld>{after}</p:{root}>"
    )


def shape(
    *lines: str, at: tuple[int, int] | None = None, holder: str = "", hidden: str = ""
) -> str:
    """A shape with a text; a line in angle brackets is an a:p of its own."""
    place = f'<a:xfrm><a:off x="{at[1]}" y="{at[0]}"/></a:xfrm>' if at else ""
    texts = (t if t.startswith("<") else f"<a:p><a:r><a:t>{t}</a:t></a:r></a:p>" for t in lines)
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name=""{hidden}/><p:nvPr>{holder}</p:nvPr></p:nvSpPr>'
        f"<p:spPr>{place}</p:spPr><p:txBody>{''.join(texts)}</p:txBody></p:sp>"
    )


def loaded(data: bytes, name: str) -> Document:
    """The one document of a file, which loads without a failure, but for what is hidden in it."""
    found = load_file(data, name)
    assert all(f.partly and "left out" in f.reason for f in found.failures)
    (document,) = found.documents
    return document


def lines(document: Document) -> list[str]:
    """The blocks, a line each: kind, level, marker and text."""
    found = []
    for block in document.blocks:
        marker = document.text[block.start : block.body]
        words = document.text[block.body : block.end]
        found.append(f"{block.kind.value}{block.level or ''}: {marker}{words}")
    return found
