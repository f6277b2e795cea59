"""Flow: why the backlog is what it is. One noun a file; pure functions over the engine that return frozen results."""
