"""What must be right, or should be better, in an index as a whole. Pure."""
