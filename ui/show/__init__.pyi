from .candidates import candidates_text as candidates_text
from .html import (
    cite_link as cite_link,
    document_html as document_html,
    escape as escape,
    to_html as to_html,
)
from .report import report_text as report_text
from .status import (
    described as described,
    files_of as files_of,
    kept_in as kept_in,
    unread_lines as unread_lines,
)
from .text import (
    AS_IT_WAS as AS_IT_WAS,
    IN_PART as IN_PART,
    LEFT_OUT as LEFT_OUT,
    count as count,
    counts_of as counts_of,
    fate_of as fate_of,
    in_place as in_place,
    json_text as json_text,
    markdown as markdown,
    one_line as one_line,
    size as size,
    to_json as to_json,
    to_markdown as to_markdown,
    to_text as to_text,
    visible as visible,
)
