"""Evidence: one rule a file, named for its statement. Each is a pure function over the engine.

`rule(engine, filters, numbers, known) -> Finding`. Of the filters' period only the end counts: a rule looks at the
days that its own thresholds name, up to there.
"""
