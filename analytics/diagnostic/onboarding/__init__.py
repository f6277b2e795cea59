"""Starters: whether new joiners were ready by their first morning."""
