"""Asking sites: which addresses, how politely, and through what."""
