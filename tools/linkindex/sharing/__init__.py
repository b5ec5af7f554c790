"""Sharing an index with others, and taking what others share: at first, and when it changes."""
