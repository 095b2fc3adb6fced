"""What is cited of a treaty: its parties, the day on which it was made, its entry into force, its series."""

from __future__ import annotations

from dataclasses import replace

from corpus.citation.dates import Date, parse_date, spelled
from corpus.citation.series import Series, parse_series
from corpus.citation.source import Genre, Source, first_page

#: The acts by which treaties are made, the one to be cited first ("Citing International Law Sources" (2006) IV.A.1:
#: where States may accede the day of its opening for signature, else that of its signature or adoption).
ACTS = {"opened_for_signature": "opened for signature", "adopted": "adopted", "signed": "signed"}
_BILATERAL = 2
#: What the catalogue says of a treaty that has not entered into force.
_PENDING = "not yet in force"


def made(source: Source) -> tuple[str, Date]:
    """The act and its day; the document's own date is that of its adoption unless the catalogue names another `act`."""
    for name, words in ACTS.items():
        if date := parse_date(source.detail(name)):
            return words, date
    return source.detail("act") or ACTS["adopted"], source.date


def history(source: Source) -> str:
    """`adopted 28 July 1951, entered into force 22 April 1954`."""
    act, date = made(source)
    day = spelled(source.detail("entered_into_force", "in_force"))
    began = f"entered into force {day}" if day and day != _PENDING else day
    if date and date.day_first() == day:
        return f"{act} and {began}"
    return ", ".join(filter(None, (f"{act} {date.day_first()}" if date else "", began)))


def parties(source: Source, dash: str) -> str:
    """The two parties of a bilateral treaty with the dash between them; "" for others, whose parties are not named."""
    names = [name.strip() for name in source.detail("parties").split(";") if name.strip()]
    return dash.join(names) if len(names) == _BILATERAL else ""


def series(source: Source) -> Series:
    """The place in the treaty series or official journal, from one text or from the catalogue's single facts."""
    read = parse_series(source.detail("treaty_series", "series", "official_journal"))
    if read.written.isalpha() and read.written.isupper():
        volume, number = source.detail("volume"), source.detail("number")
        return replace(read, written="", name=read.written, volume=volume, number=number, page=_page(source))
    return read or (parse_series(source.symbol) if source.genre == Genre.TREATY else read)


def _page(source: Source) -> str:
    return first_page(source.detail("pages", "page"))
