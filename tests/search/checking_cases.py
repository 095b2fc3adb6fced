"""Texts that cite the sample collection, rightly and wrongly, each with what a reader with the books open would say.

A case is (shape, text, judgements); a judgement is a verdict with the passage or document that it must lead to, "" for
none. Findings that are not listed are mistakes.
"""

REPORT = "model-commission-electronic-evidence-2025"
LAW = "model-law-electronic-evidence-2025"
LECTURE = "codicil-cybercrime-treaties-2025"
SEA = "apostilla-sea-crime-scene"
RESOLUTION = "moot-assembly-resolution-12-7"
OPINIONS = "glossator-errata-three-opinions-2025"
GUEST = "errata-uninvited-guest-2024"
DATA = "marginal-borrowed-data-2025"
TRAFFICKING = "model-council-trafficking-at-sea-2025"

F, W, D, N = "found", "wrong_pinpoint", "quotation_differs", "not_in_library"

RIGHT = [
    (
        "a note in OSCOLA, called behind the quotation",
        (
            "The speaker put it simply: “The obstacle was habit, not law.”[^1]\n\n[^1]: Model Commission on "
            "Transnational Crime, ‘Report of the Working Group on Electronic Evidence on its fourth meeting’ (23 "
            "May 2025) MCTC/WG.2/2025/4, para 11."
        ),
        [(F, f"{REPORT}/para-11")],
    ),
    (
        "a symbol in brackets",
        "“The obstacle was habit, not law” (MCTC/WG.2/2025/4, para 11).",
        [(F, f"{REPORT}/para-11")],
    ),
    (
        "the article before the law",
        (
            "Under art 8(2) of the Model Law on Cooperation in Electronic Evidence an order “shall be in force "
            "for no longer than ninety days”."
        ),
        [(F, f"{LAW}/art-8-2")],
    ),
    (
        "article and paragraph in words",
        (
            "Article 10, paragraph 2, of the Model Law on Cooperation in Electronic Evidence provides that “A "
            "copy is admissible as the original if its digest is shown to be identical”."
        ),
        [(F, f"{LAW}/art-10-2")],
    ),
    (
        "the paragraph of an article",
        "Paragraph 2 of Article 16 of the Model Law on Cooperation in Electronic Evidence closes the list.",
        [(F, f"{LAW}/art-16-2")],
    ),
    (
        "authors and year, no place",
        (
            "As Glossator and Errata (2025) remark, “Advisory opinions bind nobody, and yet governments fight "
            "about their wording as if they did.”"
        ),
        [(F, f"{OPINIONS}/p-2")],
    ),
    (
        "a footnote of a lecture",
        "1 Octavia Codicil, ‘Who Writes the Law of Cybercrime?’ (Lecture 3, Faculty of Law, 6 October 2025) fn 2.",
        [(F, f"{LECTURE}/fn-2")],
    ),
    (
        "a permalink",
        "Custom binds everybody: https://pincite.example.edu/passages/moot-assembly-resolution-12-7/para-7.",
        [(F, f"{RESOLUTION}/para-7")],
    ),
    (
        "a passage id",
        "“The obstacle was habit, not law” (model-commission-electronic-evidence-2025/para-11).",
        [(F, f"{REPORT}/para-11")],
    ),
    (
        "ibid with another paragraph",
        (
            "1. Model Commission on Transnational Crime, Report of the Working Group on Electronic Evidence "
            "(2025) para 9.\n2. Ibid para 11."
        ),
        [(F, f"{REPORT}/para-9"), (F, f"{REPORT}/para-11")],
    ),
    (
        "back to an earlier note",
        (
            "1. Octavia Codicil, ‘Who Writes the Law of Cybercrime?’ (2025) fn 1.\n2. MCTC/WG.2/2025/4, para "
            "4.\n3. Codicil (n 1) fn 3."
        ),
        [(F, f"{LECTURE}/fn-1"), (F, f"{REPORT}/para-4"), (F, f"{LECTURE}/fn-3")],
    ),
    (
        "words left out with dots",
        (
            "“It was recalled that personal data transferred for criminal proceedings were subject … to "
            "Directive (EU) 2016/680” (MCTC/WG.2/2025/4, para 12)."
        ),
        [(F, f"{REPORT}/para-12")],
    ),
    (
        "words left out with dots in brackets, twice",
        (
            "“A contact point [...] was worth more [...] than a treaty that answered within the year” "
            "(MCTC/WG.2/2025/4 at para 10)."
        ),
        [(F, f"{REPORT}/para-10")],
    ),
    (
        "a letter changed in brackets",
        (
            "The law adds that “[t]he addressee may apply to the court to vary or revoke the order within ten "
            "days of receipt” (Model Law on Cooperation in Electronic Evidence, art 9(3))."
        ),
        [(F, f"{LAW}/art-9-3")],
    ),
    (
        "words of the writer in brackets",
        (
            "“A copy [of the evidence] is admissible as the original if its digest is shown to be identical” "
            "(Model Law on Cooperation in Electronic Evidence art 10(2))."
        ),
        [(F, f"{LAW}/art-10-2")],
    ),
    (
        "capitals, a word divided at the end of a line, no source",
        ('He called it so: "Europe has been the LABORATORY, with the explosions that one expects in a labora-\ntory."'),
        [(F, f"{DATA}/p-8")],
    ),
    (
        "straight single marks around a possessive, no source",
        (
            "He asks it plainly: 'When a critic tells you that the Convention is a policeman's treaty, ask "
            "whether the critic has read Article 15'."
        ),
        [(F, f"{LECTURE}/p-9")],
    ),
    (
        "a block quotation with a call at its end",
        (
            "The court of the road is invoked:\n\n> A duty of conduct is like the duty of a good driver. Nobody "
            "promises to arrive, but everybody must keep both hands on the wheel.[^4]\n\n[^4]: Glossator and "
            "Errata, ‘Three Opinions and a Silence’ (2025)."
        ),
        [(F, f"{OPINIONS}/p-7")],
    ),
    (
        "a range of paragraphs",
        "1. MCTC/WG.2/2025/4, paras 9–11: “Central authorities lacked staff who could read technical annexes”.",
        [(F, f"{REPORT}/para-9")],
    ),
    (
        "two paragraphs",
        "Two speakers warned of it (MCTC/WG.2/2025/4, paras 6 and 14).",
        [(F, f"{REPORT}/para-6")],
    ),
    (
        "a paragraph of an annex",
        "1 Model Law on Cooperation in Electronic Evidence, annex, para 2.",
        [(F, f"{LAW}/annex/para-2")],
    ),
    (
        "a commentary",
        "The workshop chose the judge (Model Law on Cooperation in Electronic Evidence, art 9 comment 1).",
        [(F, f"{LAW}/art-9/comment-1")],
    ),
    (
        "a document named in passing beside a quotation",
        "In The Sea as a Crime Scene the lecturer says that “A ship has a nationality, not a soil.”",
        [(F, f"{SEA}/p-1")],
    ),
    (
        "angle marks, a resolution by its symbol",
        "«Encourages contributions to the Fund for responding to Loss and Damage» (MGA/RES/12/7, para 9).",
        [(F, f"{RESOLUTION}/para-9")],
    ),
    (
        "a whole document in a note",
        (
            "1. Felix Errata, ‘The Uninvited Guest: Data Protection in Treaties on Criminal Cooperation’ (2024) "
            "7(2) Journal of Imaginary Jurisprudence."
        ),
        [(F, GUEST)],
    ),
    (
        "author and year in the reference style",
        "The boats have no flag (Corrigendum, 2025, para. 6).",
        [(F, f"{TRAFFICKING}/para-6")],
    ),
]

