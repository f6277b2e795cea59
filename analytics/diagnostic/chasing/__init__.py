"""Chasers: people who ask about a ticket that is there already."""
