"""What a program can meet, as one tree; the text of each is one line that says what to do next.

IbidError
├── QuestionError            the question cannot be asked as it is (exit code 2)
├── DocumentError            a document or folder cannot be read
│   ├── MissingPath          there is nothing at that path
│   ├── NoDocuments          nothing readable in the folder
│   └── UnreadableDocument   one file cannot be decoded or opened
│       ├── EmptyDocument      there is nothing in it
│       ├── ProtectedDocument  it needs a password
│       └── OutOfReach         it cannot be opened now, whatever is in it
├── StoreError               the index, on disk or in an engine
│   ├── DamagedIndex         a file is missing, cut short or changed
│   ├── ForeignIndex         made by another version or another encoder
│   ├── IndexBusy            another process is building it
│   ├── LeaseLost            another may have become the one writer of it
│   ├── EngineOutOfReach     the engine that holds it does not answer in time
│   └── EngineRefused        the engine that holds it refuses: credentials, rights, its database
├── ParserError              no process to read files in can be started
├── EncoderError             the model folder or name cannot be used
├── StorageError             disk full, no permission
└── CitationError            a citation does not hold against its document
"""

from index import (
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
