"""One step per change of the tables, written by hand, forwards only; a released step is never edited."""
