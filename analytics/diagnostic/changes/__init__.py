"""Changes: which incidents they caused, or possibly did."""
