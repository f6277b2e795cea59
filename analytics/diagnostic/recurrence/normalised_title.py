"""Normalised titles: what is left of a title without numbers, dates, names of places, politeness and urgency.

The words are those of the languages that the formats come in: English, German, French, Spanish, Italian, Portuguese
and Dutch, written without accents.
"""

import re
import unicodedata
from collections.abc import Iterable

# Who asks nicely, is in a hurry, or says how often it happened says nothing of what happened.
_POLITE = """
please pls plz thanks thank you kindly hi hello dear help regards asap urgent urgently urgency important critical
immediately now today again still since morning afternoon week month year time first second third fourth fifth attempt
bitte danke dringend dringende hallo sofort heute wieder erneut hilfe eilt wichtig
merci svp vous plait bonjour urgence urgente aujourd hui encore aide
por favor gracias hola urgencia hoy ayuda otra vez importante inmediato
per favore grazie ciao oggi ancora aiuto subito
obrigado obrigada ola hoje ajuda novamente
alstublieft aub dank spoed dringende vandaag weer opnieuw
"""
_SMALL = """
a an the of on in at for to from with and or is are was be been my our your his her their this that these those it its
der die das den dem des ein eine einen einem und oder ist sind im am mit von fur zu auf mein meine
le la les un une des de du et ou est sont mon ma mes avec pour sur dans
el los las una del y o es son mi con para en
il lo gli i uno di e sono mio mia per su nel
os um uma do da no na meu minha com em
het een van en is zijn mijn met voor op
january february march april may june july august september october november december
jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday
mon tue wed thu fri sat sun
"""
_DROPPED = frozenset(_POLITE.split()) | frozenset(_SMALL.split())
# Anything with a digit in it: numbers, dates, times, versions, item and ticket numbers.
_NUMBERED = re.compile(r"\S*\d\S*")
_ADDRESS = re.compile(r"\S+@\S+|\b\w+://\S+")
_WORD = re.compile(r"[^\W\d_]+")


def plain_words(text: str) -> str:
    """Lower case, without accents."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in folded if not unicodedata.combining(letter))


def place_words(names: Iterable[str]) -> frozenset[str]:
    """The words that name places, such as sites, to be left out of titles."""
    return frozenset(word for name in names for word in _WORD.findall(plain_words(name)) if len(word) > 2)


def normalised_title(title: str, places: frozenset[str] = frozenset()) -> str:
    """What the title is about, its words in alphabetical order, each once; perhaps empty.

    The order is that of the alphabet, so that `Queue stuck on PRN-0014` and `PRN-0014: stuck queue` are the same.
    """
    text = _NUMBERED.sub(" ", _ADDRESS.sub(" ", plain_words(title)))
    words = {word for word in _WORD.findall(text) if len(word) > 1 and word not in _DROPPED and word not in places}
    return " ".join(sorted(words))
