from . import cache as cache, disk as disk
from .checked import (
    DAMAGE as DAMAGE,
    Checked as Checked,
    Draft as Draft,
    Rows as Rows,
    damaged as damaged,
)
from .disk import sha256 as sha256, size_of as size_of
from .manifest import (
    Counts as Counts,
    Entry as Entry,
    Manifest as Manifest,
    Settings as Settings,
    entries_from as entries_from,
    entry_of as entry_of,
    seal as seal,
    settings_in as settings_in,
    sum_of as sum_of,
    unseal as unseal,
)
from .originals import OBJECTS as OBJECTS, Originals as Originals
from .remote import RemoteFiles as RemoteFiles