WRONG_PLACES = [
    (
        "the quotation stands in another paragraph",
        "“The obstacle was habit, not law” (MCTC/WG.2/2025/4, para 12).",
        [(W, f"{REPORT}/para-11")],
    ),
    (
        "the quotation stands in another article",
        (
            "Under art 9(2) of the Model Law on Cooperation in Electronic Evidence an order “shall be in force "
            "for no longer than ninety days”."
        ),
        [(W, f"{LAW}/art-8-2")],
    ),
    (
        "no such paragraph",
        "1. MCTC/WG.2/2025/4, para 52.",
        [(W, REPORT)],
    ),
    (
        "the quotation stands in another document",
        (
            "“The obstacle was habit, not law.”[^1]\n\n[^1]: Corrigendum, Report of the Special Rapporteur on "
            "trafficking and smuggling at sea (2025) MCHS/31/12, para 11."
        ),
        [(W, f"{REPORT}/para-11")],
    ),
    (
        "no such footnote",
        "1. Octavia Codicil, ‘Who Writes the Law of Cybercrime?’ (2025) fn 44.",
        [(W, LECTURE)],
    ),
    (
        "no such item",
        "Lawyers are protected by art 9(2)(g) of the Model Law on Cooperation in Electronic Evidence.",
        [(W, LAW)],
    ),
    (
        "ibid with a paragraph that holds other words",
        (
            "It was said that “The obstacle was habit, not law.”[^2]\n\n[^1]: MCTC/WG.2/2025/4, para 9.\n[^2]: "
            "Ibid para 13."
        ),
        [(W, f"{REPORT}/para-11"), (F, f"{REPORT}/para-9")],
    ),
    (
        "a permalink to a place that is not there",
        "See /passages/moot-assembly-resolution-12-7/para-70.",
        [(W, RESOLUTION)],
    ),
]

