"""How much may reach the page, and how long it may take: all of it in one place.

Each limit is answered: 408 what comes too slowly, 413 what is too large, 429 what is too many,
431 a head that is too large. An address is an IPv4 address or the first half of an IPv6 one.
"""

from __future__ import annotations

# One request
CALL_BYTES = 256 * 2**10  # of what the page sends about a click or a question
TEXT_CHARS = 20_000  # of a text in it; what is a question says how long that may be
FACTS = 40  # that are sent of a click
HEADERS = 64
HEAD_BYTES = 32 * 2**10  # the address that is asked for, and the headers

# Time
HEAD_SECONDS = 10.0  # from a connection, or from the last answer on it, to the whole next head
IDLE_SECONDS = 5  # that a connection stays open after an answer when nothing more comes on it
GRACE_SECONDS = 10.0  # that a body may take, and more for …
BYTES_PER_SECOND = 64 * 2**10  # … what came of it
READING_SECONDS = 60.0  # that the other end may take to read what waits to be sent to it

# Many requests: at once, in all and of each address
CONNECTIONS, CONNECTIONS_EACH = 512, 64
CALLS, CALLS_EACH = 64, 16
UPLOADS, UPLOADS_EACH = 64, 8
STATUSES, STATUSES_EACH = 2, 1  # which look at every file of the documents
STREAMS, STREAMS_EACH = 256, 32  # by which a page that is open notices that the server has gone

# What a request starts
QUESTIONS, QUESTIONS_WAITING = 2, 32  # that are answered at once; more wait for their turn
TABLE_CELLS = 5_000  # of a tab; each row takes a place among the questions
OFFERS, OFFERS_WAITING = 1, 4  # that are made at once: questions to go on with; nobody waits long
PARSERS = 3  # files that are read at once: one of each tab, and of each address one fewer
BUILDS = 3  # indexes of dropped files that are made at once, and of each address one fewer

# Saved answers that are opened
SAVED_BYTES = 4 * 2**20
SAVED_QUOTATIONS = 500  # each is looked for in all documents

# Files that were dropped
FILE_BYTES = 25 * 2**20
BATCH_BYTES = 100 * 2**20  # of all the files of a tab
FILES = 20  # of a tab
REFUSED = 500  # of a tab: files that were sent and not taken, as far as they are remembered
DISK_BYTES = 4 * 2**30  # of all tabs, with what is built of them; the oldest are deleted first
KEPT_SECONDS = 24 * 3600  # without use
IN_USE_SECONDS = 600  # after which files may be deleted for room, but not before

TABS = 500  # that are remembered
