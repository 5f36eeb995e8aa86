from .answers import Answer as Answer, Document as Document
from .citations import Citation as Citation
from .documents import Index as Index
from .engine import Engine as Engine
from .engines import ask as ask
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
)
from .evaluation import Report as Report, evaluate as evaluate
from .explanation import RankedPassage as RankedPassage, explain as explain
from .kinds import (
    CitationGroup as CitationGroup,
    CitationPair as CitationPair,
    Counted as Counted,
    PairKind as PairKind,
    QuestionKind as QuestionKind,
    Tally as Tally,
    kind_of as kind_of,
)
from .names import NameKind as NameKind
from .proof import (
    Renewal as Renewal,
    Status as Status,
    Verdict as Verdict,
    renew as renew,
    verify as verify,
)
from .replies import Reply as Reply, ReplyKind as ReplyKind
from .suggestions import Suggester as Suggester
from .table import (
    AnswerTable as AnswerTable,
    ColumnKind as ColumnKind,
    TableColumn as TableColumn,
    tabulate as tabulate,
)
