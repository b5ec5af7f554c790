"""From what was recorded of an address to a verdict. Pure."""
