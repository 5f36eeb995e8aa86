"""A table of answers in each format; what is said in a cell stands in `words`."""
