"""What text analysis is: language, stems, words, and the cleaned copy that is searched."""
