from .aside import ASIDE as ASIDE
from .formats import NOTHING as NOTHING, Parsed as Parsed
from .loaders import (
    LOADERS as LOADERS,
    SOURCES as SOURCES,
    instead_of as instead_of,
    is_lock as is_lock,
    is_read as is_read,
    kinds as kinds,
    loader_of as loader_of,
    save_as as save_as,
)
from .loading import (
    Loaded as Loaded,
    documents_of as documents_of,
    failed as failed,
    load_file as load_file,
    load_text as load_text,
    parse_file as parse_file,
    ready as ready,
)
