"""HTML: what no reader of a page sees is left out, and what it shows in another state is kept."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from index.load.loading import Loaded, load_file
from tests.index.load.test_epub import book

SEEN = "The ferry sails at nine every day of the week."
SECRET = "The secret harbour costs nine million crowns."

# with ¤ for the words
UNSEEN = {
    "display inline": '<p style="display:none">¤</p>',
    "visibility": '<p style="visibility:hidden">¤</p>',
    "vis child": '<div style="visibility:hidden"><p>¤</p></div>',
    "hidden": "<p hidden>¤</p>",
    "opacity": '<p style="opacity:0">¤</p>',
    "opacity .01": '<p style="opacity:.01">¤</p>',
    "font0": '<p style="font-size:0">¤</p>',
    "font .1pt": '<span style="font-size:0.1pt">¤</span>',
    "font1px": '<p style="font-size:1px">¤</p>',
    "white": '<p style="color:white">¤</p>',
    "white #fefefe": '<p style="color:#fefefe">¤</p>',
    "white font": '<p><font color="#ffffff">¤</font></p>',
    "white on own": '<div style="background:#123"><p style="color:#112233">¤</p></div>',
    "sheet tag": "<style>em{color:#fff}</style><p><em>¤</em></p>",
    "sheet class": '<style>.a{display:none}</style><p class="a">¤</p>',
    "sheet id": '<style>#k{opacity:0}</style><p id="k">¤</p>',
    "sheet comb": (
        "<style>div.x > p.b i{font-size:0}</style><div class=x><p class=b><i>¤</i></p></div>"
    ),
    "left": '<p style="position:absolute;left:-9999px">¤</p>',
    "sheet left": "<style>.q{position:absolute;left:-10000px}</style><p class=q>¤</p>",
    "indent": '<p style="text-indent:-9999px">¤</p>',
    "clip": '<p style="position:absolute;clip:rect(0,0,0,0)">¤</p>',
    "clip-path": '<p style="clip-path:inset(100%)">¤</p>',
    "height0": '<div style="height:0;overflow:hidden">¤</div>',
    "1px box": '<div style="height:1px;width:1px;overflow:hidden">¤</div>',
    "aria": '<p aria-hidden="true">¤</p>',
    "aria span": '<p>Hello there <span aria-hidden="true">¤</span></p>',
    "scale": '<p style="transform:scale(0)">¤</p>',
    "translate": '<p style="transform:translateX(-9999px)">¤</p>',
    "sr-only": '<p class="sr-only">¤</p>',
    "transparent": '<p style="color:transparent">¤</p>',
    "rgba": '<p style="color:rgba(0,0,0,0)">¤</p>',
    "dialog": "<dialog>¤</dialog>",
    "important": (
        "<style>p.z{display:block} .z{display:none !important}</style>"
        '<p class="z" style="display:block">¤</p>'
    ),
    "body bg": "<style>body{background:black;color:#ddd} .n{color:#000}</style><p class=n>¤</p>",
    "media screen": "<style>@media screen{.n{display:none}}</style><p class=n>¤</p>",
    "translate%": '<p style="position:fixed;top:-9999em">¤</p>',
    "maxheight": '<p style="max-height:0;overflow:hidden">¤</p>',
    "popover": "<div popover>¤</div>",
    "cell": '<table><tr><th>Day<th>Time<tr><td>Mon<td style="color:#fff">¤</table>',
    "zwidth": '<p style="letter-spacing:-1em;width:0;overflow:hidden">¤</p>',
    "content-vis": '<p style="content-visibility:hidden">¤</p>',
    "filter": '<p style="filter:opacity(0)">¤</p>',
}
SEEN_SOMETIMES_OR_ALWAYS = {
    "tabpanel": "<div role=tabpanel hidden>¤</div>",
    "details": "<details><summary>More</summary><p>¤</p></details>",
    "until-found": '<div hidden="until-found">¤</div>',
    "controls": "<button aria-controls=x>Q</button><p>..</p><div id=x hidden>¤</div>",
    "target": (
        '<a data-toggle="collapse" data-target="#x">Q</a><p>..</p>'
        '<div id=x style="display:none">¤</div>'
    ),
    "bs": (
        '<a data-bs-toggle="collapse" data-bs-target=".multi">Q</a><p>..</p>'
        '<div class="multi" style="display:none">¤</div>'
    ),
    "href": '<a href="#x">Q</a><p>..</p><div id=x style="display:none">¤</div>',
    "dialog ctl": "<button popovertarget=x>Q</button><p>..</p><dialog id=x>¤</dialog>",
    "modal": (
        '<a data-target="#x">Q</a><p>..</p>'
        '<div id=x role=dialog class="modal fade" style="display:none"><p>¤</p></div>'
    ),
    "carousel": (
        "<style>.item{display:none}.item.active{display:block}</style>"
        '<div class="item active">One.</div><div class=item>¤</div>'
    ),
    "desktop": "<style>@media (max-width:600px){.d{display:none}}</style><p class=d>¤</p>",
    "desktop2": (
        "<style>.d{display:none}@media (min-width:600px){.d{display:block}}</style><p class=d>¤</p>"
    ),
    "print": "<style>@media print{.d{display:none}}</style><p class=d>¤</p>",
    "style media": "<style media=print>.d{display:none}</style><p class=d>¤</p>",
    "checkbox": (
        "<style>.c{max-height:0;overflow:hidden} input:checked ~ .c{max-height:100px}</style>"
        "<input type=checkbox id=t><label for=t>Q</label><div class=c>¤</div>"
    ),
    "dark header": (
        "<style>th{background:#234;color:white}</style><table><tr><th>¤<th>b<tr><td>c<td>d</table>"
    ),
    "bgcolor": (
        '<table><tr bgcolor="#003366"><td><font color=white>¤</font><td>x<tr><td>a<td>b</table>'
    ),
    "dark body": '<body style="background:#111;color:#eee"><p style="color:white">¤</p>',
    "bg image": '<div style="background-image:url(x.jpg)"><p style="color:#fff">¤</p></div>',
    "gradient": (
        '<div style="background:linear-gradient(#000,#333)"><p style="color:#fff">¤</p></div>'
    ),
    "gradient text": (
        '<p style="background:linear-gradient(red,blue);-webkit-background-clip:text;'
        'color:transparent">¤</p>'
    ),
    "hero": '<div><img src=x style="position:absolute"><h2 style="color:white">¤</h2></div>',
    "foreign": '<link rel=stylesheet href=x.css><p style="color:white">¤</p>',
    "spoiler": (
        "<style>.s{color:#000;background:#000}.s:hover{color:#fff}</style><p>"
        "<span class=s>¤</span></p>"
    ),
    "fade": "<style>.f{opacity:0;transition:opacity 1s}.f.in{opacity:1}</style><p class=f>¤</p>",
    "anim": '<p style="opacity:0;animation:in 1s forwards">¤</p>',
    "ratio": '<div style="height:0;padding-bottom:56%;overflow:hidden;position:relative">¤</div>',
    "body fade": '<body style="opacity:0"><p>¤',
    "vis reset": '<div style="visibility:hidden"><p style="visibility:visible">¤</p></div>',
    "var": "<style>:root{--c:#fff}p.v{color:var(--c)}</style><p class=v>¤</p>",
    "text-shadow": '<p style="color:white;text-shadow:0 0 3px black">¤</p>',
    "font gap": '<div style="font-size:0"><span style="font-size:16px">¤</span></div>',
    "modal open": "<main aria-hidden=true><p>¤</p></main>",
    "w3 panel": (
        "<style>.panel{display:none}</style><button class=accordion>Q</button>"
        "<div class=panel>¤</div>"
    ),
    "h3 button": "<h3><button aria-expanded=false>Q</button></h3><div hidden>¤</div>",
    "dt dd": (
        '<dl><dt><button aria-expanded=false>Q</button></dt><dd style="display:none">¤</dd></dl>'
    ),
    "summary ani": '<details><summary>Q</summary><div style="opacity:0">¤</div></details>',
    "hidden block": '<p hidden style="display:block">¤</p>',
    "scrolled": '<div style="position:fixed;top:-1200px">¤</div>',
    "grey": '<p style="color:#999">¤</p>',
    "oklch": '<p style="color:oklch(1 0 0)">¤</p>',
    "abs": '<div style="position:absolute;left:40px"><p style="color:#fff">¤</p></div>',
    "button white": '<p><a href=x style="color:white;background-color:#06c">¤</a></p>',
    "bg none": "<style>p{background:none}</style><p>¤</p>",
    "inherit": '<div style="background:#000;color:#fff"><p style="color:inherit">¤</p></div>',
    "dark scheme": '<style>:root{color-scheme:dark}</style><p style="color:white">¤</p>',
    "focus-within": (
        "<style>.m{visibility:hidden}li:hover .m{visibility:visible}</style><ul><li>"
        "x<div class=m>¤</div></ul>"
    ),
}


def read(body: str) -> Loaded:
    page = body if body.startswith("<body") else f"<body><p>{SEEN}</p>{body}"
    return load_file(f"<title>Ferry</title>{page}<p>{SEEN}</p>".encode(), "a.html")


@pytest.mark.parametrize("body", UNSEEN.values(), ids=UNSEEN)
def test_what_nobody_sees_is_left_out_and_its_amount_named(body: str) -> None:
    loaded = read(body.replace("¤", SECRET))
    assert "secret" not in loaded.documents[0].text
    assert loaded.documents[0].text.count(SEEN) == 2
    (failure,) = loaded.failures
    assert failure.partly
    assert failure.source == "a.html"
    assert failure.reason == (
        f"a.html: a stretch of text ({len(SECRET)} characters) that no reader of the document "
        "sees is left out; to have it read, make it visible and save the file again"
    )


@pytest.mark.parametrize("body", SEEN_SOMETIMES_OR_ALWAYS.values(), ids=SEEN_SOMETIMES_OR_ALWAYS)
def test_what_may_be_seen_is_kept(body: str) -> None:
    loaded = read(body.replace("¤", SECRET))
    assert SECRET in loaded.documents[0].text
    assert loaded.failures == ()


def test_several_stretches_are_one_failure_and_a_link_over_the_menu_is_none() -> None:
    hidden = f"<p hidden>{SECRET}</p><p style='opacity:0'>It is {SECRET}</p>"
    loaded = read(f"<a class=sr-only href=#main>Skip to content</a>{hidden}<p hidden>***</p>")
    (failure,) = loaded.failures
    assert failure.reason.startswith("a.html: 2 stretches of text (96 characters) that no reader")
    assert "Skip" not in loaded.documents[0].text


def test_a_page_that_a_script_shows_is_read() -> None:
    page = f"<title>Ferry</title><div id=app style='display:none'><p>{SEEN}</p></div>"
    loaded = load_file(page.encode(), "a.html")
    assert SEEN in loaded.documents[0].text
    assert loaded.failures == ()


def test_panels_that_open_by_a_click_are_content() -> None:
    panels = [SEEN_SOMETIMES_OR_ALWAYS[n] for n in ("tabpanel", "controls", "w3 panel", "details")]
    loaded = read("".join(body.replace("¤", f"{SECRET} {i}") for i, body in enumerate(panels)))
    assert [f"{SECRET} {i}" in loaded.documents[0].text for i in range(4)] == [True] * 4


def test_unseen_words_of_a_mail_are_named_too() -> None:
    mail = (
        "From: ida@example.org\nSubject: Ferry\nContent-Type: text/html\n\n"
        f"<p>{SEEN}</p><div style='display:none;max-height:0'>{SECRET}</div>"
    )
    loaded = load_file(mail.encode(), "a.eml")
    assert "secret" not in loaded.documents[0].text
    assert [(f.source, f.partly) for f in loaded.failures] == [("a.eml", True)]


@given(st.text(st.sampled_from("{};:.#>~+,@ab()[]\"'\\/* \n!-"), max_size=40))
def test_any_style_sheet_leaves_plain_text_as_it_is(sheet: str) -> None:
    loaded = load_file(f"<title>Ferry</title><style>{sheet}</style><p>{SEEN}".encode(), "a.html")
    assert SEEN in loaded.documents[0].text


def test_the_sheets_inside_a_book_count() -> None:
    chapter = (
        "<html><head><link rel='stylesheet' href='../style/a.css'/></head><body>"
        f"<p>{SEEN}</p><p class='q'>{SECRET}</p></body></html>"
    )
    loaded = load_file(book({"a/c.xhtml": chapter, "style/a.css": ".q { color: #fff }"}), "a.epub")
    assert "secret" not in loaded.documents[0].text
    assert [(f.source, f.partly) for f in loaded.failures] == [("a.epub", True)]
    loaded = load_file(book({"a/c.xhtml": chapter}), "a.epub")  # the sheet is missing
    assert SECRET in loaded.documents[0].text
