"""How numbers, dates, kinds and counted things are written in the language of the page.

A page prints hundreds of them, the same ones over and over: what is written is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal
from markupsafe import Markup

from webapp.language import Language, language, ngettext
from webapp.language import lazy as _

#: Numbers and dates kept: more than a few pages print.
_KEPT = 1 << 14
#: Digits of a year with its month, and with its day, written as ISO does.
_MONTH, _DAY = len("2009-08"), len("2018-10-18")
#: Words of ours for readers.
_WORDS: Mapping[str, str] = {
    "article": _("article"),
    "country": _("country"),
    "date": _("date"),
    "declaration": _("declaration"),
    "document": _("document"),
    "doubt": _("doubt"),
    "eu_act": _("eu act"),
    "fault": _("fault"),
    "footnote": _("footnote"),
    "heading": _("heading"),
    "instrument": _("instrument"),
    "lecture": _("lecture"),
    "legislation": _("legislation"),
    "list_item": _("list item"),
    "metadata": _("metadata"),
    "model_law": _("model law"),
    "national_law": _("national law"),
    "note": _("note"),
    "organisation": _("organisation"),
    "other": _("other"),
    "outline": _("outline"),
    "paragraph": _("paragraph"),
    "provision": _("provision"),
    "quote": _("quote"),
    "recommendation": _("recommendation"),
    "reference": _("reference"),
    "report": _("report"),
    "resolution": _("resolution"),
    "speech": _("speech"),
    "table": _("table"),
    "title": _("title"),
    "treaty": _("treaty"),
    "year": _("year"),
}
#: Things that pages count.
_THINGS: Mapping[str, Callable[[int, str], str]] = {
    "passage": lambda n, num: ngettext("%(num)s passage", "%(num)s passages", n, num=num),
    "document": lambda n, num: ngettext("%(num)s document", "%(num)s documents", n, num=num),
    "hit": lambda n, num: ngettext("%(num)s hit", "%(num)s hits", n, num=num),
    "value": lambda n, num: ngettext("%(num)s value", "%(num)s values", n, num=num),
}


#: Units that provisions are cited by.
_UNITS: Mapping[str, Callable[[int, str], str]] = {
    "article": lambda n, numbers: ngettext("Article %(numbers)s", "Articles %(numbers)s", n, numbers=numbers),
    "chapter": lambda n, numbers: ngettext("Chapter %(numbers)s", "Chapters %(numbers)s", n, numbers=numbers),
    "paragraph": lambda n, numbers: ngettext("Paragraph %(numbers)s", "Paragraphs %(numbers)s", n, numbers=numbers),
    "principle": lambda n, numbers: ngettext("Principle %(numbers)s", "Principles %(numbers)s", n, numbers=numbers),
    "recital": lambda n, numbers: ngettext("Recital %(numbers)s", "Recitals %(numbers)s", n, numbers=numbers),
    "section": lambda n, numbers: ngettext("Section %(numbers)s", "Sections %(numbers)s", n, numbers=numbers),
}


def number(value: int) -> str:
    """A count with its thousands set off: `12,345`."""
    return _number(value, language().locale)


def counted(value: int, thing: str) -> str:
    """`1 passage`, `12 passages`."""
    return _counted(value, thing, language())


def words(value: str) -> str:
    """A word of ours for readers: `list_item` -> `list item`; what is no word of ours stays as it is."""
    return _word(value, language())


def written_date(iso: str) -> str:
    """An ISO prefix as it is written in prose: `2018-10-18` -> `18 October 2018`, `2009-08` -> `August 2009`."""
    return _date(iso, language().locale)


def numbered(unit: str, several: int, numbers: str) -> str:
    """Units of an instrument with their numbers: `Article 16`, `Articles 2–9`."""
    return _UNITS.get(unit, _UNITS["article"])(several, numbers)


def either(choices: Sequence[str]) -> str:
    """Any of them: `Jordan or Chad`."""
    return format_list(choices, "or", language().locale)


def counting() -> Callable[[int, int], Markup]:
    """What writes `12 in 3`, passages in documents, in the language of the page; lists ask for it once."""
    used = language()
    return lambda passages, documents: _counts(passages, documents, used)


@lru_cache(_KEPT)
def _word(value: str, _used: Language) -> str:
    return str(_WORDS[value]) if value in _WORDS else value.replace("_", " ")


@lru_cache(_KEPT)
def _number(value: int, locale: str) -> str:
    return format_decimal(value, locale=locale)


@lru_cache(_KEPT)
def _counted(value: int, thing: str, used: Language) -> str:
    """`used` is the language of the page."""
    return _THINGS[thing](value, _number(value, used.locale))


@lru_cache(_KEPT)
def _date(iso: str, locale: str) -> str:
    if len(iso) not in {_MONTH, _DAY}:
        return iso
    try:
        day = date.fromisoformat(f"{iso}-01"[:_DAY])
    except ValueError:  # a range of years, or no day of the calendar
        return iso
    return format_date(day, "long", locale=locale) if len(iso) == _DAY else format_skeleton("yMMMM", day, locale=locale)


@lru_cache(_KEPT)
def _counts(passages: int, documents: int, used: Language) -> Markup:
    """The words behind the numbers are for those who listen; `used` is the language of the page."""
    found = ngettext(
        '%(num)s<span class="unseen"> passage</span>',
        '%(num)s<span class="unseen"> passages</span>',
        passages,
        num=_number(passages, used.locale),
    )
    if documents:
        beside = ngettext(
            'in %(num)s<span class="unseen"> document</span>',
            'in %(num)s<span class="unseen"> documents</span>',
            documents,
            num=_number(documents, used.locale),
        )
        found = f'{found} <span class="in">{beside}</span>'
    return Markup(f'<span class="count">{found}</span>')  # noqa: S704  # texts of ours around numbers
