"""Pinpoints in running text, and the passages of a document that stand there.

>>> [place.written for place in places("see paras 10-12, art 16(2) and p 7")]
['paras 10-12', 'art 16(2)', 'p 7']
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.locator import Locator, Step
from corpus.model import Passage
from corpus.months import MONTHS
from search.pinpoints import PLACE, SUB, locator_of, wholes

#: Numbers that a range is spelled out to; a longer one is cited by its ends.
_MAX_RANGE = 50
#: Units that can be parts of another: `art 16, para 2` and `Article 6 § 1` are art 16(2) and art 6(1).
_PARTS = frozenset({"para", "s", "point"})

_NUMBER = r"\d{1,4}[a-z]?(?:\.\d{1,3})*(?![^\W_])" + SUB
# Not the day or year behind a comma: `para 3, 12 May 2022`, `art 5, 2025`.
_NO_DATE = rf"(?!(?:19|20)\d\d(?!\d))(?!\d+\s(?:of|{'|'.join(month[:3] for month in MONTHS)}))"
_MORE = rf"(?P<more>(?:\s?(?:[-–—]|,\s?(?:and\s)?|\b(?:to|and)\b|&)\s?{_NO_DATE}{_NUMBER})*)"
# "paragraph 2 of article 16"; "para 10", "arts 2-9", "paras 3, 5 and 7", "annex, para 2".
_INNER = r"(?:paragraphs?|paras?|subparagraphs?|points?)\.?\s?\(?(?P<inner>\d{1,3}|[a-z])\)?\s(?:of|in)\s(?=art)"
_LABELLED = re.compile(rf"(?:{_INNER})?(?P<place>{PLACE}){_MORE}", re.IGNORECASE)
_ROMAN = r"[ivxlc]{1,7}"
_PAGES = re.compile(
    rf"(?<!\w)(?:pages?|pp?)(?:\.?\s?(?=\d)|\.\s?|\s)(?P<first>\d{{1,4}}|{_ROMAN})(?:\s?[-–—]\s?(?P<last>\d{{1,4}}|{_ROMAN}))?(?!\w)",
    re.IGNORECASE,
)
#: A note on a page, as Chicago cites it: `212n3`.
_PAGE_NOTE = re.compile(r"(?<![\w.])\d{1,4}n(?P<note>\d{1,3})(?!\w)")
#: What neutral citations do: `[12]`, `[12]-[14]`.
_BRACED = re.compile(r"(?<![\w\[])\[(?P<first>\d{1,4})\](?:\s?[-–—]\s?\[?(?P<last>\d{1,4})\]?)?")
#: A page as OSCOLA and Chicago end a citation: `(2024) 7 J 1, 12.`, `no. 2 (2024): 12`, `at 12`.
_BARE = re.compile(r"(?:[,:]|\bat)\s(?P<first>\d{1,4})(?:[-–—](?P<last>\d{1,4}))?(?=[.\s)]*$)")


@dataclass(frozen=True, slots=True)
class Place:
    """A pinpoint as it is written, with its span: locators or, of pages, the first and last as they call themselves.

    A `bare` page is a number at the end of a citation, which may be no page at all.
    """

    start: int
    end: int
    written: str
    locators: tuple[Locator, ...] = ()
    pages: tuple[str, str] | None = None
    bare: bool = False


def places(text: str, *, braced: bool = False, bare: bool = False) -> list[Place]:
    """The pinpoints in a text; `braced` takes `[12]` for a paragraph, `bare` a number at the end for a page."""
    found = [_labelled(match) for match in _LABELLED.finditer(text)]
    found += [_page(match) for match in _PAGES.finditer(text)]
    found += [_numbered(match, "fn", match["note"]) for match in _PAGE_NOTE.finditer(text)]
    if braced:
        found += [_numbered(match, "para", match["first"], match["last"]) for match in _BRACED.finditer(text)]
    if bare and (match := _BARE.search(text)):
        found.append(_page(match, bare=True))
    kept: list[Place] = []
    for place in sorted(found, key=lambda place: (place.start, -place.end)):
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    return kept


def passages_at(place: Place, passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages of a document that stand at a place; none if the document lacks it or an end of the range."""
    if place.pages:
        return _on_pages(place.pages, passages)
    found = [_at(locator, passages) for locator in place.locators]
    if not found or not (found[0] and found[-1]):
        return ()
    return tuple(dict.fromkeys(passage for each in found for passage in each))


