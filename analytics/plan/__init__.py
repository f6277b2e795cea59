"""The plan: who does what by when about which statement, and whether it worked."""
