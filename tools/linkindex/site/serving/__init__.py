"""Showing the site on this computer while it is being written, or what is wrong with it."""
