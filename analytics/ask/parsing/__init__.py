"""Parsing: the steps that take a question in words apart, each marking the words that it understands."""
