"""Changing ``resources.yaml`` for people, without touching what they did not ask to change."""
