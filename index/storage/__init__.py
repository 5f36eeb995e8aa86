"""What of an index is on the disk: generations, their sums, and every call that writes."""
