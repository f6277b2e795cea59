"""Recurring groups: the same thing that breaks again beyond what its like usually does."""
