"""Times: words about time, read relative to the as-of day."""
