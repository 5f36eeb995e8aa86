from .documents import load_folder as load_folder, load_roots as load_roots
from .index import Index as Index
from .library import (
    Report as Report,
    ensure as ensure,
    remove as remove,
    settle as settle,
    update as update,
)
from .passed import passed_over as passed_over
from .status import Status as Status, status_of as status_of
