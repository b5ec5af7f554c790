"""Standing on another's shoulders: the file that an index is shared by, and what is taken of it."""
