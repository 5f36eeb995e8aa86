from .reading import read_bytes as read_bytes
from .roots import (
    File as File,
    Root as Root,
    Rules as Rules,
    Stamp as Stamp,
    distinct as distinct,
    merged as merged,
)
from .sources import Sources as Sources, read_sources as read_sources
from .walk import (
    FoundFiles as FoundFiles,
    Unreached as Unreached,
    find_files as find_files,
    look_at as look_at,
    taken_out as taken_out,
)
