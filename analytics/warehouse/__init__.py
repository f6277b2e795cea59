"""Load: exports in, snapshots out. The only place that imports duckdb."""
