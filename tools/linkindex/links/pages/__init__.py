"""What a page says and shows, and whether it is still what its entry says. Pure."""
