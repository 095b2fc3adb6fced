"""The language of a page: that of the settings, else the one of our languages that the reader's browser likes best.

The texts are written in English and are their own keys. Every other language is a catalogue below `translations/`
(`make messages` writes what is to be translated). Messages of the command line and of the log stay English.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from gettext import NullTranslations
from pathlib import Path
from typing import cast

from babel import Locale, negotiate_locale
from babel.support import LazyProxy, Translations
from flask import Flask, Response, current_app, request
from markupsafe import Markup

from corpus.errors import PinciteError
from webapp.settings import Settings

#: Where the catalogues lie, as `<language>/LC_MESSAGES/<domain>.mo`.
FOLDER = Path(__file__).parent / "translations"
DOMAIN = "pincite"


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """A language of the pages: its tag (BCP 47), the locale that numbers and dates are written by, its texts."""

    tag: str
    locale: str
    texts: NullTranslations


#: What the texts are written in; dates are written as in Britain.
ENGLISH = Language("en", "en_GB", NullTranslations())


#: The language of the page that is being made. A page asks for hundreds of texts, and Flask's `g` would be slow.
_PAGE: ContextVar[Language] = ContextVar("language", default=ENGLISH)
#: Texts without values kept ready to print: more than all pages have, in a few languages.
_KEPT = 1 << 12


def init_app(app: Flask) -> None:
    """Let the application speak its languages; raises `PinciteError` if the settings name another."""
    spoken = languages()
    settings: Settings = app.config["PINCITE"]
    if settings.language and settings.language not in spoken:
        raise PinciteError(f"PINCITE_LANGUAGE must be one of {', '.join(spoken)}, not {settings.language!r}")
    app.extensions["languages"] = {settings.language: spoken[settings.language]} if settings.language else spoken
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.extend(newstyle_gettext=True)  # `trans` hands its values on; those of Jinja's own are slower
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.globals.update(_=_printed, gettext=_printed, ngettext=_printed_for, language=language)
    app.before_request(_choose)
    app.after_request(_by_language)
    app.teardown_request(_forget)


def languages() -> Mapping[str, Language]:
    """Every language of the pages by its tag, English first."""
    found = {ENGLISH.tag: ENGLISH}
    for catalogue in sorted(FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")):
        locale = Locale.parse(catalogue.parts[-3])
        tag = str(locale).replace("_", "-")
        found[tag] = Language(tag, str(locale), Translations.load(FOLDER, [str(locale)], DOMAIN))
    return found


def language() -> Language:
    """The language of the page that is being made; English outside of one."""
    return _PAGE.get()


def gettext(text: str, /, **values: object) -> str:
    """A text in the language of the page, with values in place of `%(name)s`."""
    found = language().texts.gettext(text)
    return found % values if values else found


def ngettext(one: str, many: str, number: int, /, **values: object) -> str:
    """The text for this number of things."""
    return language().texts.ngettext(one, many, number) % values


def streamed(pieces: Iterator[str]) -> Iterator[str]:
    """A page that is made while it is sent, when the request is over, in the language of the request."""
    used = language()

    def made() -> Iterator[str]:
        _PAGE.set(used)
        yield from pieces

    return made()


def lazy(text: str) -> str:
    """A text that is put into the language of the page when it is printed; for constants, imported as `_`."""
    return cast("str", LazyProxy(gettext, text, enable_cache=False))


def _choose() -> None:
    spoken: Mapping[str, Language] = current_app.extensions["languages"]
    several = len(spoken) > 1
    tag = negotiate_locale(request.accept_languages.values(), list(spoken), sep="-") if several else None
    _PAGE.set(spoken[tag] if tag else next(iter(spoken.values())))


def _forget(_: BaseException | None) -> None:
    _PAGE.set(ENGLISH)


def _by_language(response: Response) -> Response:
    """No cache gives a page to readers of another language."""
    if len(current_app.extensions["languages"]) > 1:
        response.vary.add("Accept-Language")
    return response


def _printed(text: str, /, **values: object) -> Markup:
    """A text of a template; its values are escaped."""
    return _with_values(text, language(), values) if values else _plain(text, language())


def _printed_for(one: str, many: str, number: int, /, **values: object) -> Markup:
    return Markup(language().texts.ngettext(one, many, number)) % values  # noqa: S704  # texts are ours


@lru_cache(_KEPT)
def _plain(text: str, used: Language) -> Markup:
    return _with_values(text, used, {})


def _with_values(text: str, used: Language, values: Mapping[str, object]) -> Markup:
    return Markup(used.texts.gettext(text)) % values  # noqa: S704  # texts are ours
