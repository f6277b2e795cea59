"""`python -m tests.bench`: Backlight's speed against hand-tuned SQL, pandas, DuckDB's own reader and a plain page."""