DIFFERENT_WORDS = [
    (
        "a word changed",
        "“The obstacle was custom, not law” (MCTC/WG.2/2025/4, para 11).",
        [(D, f"{REPORT}/para-11")],
    ),
    (
        "words left out without a sign",
        (
            "“Where there are grounds to believe that data are vulnerable to loss, the competent authority may "
            "order any person in possession of the data to preserve them” (Model Law on Cooperation in "
            "Electronic Evidence, art 8(1))."
        ),
        [(D, f"{LAW}/art-8-1")],
    ),
    (
        "a word added",
        (
            "“Electronic evidence obtained abroad should always be disclosed with its history” "
            "(MCTC/WG.2/2025/4, para 14)."
        ),
        [(D, f"{REPORT}/para-14")],
    ),
    (
        "a number changed",
        (
            "Under art 8(2) of the Model Law on Cooperation in Electronic Evidence an order “shall be in force "
            "for no longer than sixty days and may be renewed once”."
        ),
        [(D, f"{LAW}/art-8-2")],
    ),
    (
        "a negation, no source",
        "One reads: “The duty to rescue never precedes every power.”",
        [(D, f"{TRAFFICKING}/para-11")],
    ),
    (
        "words that the cited paragraph and the library do not hold",
        "“Every provider will in future keep all logs for ten years” (MCTC/WG.2/2025/4, para 9).",
        [(D, f"{REPORT}/para-9")],
    ),
    (
        "words that a document cited without a place does not hold",
        "Codicil (2025) says that “nobody in this faculty believes in the ratification of protocols”.",
        [(D, LECTURE)],
    ),
    (
        "the end changed, a single note for it",
        (
            "A saying goes ‘A treaty that everybody can sign is not always a treaty that everybody will "
            "read’.[^1]\n\n[^1]: Codicil, Who Writes the Law of Cybercrime? (2025)."
        ),
        [(D, f"{LECTURE}/p-17")],
    ),
]

UNKNOWN = [
    (
        "a book with a page",
        "1. Ian Brownlow, Principles of Public Air Law (7th edn, OUP 2019) 212.",
        [(N, "")],
    ),
    (
        "an article of a treaty that the library does not hold",
        "Article 32(b) of the Convention on Cybercrime is the most disputed of all.",
        [(N, "")],
    ),
    (
        "a quotation from nowhere",
        "She wrote: “Every harbour has a lamp that nobody remembers to light”.",
        [(N, "")],
    ),
    (
        "a quotation from a work that is not here",
        (
            "She wrote: “Every harbour has a lamp that nobody remembers to light”.[^1]\n\n[^1]: Jane Smith, "
            "Harbour Law (CUP 2018) 45."
        ),
        [(N, "")],
    ),
    (
        "an author and a year that are not here",
        "Others disagree (Smith, 2019, p 12).",
        [(N, "")],
    ),
    (
        "another work of an author of the library",
        "Codicil (2021) looked at log files.",
        [(N, "")],
    ),
    (
        "a permalink into another library",
        "See https://pincite.example.edu/passages/harbour-law-2018/para-4.",
        [(N, "")],
    ),
    (
        "the title of an article between quotation marks",
        "1. Jane Smith, ‘The Law of Lamps in Small Harbours’ (2018) 4 Journal of Harbour Law 45.",
        [(N, "")],
    ),
]

NOTHING = [
    (
        "words kept at a distance",
        "The so-called “safe havens” of 1990 were no havens.",
        [],
    ),
    (
        "years and numbers",
        "In 1990 the Assembly met 45 times; 3 resolutions followed.",
        [],
    ),
    (
        "a place in the paper itself",
        "1. See para 3 above.\n2. See note 1.",
        [],
    ),
    (
        "a library document in passing",
        "The Model Law on Cooperation in Electronic Evidence is short.",
        [],
    ),
    (
        "a remark in a note",
        "The law is young.[^1]\n\n[^1]: On this the faculty is divided.",
        [],
    ),
]

CASES = [*RIGHT, *WRONG_PLACES, *DIFFERENT_WORDS, *UNKNOWN, *NOTHING]
