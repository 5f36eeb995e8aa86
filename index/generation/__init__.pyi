from .boxed import BoxTable as BoxTable
from .build import (
    count_documents as count_documents,
    encode_documents as encode_documents,
    encode_known as encode_known,
    encode_rest as encode_rest,
    texts_of as texts_of,
)
from .catalog import Catalog as Catalog, CatalogRow as CatalogRow
from .collecting import (
    delete_generations as delete_generations,
    delete_half_done as delete_half_done,
)
from .contents import Contents as Contents
from .generations import (
    ENCODERS as ENCODERS,
    Saved as Saved,
    catalog_of as catalog_of,
    generation_names as generation_names,
    is_index as is_index,
    is_ours as is_ours,
    is_readable as is_readable,
    last_catalog as last_catalog,
    last_model as last_model,
    newest as newest,
    revision_of as revision_of,
)
from .opened import Generation as Generation
from .publishing import publish as publish
from .store import (
    LOCK as LOCK,
    WORK as WORK,
    Base as Base,
    SavedGeneration as SavedGeneration,
    Summary as Summary,
    base_of as base_of,
    damage_of as damage_of,
    encoder_of as encoder_of,
    open_index as open_index,
    summary_of as summary_of,
    writer_lock as writer_lock,
)
