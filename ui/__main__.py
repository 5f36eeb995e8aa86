"""`python -m ui` opens the chat page: it is `ibid chat`, and takes its options."""

import sys

from ui.cli import main

sys.argv.insert(1, "chat")
main()
