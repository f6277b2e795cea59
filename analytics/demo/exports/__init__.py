"""The files that the simulated desk's tools export, each in its tool's own layout."""
