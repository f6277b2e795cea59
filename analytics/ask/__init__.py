"""Ask: a question in words, read by a grammar over the KPI registry, and its answer with everything behind it."""
