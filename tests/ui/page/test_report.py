"""What was read and what was not, as the page says it."""

from __future__ import annotations

import re
from collections.abc import Callable

from index.failures import Failure, Why
from index.library.report import FilesReport
from ui.page.report import GROUPS, NAMED, report_html
from ui.show.unread import KINDS_SHOWN, report_lines

FORMAT = "not of a format that Ibid reads; save it as .docx"
FORMULAS = "3 formulas have no result in the file (Sums!B8, Sums!C8, Sums!D8); save it again"
BINARY = "this is binary data, not text; save it as UTF-8"
HOSTILE = "<img src=x onerror=a()> ${a()} {{a}} `a` \"a\" 'a'\n</details>"


def failure(source: str, remedy: str, why: Why = Why.BROKEN, *, partly: bool = False) -> Failure:
    return Failure(source, f"{source}: {remedy}", partly, why)


REPORT = FilesReport(
    {".pdf": 12, ".txt": 3},
    (
        failure("scan.txt", BINARY),
        failure("budget.xlsx", FORMULAS, partly=True),
        failure("a.doc", FORMAT, Why.FORMAT),
        failure("old/b.odt", FORMAT, Why.FORMAT),
        failure("drafts/", "left out by drafts/ in .gitignore", Why.IGNORED),
        failure("/mnt/mail", "no permission; give yourself the right to read it", Why.KEPT),
    ),
    (("big.pdf", 12.4), ("long.docx", 6.0)),
)


def test_the_page_says_what_the_terminal_says(golden: Callable[[str, str], None]) -> None:
    shown = report_html(REPORT, dropped=False)
    golden("files.html", shown.replace("<h3>", "\n<h3>").replace("<li>", "\n<li>"))
    said = report_lines(REPORT, "ibid status PATH --files")
    golden("files.txt", "\n".join(said))
    words = re.sub("<[^>]*>", "", shown)
    assert "1 .doc, 1 .odt not of a format that Ibid reads; save it as .docx" in words
    assert "  1 .doc, 1 .odt: not of a format that Ibid reads; save it as .docx" in said


def test_it_is_open_where_something_is_wrong_or_new() -> None:
    passed = FilesReport({".txt": 1}, (failure("a.doc", FORMAT, Why.FORMAT),), ())
    wrong = FilesReport({".txt": 1}, (failure("a.txt", BINARY),), ())
    is_open = [
        report_html(report, dropped=dropped).startswith('<details class="report" open>')
        for report, dropped in ((passed, False), (passed, True), (wrong, False))
    ]
    assert is_open == [False, True, True]


def test_files_with_one_remedy_are_one_line_and_each_is_named() -> None:
    unread = tuple(failure(f"{n}.png", FORMAT, Why.FORMAT) for n in range(NAMED + 7))
    shown = report_html(FilesReport({}, unread, ()), dropped=False)
    assert shown.count(f"</b> {FORMAT}") == 1
    assert f"<b>{NAMED + 7} .png</b>" in shown
    assert shown.count("<li><bdi>") == NAMED
    assert "and 7 more: ibid status --files lists them" in shown
    assert "and 7 more<" in report_html(FilesReport({}, unread, ()), dropped=True)


def test_one_remedy_of_two_fates_is_two_lines() -> None:
    wrong = (failure("a.bin", BINARY), failure("b.bin", BINARY))
    partly = failure("n.eml", BINARY, partly=True)
    shown = report_html(FilesReport({".eml": 1}, (*wrong, partly), ()), dropped=False)
    assert "1 read, 2 not read, 1 read in part" in shown
    unread, in_part = shown.split("<h3>Read in part</h3>")
    assert "n.eml" not in unread
    assert "<b>2 unreadable</b>" in unread
    assert "n.eml" in in_part


def test_rules_that_are_not_told_are_counted() -> None:
    rules = tuple(failure(f"{n}.txt", f"by rule {n}", Why.IGNORED) for n in range(KINDS_SHOWN + 2))
    said = report_lines(FilesReport({}, rules, ()), "--files")
    assert sum("by rule" in line for line in said) == KINDS_SHOWN
    assert said[-1] == "  and 2 more reasons"


def test_of_many_things_that_are_wrong_the_first_are_told() -> None:
    unread = tuple(failure(f"{n}.pdf", f"page {n} is damaged") for n in range(GROUPS + 5))
    shown = report_html(FilesReport({}, unread, ()), dropped=False)
    assert shown.count("is damaged") == GROUPS
    assert "and 5 more: ibid status --files lists them" in shown


def test_nothing_is_said_of_no_files() -> None:
    assert report_html(FilesReport({}, (), ()), dropped=True) == ""


def test_no_file_name_is_markup() -> None:
    unread = (
        failure(HOSTILE, HOSTILE),
        failure(f"{HOSTILE}1", "both", Why.FORMAT),
        failure(f"{HOSTILE}2", "both", Why.FORMAT),
    )
    shown = report_html(FilesReport({HOSTILE: 1}, unread, ((HOSTILE, 9.0),)), dropped=True)
    assert "<img" not in shown
    assert not re.search("[`${}]", shown)
    assert shown.count("</details>") == 2