def _labelled(match: re.Match[str]) -> Place:
    first = _parts_joined(locator_of(match["place"]))
    if match["inner"]:
        first = _with_last(first, Step(first.steps[-1].unit, (*first.steps[-1].numbers, match["inner"])))
    return Place(*match.span(), match[0], tuple(_spelled_out(first, match["more"])))


def _parts_joined(locator: Locator) -> Locator:
    """`art 16, para 2` as `art 16(2)`."""
    *outer, last = locator.steps
    if outer and last.unit in _PARTS and outer[-1].unit in {"art", "rule", "principle", "s"}:
        return Locator((*outer[:-1], Step(outer[-1].unit, (*outer[-1].numbers, *last.numbers))))
    return locator


def _spelled_out(first: Locator, more: str) -> Iterator[Locator]:
    """The places of a list or range, each as a locator."""
    yield first
    before = first.steps[-1]
    for joint, written in re.findall(rf"([-–—,&]|\bto\b|\band\b)?\s?({_NUMBER})", more):
        numbers = tuple(re.findall(r"[\w.]+", written))
        if joint in {"-", "–", "—", "to"}:
            yield from (_with_last(first, Step(before.unit, (number,))) for number in _between(before, numbers))
        before = Step(before.unit, numbers)
        yield _with_last(first, before)


def _between(before: Step, numbers: tuple[str, ...]) -> Iterator[str]:
    first, last = before.numbers[0], numbers[0]
    if len(before.numbers) == len(numbers) == 1 and first.isdecimal() and last.isdecimal():
        count = int(last) - int(first)
        yield from map(str, range(int(first) + 1, int(last)) if count <= _MAX_RANGE else ())


def _with_last(locator: Locator, step: Step) -> Locator:
    return Locator((*locator.steps[:-1], step))


def _page(match: re.Match[str], *, bare: bool = False) -> Place:
    first = match["first"]
    return Place(*match.span(), match[0], pages=(first, match["last"] or first), bare=bare)


def _numbered(match: re.Match[str], unit: str, first: str, last: str | None = None) -> Place:
    begin = Locator((Step(unit, (first,)),))
    return Place(*match.span(), match[0], tuple(_spelled_out(begin, f"-{last}" if last else "")))


def _at(locator: Locator, passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passage at a locator, else those that it consists of in whatever division, else the one around it."""
    path = locator.path
    exact = [passage for passage in passages if passage.id == f"{passage.document_id}/{path}"]
    if exact:
        return tuple(exact)
    inside = re.compile(rf"(?:.+/)?{re.escape(locator.path)}(?:[-~/].+)?")
    found = [passage for passage in passages if inside.fullmatch(passage.locator.path)]
    return tuple(found) or _around(locator, passages)


def _around(locator: Locator, passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The smallest passage around a place that holds its sub-items: `art 16(2)` for `art 16(2)(a)` if it has an (a)."""
    for whole in list(wholes(locator))[1:]:
        marks = [f"({number})" for number in locator.steps[-1].numbers[len(whole.steps[-1].numbers) :]]
        ending = re.compile(rf"(?:.+/)?{re.escape(whole.path)}")
        for passage in passages:
            if ending.fullmatch(passage.locator.path) and all(mark in passage.text for mark in marks):
                return (passage,)
    return ()


def _on_pages(pages: tuple[str, str], passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages on the pages, by what these call themselves; both ends of a range must be there."""
    paged = [(passage, *passage.pages) for passage in passages if passage.pages]
    names = list(dict.fromkeys(label for _, *labels in paged for label in labels))
    # a page in the middle of a long passage begins and ends none, so that numbers are compared, other names looked up
    decimal = pages[0].isdecimal() and pages[1].isdecimal()
    value = {name: int(name) if decimal else at for at, name in enumerate(names) if name.isdecimal() or not decimal}
    first, last = (int(name) if decimal else value.get(name, -1) for name in (pages[0], _completed(*pages)))
    known = [(passage, value[start], value[end]) for passage, start, end in paged if start in value and end in value]
    found = [(passage, start, end) for passage, start, end in known if start <= last and end >= first]
    whole = found and min(start for _, start, _ in found) <= first and max(end for _, _, end in found) >= last
    return tuple(passage for passage, _, _ in found) if whole else ()


def _completed(first: str, last: str) -> str:
    """The last page of `115-39` in full."""
    return first[: -len(last)] + last if len(last) < len(first) and last.isdecimal() else last
