"""What is quoted, and in which order."""
