"""Answering: a question measured, put into rows and said in a sentence."""
