"""Countries and territories: the short English names that Pincite uses, their other names, and their demonyms.

ISO 3166 (through pycountry) gives codes, names and official names; `countries.yaml` adds what people write besides:

    - code: RU                      # ISO 3166 alpha-2; states that are no more keep their old code
      name: Russia                  # our short name where ISO's is not the common one
      aliases: [Russian Federation]
      demonyms: [Russian, Russians]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import pycountry
import yaml

from corpus.authority.names import name_key
from corpus.authority.phrases import Case, PhraseTable
from corpus.errors import AuthorityError
from corpus.model import AnnotationType, Entity

DATA = "countries.yaml"
_KEYS = frozenset({"code", "name", "aliases", "demonyms"})
# "US", "UK" and "UAE" with dots, which the table of phrases takes for initials: "U. S.", "U.K.".
_DOTTED = re.compile(r"\bU\.\s?(?:S\.(?:\s?A\.)?|K\.|A\.\s?E\.)(?!\w)")
_INVERTED = re.compile(r"(?P<tail>[^,]+), (?P<head>.+ of(?: the)?|The .+)")


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory: ISO alpha-2 `code` and alpha-3 `code3`, short English `name`, other names, demonyms."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    code3: str = ""


class Countries:
    """A checked set of countries; raises `AuthorityError` if two claim one name."""

    def __init__(self, records: Iterable[Country]) -> None:
        self._records = tuple(records)
        self._names: PhraseTable[Country] = PhraseTable()
        self._demonyms: dict[str, str] = {}
        self._keys: dict[str, Country] = {}
        for record in self._records:
            self._enter(record)

    def all(self) -> tuple[Country, ...]:
        """Every country by its code."""
        return self._records

    def by_name(self, text: str) -> str:
        """The short name of the country that `text` as a whole names (in any of its names or its code), or ""."""
        record = self._keys.get(name_key(text))
        return record.name if record else ""

    def by_demonym(self, text: str) -> str:
        """The country that a demonym belongs to (`Norwegian` gives `Norway`), or ""."""
        return self._demonyms.get(text, "")

    def entity(self, name: str) -> Entity | None:
        """The country as an entity of the library, None for an unknown name."""
        record = self._keys.get(name_key(name))
        return Entity(AnnotationType.COUNTRY, record.name, aliases=record.aliases) if record else None

    def names_in(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Half-open spans and short names of the countries named by noun in `text`, left to right."""
        found = [(match.start, match.end, match.value.name) for match in self._names.find(text)]
        for dotted in _DOTTED.finditer(text):
            if not any(start < dotted.end() and dotted.start() < end for start, end, _ in found):
                found.append((*dotted.span(), self._keys[name_key(dotted.group())].name))
        yield from sorted(found)

    def mentions(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Spans and short names of the countries that `text` speaks of, by noun or by demonym."""
        yield from self.names_in(text)
        for word in re.finditer(r"[A-Z][\w-]+", text):
            if word.group() in self._demonyms:
                yield (*word.span(), self._demonyms[word.group()])

    def _enter(self, record: Country) -> None:
        for demonym in record.demonyms:
            self._demonyms.setdefault(demonym, record.name)
        for name in dict.fromkeys((record.name, *record.aliases)):
            owner = self._keys.setdefault(name_key(name), record)
            if owner is not record:
                raise AuthorityError(f"both {owner.name!r} and {record.name!r} claim the name {name!r}")
            self._names.add(name, record, case=Case.EXACT if name.isupper() else Case.INITIAL)
        for code in (record.code, record.code3):
            if key := name_key(code):  # Andorra's is AND, a word that names drop
                self._keys.setdefault(key, record)


@cache
def load() -> Countries:
    """The countries that come with Pincite, read once; raises `AuthorityError`."""
    text = (files("corpus.authority") / DATA).read_text("utf-8")
    try:
        extra = {record["code"]: record for record in yaml.safe_load(text)}
    except (yaml.YAMLError, KeyError, TypeError) as error:
        raise AuthorityError(f"{DATA}: {' '.join(str(error).split())}") from error
    codes = {country.alpha_2: country for country in pycountry.countries}
    return Countries(_country(code, codes.get(code), extra.get(code, {})) for code in sorted({*codes, *extra}))


def _country(code: str, iso: Any, extra: Mapping[str, Any]) -> Country:
    unknown = sorted(extra.keys() - _KEYS)
    if unknown or (iso is None and "name" not in extra):
        raise AuthorityError(f"{DATA}: {code}: {f'unknown key {unknown[0]!r}' if unknown else 'no name'}")
    listed = [_upright(iso.name), getattr(iso, "common_name", ""), getattr(iso, "official_name", "")] if iso else []
    name = extra.get("name") or listed[0]
    aliases = [alias for alias in (*extra.get("aliases", ()), *listed) if alias and alias != name]
    code3 = iso.alpha_3 if iso else ""
    return Country(code, name, tuple(dict.fromkeys(aliases)), tuple(extra.get("demonyms", ())), code3)


def _upright(name: str) -> str:
    """ISO's `Iran, Islamic Republic of` the way it is written in a sentence."""
    inverted = _INVERTED.fullmatch(name)
    return f"{inverted['head']} {inverted['tail']}" if inverted else name
