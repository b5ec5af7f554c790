"""The links between the pages of a built site."""
