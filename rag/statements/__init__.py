"""What a sentence states: its numbers, dates and words, and whether another states the same."""
