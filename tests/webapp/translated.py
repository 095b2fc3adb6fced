"""Catalogues for tests, made of the template of all texts."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from gettext import NullTranslations
from pathlib import Path

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from webapp import language

POT = language.FOLDER / "pincite.pot"


def catalogue(folder: Path, name: str, put: Callable[[str], str]) -> None:
    """A catalogue of the language in which every text is what `put` makes of it."""
    made = Catalog(locale=name)
    with POT.open("rb") as file:
        for message in read_po(file):
            if message.id:
                several = isinstance(message.id, tuple)
                text = [put(message.id[min(n, 1)]) for n in range(made.num_plurals)] if several else put(message.id)
                made.add(message.id, text)
    place = folder / name / "LC_MESSAGES" / f"{language.DOMAIN}.mo"
    place.parent.mkdir(parents=True)
    with place.open("wb") as file:
        write_mo(file, made)


@contextmanager
def translated(name: str) -> Iterator[None]:
    """As on a page in the language, without any of its texts."""
    before = language._PAGE.set(language.Language(name, name, NullTranslations()))
    yield
    language._PAGE.reset(before)
