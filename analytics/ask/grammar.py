"""The grammar: a question in words -> a reading."""

from analytics.ask.reading import Reading
from analytics.ask.vocabulary import Vocabulary


def read_question(text: str, known: Vocabulary) -> Reading:
    """What the text asks, by the vocabulary alone: every word that carries meaning is understood, or it is refused."""
    raise NotImplementedError
