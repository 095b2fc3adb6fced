"""How the clauses of resolutions open, by the drafting conventions of the United Nations: organ, participle, verb."""

from __future__ import annotations

import re

#: An organ that speaks, alone on its line: `The Security Council,`.
_ORGAN = re.compile(
    r"The (?:[A-Z]\w+(?: [A-Z]\w+){0,3} )?(?:General Assembly|Security Council|"
    r"(?:Economic and Social|Human Rights|Trusteeship|Governing|Executive) Council|Conference of the Parties|"
    r"Commission on [A-Z][^,.;]{2,60}),?"
)
#: Adverbs in front of the participle or verb.
_ADVERB = (
    r"(?:(?:Also|Again|Alarmed and|Bearing|Deeply|Expressly|Extremely|Firmly|Fully|Further|Furthermore|Gravely|Highly|"
    r"Keenly|Noting|Once (?:again|more)|Particularly|Profoundly|Seriously|Solemnly|Strongly|Urgently|Vigorously) )"
)
#: Capitalised words with the look of a participle that begin names: `United Nations`, `Working Group`.
_NO_PARTICIPLE = (
    r"(?!(?:United|Allied|Federated|Working|Standing|Steering|Drafting|Governing|Red|King|Beijing|Nanjing)\b)"
)
_PARTICIPLE = (
    rf"{_NO_PARTICIPLE}(?:[A-Z]\w+(?:ing|ed)|Mindful|Aware|Conscious|Cognizant|Convinced|Desirous|Anxious|Resolute|"
    r"Determined|Distressed|Whereas|Grateful|Hopeful|In (?:accordance with|pursuance of|view of|the light of))"
)
#: The operative verbs of resolutions.
_VERB = (
    r"(?:Accepts|Acknowledges|Adopts|Affirms|Agrees|Appeals|Appoints|Approves|Asks|Authorizes|Calls|Censures|Commends|"
    r"Concludes|Condemns|Confirms|Congratulates|Considers|Continues|Declares|Decides|Demands|Deplores|Designates|"
    r"Determines|Directs|Draws|Emphasizes|Encourages|Endorses|Establishes|Expresses|Extends|Finds|Insists|Instructs|"
    r"Invites|Notes|Notifies|Pledges|Proclaims|Reaffirms|Recalls|Recognizes|Recommends|Regrets|Reiterates|Rejects|"
    r"Reminds|Renews|Requests|Requires|Resolves|Strengthens|Stresses|Suggests|Supports|Takes|Thanks|Transmits|"
    r"Underlines|Underscores|Urges|Warns|Welcomes)"
)
_OPENING = re.compile(rf"{_ADVERB}{{0,2}}(?:{_PARTICIPLE}|{_VERB})[.,]?\s")
_LOWER_OPENING = re.compile(rf"{_ADVERB}{{1,2}}(?:{_PARTICIPLE}|{_VERB})[.,]?\s", re.IGNORECASE)


def is_organ(text: str) -> bool:
    """Whether a line names the organ that speaks and nothing else: `The Security Council,`."""
    return bool(_ORGAN.fullmatch(text.strip()))


def opens_clause(text: str) -> bool:
    """Whether a text opens as the clauses of a resolution do: `Recalling`, `Deeply concerned`, `Takes note`.

    A name with the look of a participle opens none: `United Nations`, `Working Group`.
    """
    return text[:1].isupper() and bool(_OPENING.match(text) or _LOWER_OPENING.match(text))
