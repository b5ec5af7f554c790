"""LinkIndex: one YAML catalogue becomes a searchable site and a ring of QR cards.

Data flows one way. :mod:`linkindex.catalogue` reads and validates ``resources.yaml`` into an
immutable :class:`~linkindex.catalogue.Catalogue`; :mod:`linkindex.site`, :mod:`linkindex.cards`
and :mod:`linkindex.links` each turn that one value into an output.
"""
