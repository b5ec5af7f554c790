"""Bringing what a team has: its spreadsheet, bookmarks, documents and lists become entries.

Data flows one way: :mod:`.reading` makes tables of a file, :mod:`.columns` says what their columns
hold, :mod:`.cleaning` makes values of the cells, :mod:`.proposals` says of each row what should
become of it, and :mod:`.plan` which lines of the index that changes.
"""
