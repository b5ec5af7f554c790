"""Reading YAML with the lines of its values, and what can be wrong with it."""
