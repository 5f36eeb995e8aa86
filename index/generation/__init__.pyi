from .build import encode_documents as encode_documents
from .catalog import Catalog as Catalog, Row as Row
from .contents import Contents as Contents
from .generations import (
    ENCODERS as ENCODERS,
    Saved as Saved,
    catalog_of as catalog_of,
    collect as collect,
    is_index as is_index,
    is_ours as is_ours,
    last_catalog as last_catalog,
    names as names,
    newest as newest,
    state_of as state_of,
    sweep as sweep,
)
from .store import (
    LOCK as LOCK,
    WORK as WORK,
    Base as Base,
    Generation as Generation,
    Summary as Summary,
    base_of as base_of,
    damage_of as damage_of,
    encoder_of as encoder_of,
    open_index as open_index,
    publish as publish,
    summary_of as summary_of,
    writer_lock as writer_lock,
)
