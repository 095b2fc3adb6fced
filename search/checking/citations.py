"""Citations in a text: which work is meant, by its name or by an earlier note, and which place in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from search.checking.drafts import Draft, Unit
from search.checking.model import Span
from search.checking.places import Place, places
from search.checking.works import Mention, Works

#: Words that begin a citation without naming anything.
_CUES = frozenset(
    """
    see also cf compare contrast but and in as for eg ie the a an at by on both generally further id ibid above below
    supra infra note notes n article articles art arts paragraph paragraphs para paras section sections p pp page
    """.split()  # noqa: SIM905  (a list of quoted words is harder to read)
)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
#: "ibid", "id." and the notes that lead back: `(n 3)`, `supra note 3`, `above n 3`.
_IBID = re.compile(r"(?<!\w)(?:ibid(?:em)?|id(?=\.|,\sat))\.?(?!\w)", re.IGNORECASE)
_BACK = re.compile(
    r"\((?:n|fn|note|footnote)\.?\s?(?P<number>\d{1,3})\)|(?<!\w)(?:supra|above),?\s(?:n|fn|note|footnote)\.?\s?(?P<said>\d{1,3})"
    r"|(?<!\w)(?:n|note)\.?\s(?P<behind>\d{1,3})\sabove(?!\w)",
    re.IGNORECASE,
)
# What joins a place to the work behind it: "para 10 of the Report", "Article 5, Model Law".
_OF = re.compile(r",?\s(?:(?:of|in|to|from)\s)?(?:the\s|his\s|her\s|their\s|its\s)?['‘“\"]?", re.IGNORECASE)
# Works that the library may not know: a year in brackets, an address.
_WORK = re.compile(r"[\[(][^()\[\]]{0,80}(?:1[5-9]|20)\d\d[^()\[\]]{0,40}[\])]|https?://\S+")
# The same in a sentence: `(Smith, 2019, p 12)`, `Smith (2019)` with a place is told by the place.
_REFERENCE = re.compile(r"\((?:see\s|cf\.?\s)?[A-Z][^()\d]{1,60},?\s(?:1[5-9]|20)\d\d[a-z]?(?:[,:]\s?[^()]{0,40})?\)")
# Citations of one note are parted by semicolons, and by the end of a sentence that does not end an abbreviation.
_PARTED = re.compile(r";\s|(?<=[^\W_]{4}[.])\s(?=[A-Z])|(?<=\))[.]\s(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation: its span, the documents that may be meant (none: not in the library) and the places in them.

    A `weak` one only names a document; it counts where a quotation stands beside it.
    """

    start: int
    end: int
    unit: Unit
    documents: frozenset[str] = frozenset()
    places: tuple[Place, ...] = ()
    mention: Mention | None = None
    weak: bool = False

    @property
    def firm(self) -> bool:
        """Whether a place is cited that can be nothing else."""
        return any(not place.bare for place in self.places)


@dataclass(slots=True)
class _Reader:
    """Reads the units in order and remembers what each note cites."""

    text: str
    works: Works
    by_note: dict[int, list[Citation]] = field(default_factory=dict)
    last: Citation | None = None

    def unit(self, unit: Unit) -> Iterator[Citation]:
        """The citations of a sentence or note; a work that is named again, for its place or its year, is cited once."""
        found: list[Citation] = []
        for start, end in self._segments(unit):
            for citation in self._segment(unit, start, end, found[-1] if found else None):
                last = found[-1] if found else None
                both = last.documents & citation.documents if last else frozenset()
                if last and both and not (last.firm and citation.firm):
                    held = last.places if last.firm else citation.places
                    found[-1] = replace(
                        last, end=citation.end, documents=both, places=held, weak=last.weak and citation.weak
                    )
                else:
                    found.append(citation)
        if unit.note is not None:
            self.by_note.setdefault(unit.note, []).extend(found)
        self.last = next((citation for citation in reversed(found) if not citation.weak), self.last)
        return iter(found)

    def _segments(self, unit: Unit) -> Iterator[Span]:
        stops = _PARTED.finditer(self.text, unit.start, unit.end) if unit.note is not None else ()
        return pairwise([unit.start, *(stop.end() for stop in stops), unit.end])

    def _segment(self, unit: Unit, start: int, end: int, inherited: Citation | None) -> Iterator[Citation]:
        part = self.text[start:end]
        back = self._back(part, inherited)
        named = _merged(part, sorted([*back, *_apart(self._mentions(part), back)], key=lambda each: each.start))
        found = places(_without(part, _BACK), braced=unit.note is not None, bare=unit.note is not None and bool(named))
        free = [place for place in found if all(_outside(place, mention) for mention in named)]
        if not named:
            yield from self._unnamed(unit, start, part, free, inherited)
            return
        for mention, own in _attached(part, named, free):
            weak = self._is_weak(unit, mention, own, part)
            if mention.documents or not weak:
                yield _citation(unit, start, mention, own, weak=weak)

    def _mentions(self, part: str) -> list[Mention]:
        """Works by name, and authors right before a place or a way back: `Codicil fn 2`, `(Codicil, par. 10)`."""
        found = self.works.mentions(part)
        behind = {place.start for place in places(part)}
        for match in self.works.authors.finditer(part):
            gap = re.compile(r",?\s").match(part, match.end())
            near = gap is not None and (gap.end() in behind or _BACK.match(part, gap.end()))
            if near and all(match.end() <= each.start or each.end <= match.start() for each in found):
                found.append(Mention(*match.span(), self.works.by_author(match[0])))
        return found

    def _back(self, part: str, inherited: Citation | None) -> list[Mention]:
        """`ibid` and `(n 3)` as mentions of what was cited there."""
        before = inherited or self.last
        found = [_again(match, before) for match in _IBID.finditer(part) if before]
        for match in _BACK.finditer(part):
            number = int(next(filter(None, match.groups())))
            cited = _meant(self.by_note.get(number, ()), self.works.authors.findall(part), self.works)
            found += [_again(match, cited)] if cited else []
        return found

    def _is_weak(self, unit: Unit, mention: Mention, own: Sequence[Place], part: str) -> bool:
        """Whether the words name a work in passing."""
        if own or mention.clear or mention.locator:
            return False
        if unit.note is None:
            return True
        return not mention.documents and bool(_capitals(part[: mention.start]))

    def _unnamed(
        self, unit: Unit, start: int, part: str, found: Sequence[Place], inherited: Citation | None
    ) -> Iterator[Citation]:
        """A place alone belongs to what the note has just cited; beside words of another work, to that one."""
        rest = _without(part, _BACK)
        work = _WORK.search(rest) if unit.note is not None else _REFERENCE.search(rest)
        own = [place for place in found if not place.bare]
        if unit.note is not None and own and inherited and not _capitals(part[: own[0].start]):
            first, last = start + own[0].start, start + own[-1].end
            yield replace(inherited, start=first, end=last, places=tuple(own))
        elif (work and _capitals(part)) or (unit.note is not None and own and _capitals(part[: own[0].start])):
            span = work.span() if work and unit.note is None else (0, len(part.rstrip(" .;")))
            yield Citation(start + span[0], start + span[1], unit)


