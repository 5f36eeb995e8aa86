from .abstaining import abstention_lines as abstention_lines
from .as_json import json_text as json_text, to_json as to_json
from .candidates import candidates_text as candidates_text
from .html import (
    Under as Under,
    also_html as also_html,
    cite_link as cite_link,
    document_html as document_html,
    escape as escape,
    quoted_html as quoted_html,
    to_html as to_html,
)
from .mail import newest as newest, to_eml as to_eml
from .markdown import escape_markdown as escape_markdown, to_markdown as to_markdown
from .phrases import (
    context_of as context_of,
    groups_of_answer as groups_of_answer,
    trail_of as trail_of,
)
from .plain import (
    count as count,
    one_line as one_line,
    shortened as shortened,
    size as size,
    so_far as so_far,
    visible as visible,
)
from .report import report_text as report_text
from .status import (
    described as described,
    files_of as files_of,
    status_fields as status_fields,
    status_json as status_json,
)
from .table.delimited import to_csv as to_csv
from .table.lines import to_lines as to_lines
from .table.markup import to_markdown_table as to_markdown_table
from .table.page import (
    SORTING as SORTING,
    table_html as table_html,
    to_html_table as to_html_table,
)
from .table.word import to_docx_table as to_docx_table
from .table.workbook import to_xlsx as to_xlsx
from .text import in_place as in_place, to_text as to_text
from .unread import (
    AS_IT_WAS as AS_IT_WAS,
    IN_PART as IN_PART,
    LEFT_OUT as LEFT_OUT,
    Group as Group,
    counts_of as counts_of,
    fate_of as fate_of,
    groups_of as groups_of,
    kept_in as kept_in,
    report_lines as report_lines,
    slowest_of as slowest_of,
    sums_of as sums_of,
)
from .verdicts import (
    CheckedFile as CheckedFile,
    counted_verdicts as counted_verdicts,
    news as news,
    verdict_html as verdict_html,
    verdicts_html as verdicts_html,
    verdicts_json as verdicts_json,
    verdicts_markdown as verdicts_markdown,
    verdicts_text as verdicts_text,
)
from .word import to_docx as to_docx
