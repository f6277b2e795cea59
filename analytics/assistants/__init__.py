"""Assistants: the registry as tools of the Model Context Protocol."""