def citations(draft: Draft, works: Works, quoted: Iterable[Span]) -> list[Citation]:
    """The citations of a text in order; words of a quotation cite nothing."""
    text = draft.text
    spans = list(quoted)
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    reader = _Reader(text, works)
    return [citation for unit in draft.units(spans) for citation in reader.unit(unit)]


def _merged(part: str, found: Sequence[Mention]) -> list[Mention]:
    """Mentions of one work side by side as one: author, title and symbol of a document; what is left apart stays."""
    merged: list[Mention] = []
    for mention in found:
        last = merged[-1] if merged else None
        if last and last.shares(mention) and not places(part[last.end : mention.start]):
            both = last.documents & mention.documents
            merged[-1] = replace(
                last,
                end=mention.end,
                documents=both,
                locator=last.locator or mention.locator,
                clear=last.clear or mention.clear,
            )
        else:
            merged.append(mention)
    return merged


def _attached(part: str, named: Sequence[Mention], found: Sequence[Place]) -> Iterator[tuple[Mention, list[Place]]]:
    """Each work with its places: those behind it, and one before it that "of the" joins, or that nothing else owns."""
    own: Mapping[int, list[Place]] = {at: [] for at in range(len(named))}
    for place in found:
        before = [at for at, mention in enumerate(named) if mention.end <= place.start]
        behind = [at for at, mention in enumerate(named) if mention.start >= place.end]
        joined = behind and _OF.fullmatch(part, place.end, named[behind[0]].start)
        at = behind[0] if joined or not before else before[-1]
        own[at].append(place)
    for at, mention in enumerate(named):
        sure = [place for place in own[at] if not place.bare]
        yield mention, sure or own[at]


def _citation(unit: Unit, start: int, mention: Mention, own: Sequence[Place], *, weak: bool) -> Citation:
    first = min([mention.start, *(place.start for place in own)])
    last = max([mention.end, *(place.end for place in own)])
    held = tuple(own)
    if mention.locator and not held:
        held = (Place(mention.start, mention.end, mention.locator.path, (mention.locator,)),)
    return Citation(start + first, start + last, unit, mention.documents, held, mention, weak)


def _apart(mentions: Iterable[Mention], others: Sequence[Mention]) -> Iterator[Mention]:
    return (each for each in mentions if all(_outside(each, other) for other in others))


def _outside(one: Place | Mention, other: Mention) -> bool:
    return one.end <= other.start or other.end <= one.start


def _again(match: re.Match[str], cited: Citation) -> Mention:
    """The mention of a work that was cited before."""
    instrument = cited.mention.instrument if cited.mention else ""
    return Mention(*match.span(), cited.documents, instrument, clear=True)


def _meant(cited: Sequence[Citation], authors: Sequence[str], works: Works) -> Citation | None:
    """What an earlier note cites: a work of the authors named, else the first."""
    wanted = frozenset(name for author in authors for name in works.by_author(author))
    return min(cited, key=lambda citation: citation.documents.isdisjoint(wanted), default=None)


def _capitals(text: str) -> bool:
    """Whether words of a name stand in a text."""
    return any(word[0].isupper() and word.lower() not in _CUES for word in _WORD.findall(text))


def _without(text: str, pattern: re.Pattern[str]) -> str:
    """A text with blanks for what a pattern matches."""
    return pattern.sub(lambda match: " " * len(match[0]), text)
