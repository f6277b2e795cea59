"""Backlight: shows why an IT backlog grows. Load (warehouse), measure (the rest), show (pages)."""
