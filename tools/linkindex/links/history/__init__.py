"""What was found before, and how a link stands after it."""
