from .annotations import (
    NOTHING_KEPT as NOTHING_KEPT,
    Annotator as Annotator,
    DocumentAnnotations as DocumentAnnotations,
    annotate as annotate,
)
from .boxes import PageBox as PageBox
from .encoder import EXACT as EXACT, Feed as Feed, OnnxSession as OnnxSession
from .engines import (
    as_given as as_given,
    index_at as index_at,
    is_address as is_address,
    is_index as is_index,
)
from .errors import (
    CitationError as CitationError,
    DamagedIndex as DamagedIndex,
    DocumentError as DocumentError,
    EmptyDocument as EmptyDocument,
    EncoderError as EncoderError,
    EngineOutOfReach as EngineOutOfReach,
    EngineRefused as EngineRefused,
    ForeignIndex as ForeignIndex,
    IbidError as IbidError,
    IndexBusy as IndexBusy,
    LeaseLost as LeaseLost,
    MissingPath as MissingPath,
    NoDocuments as NoDocuments,
    OutOfReach as OutOfReach,
    ParserError as ParserError,
    ProtectedDocument as ProtectedDocument,
    QuestionError as QuestionError,
    StorageError as StorageError,
    StoreError as StoreError,
    UnreadableDocument as UnreadableDocument,
    storage_errors as storage_errors,
)
from .failures import (
    NO_DOCUMENT as NO_DOCUMENT,
    PASSED_OVER as PASSED_OVER,
    Failure as Failure,
    Why as Why,
    counted as counted,
    error_of as error_of,
)
from .files import Root as Root
from .generation import Catalog as Catalog, Generation as Generation
from .installed import (
    DISTRIBUTIONS as DISTRIBUTIONS,
    installed_version as installed_version,
    reinstall as reinstall,
)
from .isolation import Parsers as Parsers
from .language import (
    ANY_WORD as ANY_WORD,
    ENGLISH as ENGLISH,
    UNSHOWN as UNSHOWN,
    Query as Query,
    as_shown as as_shown,
    clean as clean,
    letters as letters,
    letters_before as letters_before,
    placed_words as placed_words,
    rules_of as rules_of,
    stems as stems,
    word_count as word_count,
    worded as worded,
    words as words,
)
from .library import (
    FilesReport as FilesReport,
    Index as Index,
    IndexStatus as IndexStatus,
    Look as Look,
    Recipe as Recipe,
    UpdateReport as UpdateReport,
)
from .load import (
    LOADERS as LOADERS,
    Loaded as Loaded,
    failed as failed,
    is_read as is_read,
    load_text as load_text,
    save_as as save_as,
)
from .passages import (
    PassageTable as PassageTable,
    ids_of as ids_of,
    labelled as labelled,
    name_stems as name_stems,
    passage_parts as passage_parts,
    split as split,
)
from .search import (
    Comparing as Comparing,
    Embedding as Embedding,
    Holding as Holding,
    Knowing as Knowing,
    Mention as Mention,
    Missing as Missing,
    Narrowable as Narrowable,
    Retriever as Retriever,
    Spelling as Spelling,
    StoredSentences as StoredSentences,
    Storing as Storing,
    Tabled as Tabled,
    Where as Where,
    asks_something as asks_something,
    holds as holds,
)
from .storage import cache as cache, disk as disk, sha256 as sha256
from .types import (
    Document as Document,
    Encoder as Encoder,
    Hit as Hit,
    Passage as Passage,
    Progress as Progress,
    Sentence as Sentence,
    Span as Span,
    Vectors as Vectors,
    text_id as text_id,
)
from .workers import RayWorkers as RayWorkers
