"""A new index: what somebody wants of it, and the files that it begins with."""
