"""The self-check: questionnaires, what the tickets say of each statement, and the two side by side."""
