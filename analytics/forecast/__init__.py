"""What comes in, what goes out, and when the backlog clears: forecasts with their back-test, or a refusal."""
