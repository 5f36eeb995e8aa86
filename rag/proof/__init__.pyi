from .changes import Change as Change, DiffPart as DiffPart, diff as diff
from .current import CurrentDocuments as CurrentDocuments, read_documents as read_documents
from .places import alike_in as alike_in
from .renewing import Renewal as Renewal, renew as renew
from .saved import is_saved as is_saved, questions_of as questions_of
from .verdicts import Status as Status, Verdict as Verdict
from .verifying import verify as verify
