"""Questions made from a text by rules, to be offered to people: `rag.suggest` chooses them."""
