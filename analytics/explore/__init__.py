"""Explore: a KPI split, compared and set against the rest, wherever a person clicks."""
