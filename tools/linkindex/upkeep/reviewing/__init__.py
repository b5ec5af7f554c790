"""The review of a pull request: what it changes, as one comment. One half is never trusted."""
