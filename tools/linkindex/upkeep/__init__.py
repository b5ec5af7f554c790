"""What people do to an index, without touching what they did not ask to change."""
