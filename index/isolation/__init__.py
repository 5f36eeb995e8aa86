"""The processes that read people's files, what they may take, and what goes between."""
