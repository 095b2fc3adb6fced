"""The opening of treaties, resolutions and judgments: who speaks, and the clauses that hang on it."""

from __future__ import annotations

import re

#: Who enacts: an organ, the parties, a sovereign, a court. Ends with a comma: `The General Assembly,`.
_SPEAKER = re.compile(
    r"(?:the|his|her) (?:[\w'’()-]+,? ){0,14}?"
    r"(?:assembly|council|commission|conference|committee|congress|parties|states|members|governments?|union|community|"
    r"kingdom|republic|majesty|court|tribunal|chamber|parliament|ministers|organi[sz]ation|board|bureau)\b"
    r"(?:[^.;]|\.(?=\S)){0,300}[,:]|"
    r"the (?:security council|general assembly|economic and social council|human rights council)",
    re.IGNORECASE,
)
#: A clause of a preamble: a participle or the like, and a comma or semicolon at the end.
_CLAUSE = re.compile(
    r"(?:(?:also|further|once|again|deeply|gravely|fully|strongly|firmly|profoundly|and) )*"
    r"(?:[a-z]+ing|[a-z]+ed|mindful|aware|conscious|desirous|anxious|resolute|whereas|pursuant|"
    r"in (?:accordance|view|light))\b.*(?:[,;]|[,;] and)",
    re.IGNORECASE | re.DOTALL,
)
_CLAUSE_END = re.compile(r"(?:[,;]|[,;] and)$")


def is_enacting(text: str) -> bool:
    """Whether a line names who speaks: `The States Parties to the present Convention,`."""
    return bool(_SPEAKER.fullmatch(text))


def is_participle_clause(text: str) -> bool:
    """Whether a text reads as a clause of a preamble by itself: `Recalling its resolution ...,`."""
    return bool(_CLAUSE.fullmatch(text)) and text[:1].isupper()


def ends_as_clause(text: str) -> bool:
    """Whether a text ends as the clauses of a preamble do."""
    return bool(_CLAUSE_END.search(text))
