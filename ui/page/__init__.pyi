from . import frame as frame
from .export import (
    conversation_docx as conversation_docx,
    conversation_html as conversation_html,
    conversation_json as conversation_json,
    conversation_markdown as conversation_markdown,
)
from .gathered import VIEWS as VIEWS, gathered_panel as gathered_panel
from .guide import guided_html as guided_html
from .library import library_html as library_html
from .reader import EMPTY as EMPTY, numbered as numbered, reader_html as reader_html
from .related import related_panel as related_panel, relating as relating
from .saved import saved_panel as saved_panel
from .tabled import table_panel as table_panel
from .turns import ShownTurn as ShownTurn, conversation as conversation
