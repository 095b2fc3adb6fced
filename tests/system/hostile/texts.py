"""Texts that bring patterns down, that lie about their letters, or that want to be run somewhere."""

from __future__ import annotations

import os
import random

from tests.system.hostile.kit import FORMULAS, PLAIN, SCRIPTS, TURNS, UNSEEN, Hostile, named

#: Letters of a text that repeats one piece: a pattern that is more than linear needs minutes for it. Where all files
#: are taken in, so many that indexing them takes a gigabyte.
_LONG = 100_000 if "PINCITE_THOROUGH" in os.environ else 8_000
#: What our patterns begin to match again and again: enumerators, locators, citations, symbols, notes, markup.
_PIECES = {
    "articles": "art ",
    "points": "art 16(2)(a) ",
    "of": "Article 1 of ",
    "brackets": "(",
    "closing": ")",
    "square": "[",
    "decimals": "1.",
    "dots": ".",
    "digits": "9",
    "blanks": " ",
    "tabs": "\t",
    "lines": "\n",
    "feeds": "a\f",
    "symbols": "A/RES/",
    "resolutions": "A/RES/55/63, ",
    "bare": "55/63 ",
    "council": "Council of ",
    "nations": "United Nations ",
    "capitals": "Committee On The ",
    "acronyms": "CoE (",
    "defined": '("the Convention") ',
    "ibid": "ibid. ",
    "supra": "supra note 1, ",
    "calls": "word[^1] ",
    "bodies": "[^1]: x\n",
    "numbers": "1 ",
    "years": "1999-2000/",
    "dates": "1 May 2001, ",
    "roman": "ivxlcdm",
    "items": "(a) ",
    "bullets": "- ",
    "quotes": "> ",
    "headings": "#",
    "title": "# a\n",
    "levels": "###### a\n\n# b\n\n",
    "rules": "---",
    "cells": "|a",
    "stars": "*",
    "unders": "_a",
    "links": "[a](",
    "pictures": "![",
    "ticks": "`",
    "tags": "<a ",
    "entities": "&amp;",
    "slashes": "\\",
    "sections": "§ ",
    "directives": "Directive 95/46/EC and ",
    "recommendations": "No. R (89) ",
    "conventions": "Convention on the ",
    "marks": "\u0301",
    "joiners": "a\u200d",
    "hyphens": "a-\n",
    "leaders": "Chapter 1 ........ 7\n",
    "pagenumbers": "\n- 2 -\n",
    "colons": ":",
    "urls": "http://",
    "mails": "a@",
    "ands": "and ",
    "sentences": "A. ",
    "quotation": '"a ',
    "caps": "THE LAW ",
}


def texts() -> list[Hostile]:
    """All of them, the same on every run."""
    chance = random.Random(7)  # noqa: S311  no secret
    repeated = {about: PLAIN + "\n\n" + (piece * (_LONG // len(piece))) for about, piece in _PIECES.items()}
    noise = "".join(
        chr(chance.choice((chance.randrange(1, 0x250), chance.randrange(0x2000, 0x2070)))) for _ in range(20_000)
    )
    return [
        *named("pattern", ".md", repeated),
        *named(
            "letters",
            ".txt",
            {
                "turned": f"{TURNS[3]}{PLAIN}\n\nPaid to {TURNS}gpj.exe by \u202eLRO\u2066 nobody. {PLAIN}",
                "unseen": UNSEEN.join(PLAIN),
                "control": PLAIN + "".join(map(chr, range(1, 32))) + "\x7f\x85\u2028\u2029" + PLAIN,
                "escapes": f"\x1b]0;owned\x07\x1b[2J{PLAIN}\x1b[31m",
                "marks": "Zalgo" + "\u0300\u0316\u0489" * 5000 + " " + PLAIN,
                "homoglyphs": PLAIN.replace("o", "\u043e").replace("e", "\u0435"),
                "private": PLAIN + "".join(map(chr, range(0xE000, 0xE400))) + "\U0010fffd\ufffe\uffff",
                "noise": noise + PLAIN,
                "surrogates": PLAIN + "\ud800\udc00\udfff",
                "utf16-half": b"\xff\xfe" + PLAIN.encode("utf-16-le")[:-1],
                "utf16-broken": b"\xfe\xff\xd8\x00" * 2000,
                "latin-lie": b"\xef\xbb\xbf" + PLAIN.encode("latin-1") + b"\xff\xfe\xfa" * 300,
                "bytes": bytes(chance.randrange(1, 256) for _ in range(50_000)),
                "one-line": (PLAIN + " ") * 1_000,
                "one-word": "a" * 200_000,
                "nul": PLAIN.encode() + b"\0" * 70_000,
                "returns": (PLAIN + "\r") * 2000,
                "scripts": "\n\n".join(f"{script} {PLAIN}" for script in SCRIPTS),
                "formulas": "\n\n".join(f"{formula} {PLAIN}" for formula in FORMULAS),
            },
        ),
        *named(
            "title",
            ".md",
            {f"script-{number}": f"# {script}\n\n{PLAIN}\n" for number, script in enumerate(SCRIPTS)}
            | {f"formula-{number}": f"# {formula.strip()}\n\n{PLAIN}\n" for number, formula in enumerate(FORMULAS)}
            | {
                "turned": f"# Report \u202efdp.exe\n\n{PLAIN}\n",
                "endless": "# " + "Lamp " * 20_000 + f"\n\n{PLAIN}\n",
                "empty": f"#\n\n##\n\n{PLAIN}\n",
                "header": f"# Lamps\\r\\nSet-Cookie: a=b \x0b\x0c\n\n{PLAIN}\n",
                "many": "".join(f"# Heading {number}\n\n" for number in range(3_000)) + PLAIN,
                "deep": "".join(f"{'#' * (1 + number % 6)} {number}\n\n" for number in range(3_000)) + PLAIN,
            },
        ),
    ]
