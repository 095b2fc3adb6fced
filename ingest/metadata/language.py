"""The language of a text by its script and its commonest words; "" where that is not beyond doubt."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

#: Characters that are looked at, and words that must be among them before common words prove anything.
SAMPLE, LEAST_WORDS = 20_000, 20
#: Share of a text's words that are among a language's commonest: running text has 0.3 to 0.5 of its own, under 0.15 of
#: another's. The second language must lie this factor below the first.
LEAST_SHARE, LEAD = 0.18, 1.35

#: The commonest short words of running text, those left out that two of the languages share with equal frequency.
_COMMON = {
    "en": "the of and to in is that for it on with as by this be are at from which not or an was have has its",
    "fr": "le la les des et du en un une est que dans pour par qui sur au aux avec ce pas sont il cette ou être",
    "es": "el la los las de y del que en un una se por con para su al es lo como más no sus o este ha",
    "de": "der die und den von zu das mit des im ist dem auf für ein nicht sich als auch eine es werden oder nach",
    "it": "il di e che la per un del della in è dei con le delle una non sono al si gli alla da nel come",
    "pt": "o a os as de e do da que em dos das um uma para no na com não se por mais ao é sua pelo",
    "nl": "de het een van en in is dat op te met voor zijn niet aan er door als bij ook wordt deze of naar",
}
_WORDS = {language: frozenset(words.split()) for language, words in _COMMON.items()}

#: Letters by the script that Unicode names them after, and the language that a script alone tells.
_SCRIPTS = {
    "ARABIC": "ar",
    "CYRILLIC": "ru",
    "CJK": "zh",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "GREEK": "el",
    "HEBREW": "he",
    "THAI": "th",
    "LATIN": "",
}
#: Letters that Russian and Arabic do not have, but other languages of their scripts do.
_FOREIGN = {"ru": "іїєґўјљњћђџќѓ", "ar": "پچژگکیےںٹڈڑ"}
#: Share of letters in one script that makes it the text's, and of kana that makes Chinese characters Japanese.
MOST, KANA = 0.6, 0.05


def language_of(text: str) -> str:
    """The ISO 639-1 code of the language of the text, "" if it is too short, mixed or not known here."""
    sample = text[:SAMPLE].casefold()
    scripts = _scripts(sample)
    total = scripts.total()
    if not total:
        return ""
    if (scripts["HIRAGANA"] + scripts["KATAKANA"]) / total > KANA:
        return "ja"
    script, letters = scripts.most_common(1)[0]
    if letters / total < MOST:
        return ""
    return _by_words(sample) if script == "LATIN" else _by_script(script, sample)


def _scripts(sample: str) -> Counter[str]:
    counts = Counter(character for character in sample if character.isalpha())
    scripts: Counter[str] = Counter()
    for letter, times in counts.items():
        scripts[unicodedata.name(letter, "").partition(" ")[0]] += times
    return scripts


def _by_script(script: str, sample: str) -> str:
    language = _SCRIPTS.get(script, "")
    foreign = sum(letter in _FOREIGN.get(language, "") for letter in sample)
    return language if foreign <= len(sample) // 1000 else ""


def _by_words(sample: str) -> str:
    words = re.findall(r"[^\W\d_]+", sample)
    if len(words) < LEAST_WORDS:
        return ""
    counts = Counter(words)
    shares = {language: sum(counts[word] for word in common) / len(words) for language, common in _WORDS.items()}
    best, second = sorted(shares, key=lambda language: -shares[language])[:2]
    return best if shares[best] >= LEAST_SHARE and shares[best] >= LEAD * shares[second] else ""
