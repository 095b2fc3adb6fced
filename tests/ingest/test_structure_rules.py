"""Rules of the structure stage, each on an invented example that it must catch and one that it must leave."""

import random
import textwrap

import pytest

from corpus.model import Passage, PassageKind
from ingest.blocks import Block, Emphasis, Shape
from ingest.clauses import opens_clause
from ingest.enumerators import counted_noun, enumerator, keyword, numeral_heading
from ingest.readers import typeset
from ingest.readers.text import parse
from ingest.structure import structure

#: A sentence and a paragraph of no particular content.
LINE = "The harbour master of the old town has kept the light for as long as anybody there can remember."
TEXT = f"{LINE} Nobody has thanked him for it, and he has never asked why that should be so."


def read(*paragraphs: str) -> tuple[Passage, ...]:
    return structure("d", tuple(parse("\n\n".join(paragraphs))))


def kinds_of(passages, text):
    return [str(passage.kind) for passage in passages if passage.text.startswith(text)]


def section_of(passages, text):
    return next(passage.section for passage in passages if passage.text.startswith(text))


def label_of(passages, text):
    return next(passage.label for passage in passages if passage.text.startswith(text))


# -- numbers and keywords ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("[Article 3. Protection of sovereignty", "article"),
        ("Appendix to Recommendation CM/Rec(2012)9", "appendix"),
        ("Annex to the Report of the Committee", "annex"),
        ("Annex to the treaty that nobody has signed yet", None),
        ("Appendix to be written", None),
        ("[Articles of faith", None),
    ],
)
def test_keywords_of_drafts_and_of_annexes_that_are_named(text, word):
    found = keyword(text)
    assert (found.word if found else None) == word


@pytest.mark.parametrize(
    ("text", "value"), [("[(b) “Owner” means", "b"), ("[2. Nothing in this", "2"), ("[12] See below", None)]
)
def test_a_bracket_may_stand_in_front_of_a_number(text, value):
    found = enumerator(text)
    assert (found.value if found else None) == value


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("Question 2. Who is competent to investigate?", "Question"),
        ("Session 3: Wrecks", "Session"),
        ("Recommendation 2. States should pay.", ""),
        ("March 12: opening", ""),
        ("Page 3 – Wrecks", ""),
    ],
)
def test_nouns_that_count_headings(text, noun):
    assert counted_noun(text, titled=True) == noun


@pytest.mark.parametrize(("text", "rank"), [("II", 2), ("IV", 4), ("I.", 0), ("ii", 0), ("MIX", 0)])
def test_roman_numerals_that_stand_alone(text, rank):
    assert numeral_heading(text) == rank


# -- tables of contents --------------------------------------------------------------------------------------------


def test_contents_end_where_the_first_article_comes_again():
    found = read(
        "TREATY ON LIGHTS",
        "TABLE OF CONTENTS",
        "Article 1 Scope of Assistance\n\nArticle 2 Entry into Force",
        "The Parties,",
        "Have agreed as follows:",
        "ARTICLE 1\nScope of Assistance",
        LINE,
    )
    assert kinds_of(found, "Article 2") == ["outline"]
    assert kinds_of(found, "Have agreed") == ["paragraph"]
    assert section_of(found, "Have agreed") == ()
    assert label_of(found, "The harbour master") == "art 1"


def test_an_entry_of_the_contents_may_read_like_a_sentence():
    entry = "Section I. The role of the commission in the making of the law."
    found = read("A title", "Contents", entry, "Section II. The role of the court", entry, TEXT)
    assert kinds_of(found, "Section I.") == ["outline", "heading"]


def test_arrangement_of_sections_is_no_part_of_the_act():
    found = read(
        "Model Signals Act",
        "ARRANGEMENT OF SECTIONS",
        "1. Short title\n2. Penalties",
        "AN ACT to protect signals and for connected purposes.",
        "Short title",
        "1. This Act may be cited as the Signals Act.",
        "Interpretation",
        "2. In this Act, unless the context otherwise requires,",
        "“signal” means any light or sound that guides a ship, and includes",
        "(a) a buoy.",
    )
    assert kinds_of(found, "1. Short title") == ["outline"]
    assert section_of(found, "AN ACT") == ()
    assert [label_of(found, start) for start in ("1. This", "2. In", "“signal”")] == ["s 1", "s 2", "s 2"]
    assert found[-1].text.endswith("(a) a buoy.")


def test_pages_of_the_front_in_small_numerals_are_furniture():
    assert [p.text for p in read(TEXT, "iii", TEXT)] == [TEXT, TEXT]
    assert kinds_of(read("Signs", TEXT, "IV", TEXT), "IV") == ["heading"]


# -- headings ------------------------------------------------------------------------------------------------------


def test_numerals_alone_head_the_parts_of_an_essay():
    assert section_of(read("THE KEEPER", "Ada Quill", "I", TEXT, "II", LINE + " Twice."), LINE + " Twice") == ("II",)


def test_what_asks_may_end_with_a_small_word():
    assert kinds_of(read("Sand", TEXT, "A. What a sandbank is", TEXT, "B. What it does", TEXT), "A. What") == [
        "heading"
    ]
    assert "heading" not in kinds_of(read("Sand", TEXT, "A. The name of the bank is", TEXT), "A. The name")


def test_a_letter_in_front_of_a_name_is_no_number():
    found = read("A directive", TEXT, "The President", "M. SCHULZ", "For the Council")
    assert "heading" not in kinds_of(found, "M. SCHULZ")
    assert kinds_of(read("A report", "A. FACTS", TEXT, "B. LAW", TEXT), "B. LAW") == ["heading"]


def test_numbered_questions_count_on_from_one_another():
    first = f"1. Is darkness a signal? {LINE}"
    found = read("Notes", TEXT, first, "“A quotation.”", "2. What would the court have said?", TEXT)
    assert "heading" not in kinds_of(found, "2. What")
    found = read("Seas", "1. What is the sea?", TEXT, "2. What is a ship?", TEXT)
    assert kinds_of(found, "2. What") == ["heading"]


def test_lines_over_signatures_head_nothing():
    found = read("TREATY", "ARTICLE 1", TEXT, "DONE at Port Estoppel.", "FOR THE REPUBLIC OF LACHES:", "A. Quill")
    assert "heading" not in kinds_of(found, "FOR THE REPUBLIC")
    assert kinds_of(read("JUDGMENT", TEXT, "FOR THESE REASONS", TEXT), "FOR THESE") == ["heading"]


def test_a_remark_under_a_heading_belongs_to_it():
    assert "THE LAW OF WRECKS (Deliberated)" in [
        p.text for p in read("Report", TEXT, "THE LAW OF WRECKS\n(Deliberated)", TEXT)
    ]
    assert "(Deliberated)" in [p.text for p in read("Report", TEXT, "(Deliberated)", TEXT)]


def test_an_organ_over_articles_is_a_heading_and_over_clauses_it_speaks():
    article = ("ARTICLE 4", TEXT)
    found = read("STATUTES", "ARTICLE 3", TEXT, "The General Assembly", *article)
    assert kinds_of(found, "The General Assembly") == ["heading"]
    found = read("STATUTES", TEXT, "The General Assembly", "Recalling the report,", "1. Decides to adjourn.")
    assert "heading" not in kinds_of(found, "The General Assembly")


def test_entries_of_a_bibliography_are_no_headings():
    entry = "H. Marlow, Lines in the Water (Strelsau, 2005)"
    found = read(
        "Lines",
        TEXT,
        "1. Land",
        TEXT,
        "Further reading",
        "Books",
        entry,
        "A. Quill, The Cow (2010)",
        "About the author",
        TEXT,
    )
    assert kinds_of(found, entry) == ["reference"]
    assert section_of(found, entry)[-1] == "Books"
    assert kinds_of(found, LINE)[-1] == "paragraph"


def test_sources_of_law_are_no_bibliography():
    assert "reference" not in kinds_of(read("Duties", "2.1 Sources", TEXT, "2.2 Limits", TEXT), LINE)


def test_notes_stand_under_a_heading_of_their_own():
    found = read("Lights", "Light guides ships.¹ Darkness does not.² " + LINE, "Notes", "¹ See above.", "² See below.")
    assert kinds_of(found, "Notes") == ["heading"]


# -- nesting -------------------------------------------------------------------------------------------------------


def test_an_opinion_stands_beside_the_judgment():
    found = read(
        "OPINION", "I. THE FACTS", TEXT, "A. The dock", TEXT, "DISSENTING OPINION OF JUDGE TERN", LINE + " No."
    )
    assert section_of(found, LINE + " No.") == ("DISSENTING OPINION OF JUDGE TERN",)


def test_what_a_question_gets_for_answers_stands_under_it():
    found = read("Replies", "Question 1. Who pays?", "Laches", TEXT, "Question 2. Who rows?", "Laches", LINE + " So.")
    assert section_of(found, LINE + " So.") == ("Question 2. Who rows?", "Laches")


def test_options_of_a_draft_stay_in_their_article():
    found = read(
        "Draft", "Article 5. Costs", "Option 1", "1. The owner pays for it all.", "Option 2", "[The fund pays.]"
    )
    assert section_of(found, "1. The owner") == ("Article 5. Costs", "Option 1")
    assert label_of(found, "1. The owner") == "art 5(1)"


# -- the front -----------------------------------------------------------------------------------------------------


def test_a_line_above_the_organ_opens_the_text():
    found = read("OPINION ON DOCKS", "Present: President HERON", "On the status of docks,", "THE COURT,", TEXT)
    assert kinds_of(found, "On the status") == ["paragraph"]
    assert kinds_of(found, "Present") == ["metadata"]


def test_who_prepared_a_paper_is_no_title():
    found = read("Draft convention on wrecks", "Prepared by the Chair", "CHAPTER I. GENERAL", TEXT)
    assert kinds_of(found, "Prepared") == ["metadata"]


def test_questions_of_a_record_of_evidence_open_the_text():
    found = read("Oral evidence", "Tuesday 12 March", "Q1 Chair: Who are you?", "Ms. Wick: I row the ferry.")
    assert kinds_of(found, "Q1") == ["paragraph"]


def test_a_table_in_the_front_stays_a_table():
    found = read("Agreement on lights", "Party\tDate", TEXT)
    assert kinds_of(found, "Party") == ["table"]


def test_a_line_that_looks_like_the_later_headings_is_one():
    def headed(size):
        heads = [Block(text, size=size, emphasis=Emphasis.BOLD) for text in ("Scope", "Terms", "Duties")]
        title = Block("Rules on lights", size=1.8, emphasis=Emphasis.BOLD)
        body = [Block(TEXT) for _ in heads]
        return [title, Block("Port Estoppel"), *(block for pair in zip(heads, body, strict=True) for block in pair)]

    assert [p.kind for p in structure("d", headed(1.3)) if p.text == "Scope"] == [PassageKind.HEADING]
    unlike = [Block("Rules on lights", size=1.8), Block("Ada Quill", size=1.3), Block(TEXT)]
    assert [p.kind for p in structure("d", unlike) if p.text == "Ada Quill"] == [PassageKind.METADATA]


# -- furniture and joins -------------------------------------------------------------------------------------------

HALVES = ("The keeper of the light went up the stairs with a lamp in", "his hand and did not come down.")


@pytest.mark.parametrize("header", ["HARBOUR LAW REVIEW", "Harbour Law Review\n\n17", "17\n\nHarbour Law Review"])
def test_a_running_header_may_stand_once(header):
    assert " ".join(HALVES) in [p.text for p in read("Lights", TEXT, HALVES[0], header, HALVES[1])]


def test_a_line_between_whole_sentences_is_kept():
    found = read("Lights", TEXT, LINE, "HARBOUR LAW REVIEW", LINE)
    assert kinds_of(found, "HARBOUR LAW REVIEW") == ["heading"]


def test_a_running_title_may_ask():
    header = "Who owns the buoy?"
    found = read("Buoys", TEXT, HALVES[0], header, HALVES[1], TEXT, "7", header, TEXT, "8", header, TEXT)
    assert header not in " ".join(p.text for p in found)
    assert (
        sum("Why?" in p.text for p in read("Causes", TEXT, "7", "Why?", TEXT, "8", "Why?", TEXT, "9", "Why?", TEXT))
        == 3
    )


def test_a_name_cut_by_a_page_number_is_whole_again():
    first = "Six passengers died in the accident, among them the elder brother of our Minister Ada"
    found = read("Ferries", TEXT, "21", first, "22", "Quill, who speaks for them today.")
    assert f"{first} Quill, who speaks for them today." in [p.text for p in found]
    assert "Quill on the law" in [p.text for p in read("Ferries", TEXT, "21", first, "22", "Quill on the law", TEXT)]


def numbered(*, full: bool):
    blocks = [Block(f"{n}. {TEXT}", lines=3) for n in range(1, 7)]
    blocks[3] = Block(f"4. {TEXT}", lines=3, full=full)
    return [*blocks[:4], Block("4", Shape.FURNITURE), Block(LINE, lines=2), *blocks[4:]]


@pytest.mark.parametrize(("full", "count"), [(True, 6), (False, 7)])
def test_text_at_the_top_of_a_page_goes_on_where_all_paragraphs_are_numbered(full, count):
    found = structure("d", [Block("Report", Shape.HEADING, 1), *numbered(full=full)])
    assert sum(passage.kind != PassageKind.HEADING for passage in found if passage.kind != PassageKind.TITLE) == count


def test_headings_and_items_of_a_numbered_document_need_no_numbers():
    heading = Block(
        "Movements of ships in the outer harbour during the last quarter of the year", lines=2, emphasis="bold"
    )
    aside = [heading, Block(f"(a) {LINE}", lines=2), Block(f"(b) {LINE}", lines=2)]
    found = structure("d", [Block("Report", Shape.HEADING, 1), *aside, *numbered(full=True)])
    assert sum(p.text.startswith(("1.", "2.", "3.", "4.", "5.", "6.")) for p in found) == 6
    assert LINE not in [passage.text for passage in found]
    bare = [Block(TEXT, lines=3) for _ in range(3)]  # here not every paragraph has a number
    found = structure("d", [Block("Report", Shape.HEADING, 1), *bare, *numbered(full=True)])
    assert LINE in [passage.text for passage in found]


@pytest.mark.parametrize(
    ("title", "emphasis", "kind"),
    [
        (
            "Dues paid in the three harbours of the island from the first of July to the last day of June",
            "bold",
            "heading",
        ),
        (
            "Dues paid in the three harbours of the island from the first of July to the last day of June",
            "",
            "paragraph",
        ),
        ("The dues of the three harbours are told in this table, as the Assembly had wished.", "bold", "paragraph"),
    ],
)
def test_a_bold_line_over_a_table_is_its_title(title, emphasis, kind):
    blocks = [
        Block(TEXT, lines=3),
        Block(title, emphasis=emphasis, lines=3),
        Block("Harbour\tDues\nEast\t7", Shape.TABLE),
    ]
    found = structure("d", [Block("Report", Shape.HEADING, 1), *blocks])
    assert kinds_of(found, title) == [kind]


def test_a_bold_title_ends_a_run_of_plain_lines():
    blocks = [Block(TEXT, lines=3), Block("Rates of dues", emphasis="italic"), Block("Rates of dues", emphasis="bold")]
    table = Block("Harbour\tRate\nEast\t7", Shape.TABLE)
    found = structure("d", [Block("Report", Shape.HEADING, 1), *blocks, Block("(Percentage)"), table])
    assert kinds_of(found, "Rates of dues") == ["heading", "heading"]


# -- labels --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("**Recommendation 1.9** Each port should name an officer.", "rec 1.9"),
        ("Recommendation 4: Each port should name an officer.", "rec 4"),
        ("Recommendation 4 of the report was not carried out by any port.", None),
    ],
)
def test_a_recommendation_says_its_number(text, label):
    assert label_of(read("Ports", TEXT, text), "Recommendation") == label


def test_two_numbers_are_enough_behind_numbered_paragraphs():
    judgment = [f"{n}. {TEXT}" for n in range(1, 5)]
    opinion = (f"1. {LINE} Aye.", f"2. {LINE} Nay.")
    found = read("JUDGMENT", "THE LAW", *judgment, "SEPARATE OPINION OF JUDGE TERN", *opinion)
    assert label_of(found, f"2. {LINE} Nay") == "para 2"
    found = read("JUDGMENT", "THE LAW", *judgment, "SEPARATE OPINION OF JUDGE TERN", *opinion, TEXT)
    assert label_of(found, f"2. {LINE} Nay") is None


def test_what_closes_a_numbered_document_may_have_no_numbers():
    closing = [f"{TEXT} {n}" for n in ("One.", "Two.", "Three.", "Four.", "Five.")]
    found = read("OPINION", "I. FACTS", f"1. {TEXT}", f"2. {TEXT}", "II. LAW", f"3. {TEXT}", *closing)
    assert label_of(found, "3.") == "para 3"
    found = read("OPINION", "I. FACTS", f"1. {TEXT}", f"2. {TEXT}", f"3. {TEXT}", *closing)
    assert label_of(found, "3.") is None


# -- notes ---------------------------------------------------------------------------------------------------------


def test_bodies_without_a_raised_mark_belong_to_raised_calls():
    found = read(
        "Horns", "Sound travels.¹ " + LINE, "It is heard.² " + LINE, "1. See the letter.", "2. But see the reply."
    )
    assert [p.label for p in found if p.kind == PassageKind.FOOTNOTE] == ["fn 1", "fn 2"]
    paragraphs = [f"{n}. {TEXT}" for n in range(1, 6)]
    found = read("Horns", "Sound travels.¹ " + LINE, "It is heard.² " + LINE, *paragraphs)
    assert not [p for p in found if p.kind == PassageKind.FOOTNOTE]


def test_a_note_goes_on_at_the_foot_of_the_next_page():
    def pages(note, rest):
        return read("Horns", f"{TEXT}¹", f"¹ {note}", f"{TEXT}²", rest, "² Ibid.")

    found = pages("See Marlow, who holds that no", "court has ever heard it.")
    assert "See Marlow, who holds that no court has ever heard it." in [p.text for p in found]
    assert "But courts differ." in [p.text for p in pages("See Marlow.", "But courts differ.")]


def test_a_star_at_the_foot_of_the_page_is_the_authors_note():
    found = read("Horns", TEXT, "It is heard.¹ " + LINE, "* Reader in Law.", "¹ See above.")
    assert kinds_of(found, "Reader") == ["footnote"]
    assert kinds_of(read("Horns", TEXT, "* Reader in Law.", "* Student of law.", TEXT), "Reader") == ["list_item"]


# -- wrapped lines -------------------------------------------------------------------------------------------------

WRAPPED = """\
The keeper of the light went up the stairs with a lamp in his
hand, as he had done every night for thirty years, and looked at
the sea for a while before he sat down to write the log."""


@pytest.mark.parametrize(
    ("lines", "apart"),
    [
        (
            "HARBOUR COMMISSION\nSecond session\nPort Estoppel",
            ["HARBOUR COMMISSION", "Second session", "Port Estoppel"],
        ),
        ("Report of the Conference of the\nParties", ["Report of the Conference of the Parties"]),
    ],
)
def test_short_lines_of_a_masthead_stay_apart(lines, apart):
    assert [block.text for block in parse(f"{lines}\n\n{WRAPPED}\n\n{WRAPPED}")][: len(apart)] == apart


def test_short_lines_behind_the_front_are_one_paragraph():
    texts = [block.text for block in parse(f"{WRAPPED}\n\nMy dear friend and colleague\nAda Quill\n\n{WRAPPED}")]
    assert "My dear friend and colleague Ada Quill" in texts


def test_persons_below_each_other_stay_apart():
    names = "LACHES\nMs. A. Marlow, Ministry of Ports\nMr. B. Finch, Harbour Master"
    assert [block.text for block in parse(f"{WRAPPED}\n\n{names}\n\n{WRAPPED}")][1:4] == names.split("\n")
    running = WRAPPED.replace("hand, as he had done", "hand like Mr. Finch,").replace(
        "sea for", "sea with\nMr. Finch for"
    )
    assert len(list(parse(f"{running}\n\n{WRAPPED}"))) == 2


def test_a_stub_ends_its_paragraph():
    cited = f"{WRAPPED} He read from the\nbook (The Old Book,\nXVII:70)\n{WRAPPED}"
    assert [block.text[:3] for block in parse(f"{cited}\n\n{WRAPPED}")] == ["The", "The", "The"]
    cut = WRAPPED.replace("while before", "while with his\nfriend the\nMinister before")
    assert len(list(parse(f"{cut}\n\n{WRAPPED}"))) == 2


def test_a_markdown_quotation_is_one_a_paragraph():
    blocks = list(parse("> A port is an invitation.\n> It may be withdrawn.\n>\n> A second one.\n> (a) an item\n"))
    assert [block.text for block in blocks] == [
        "A port is an invitation. It may be withdrawn.",
        "A second one.",
        "(a) an item",
    ]
    assert {block.shape for block in blocks} == {Shape.QUOTE}


def test_lettered_notes_right_under_a_table_belong_to_it():
    found = read("Costs", TEXT, "Light\t12", "a Includes oil.", "b Estimate.", TEXT)
    assert "Light\t12\na Includes oil.\nb Estimate." in [p.text for p in found]
    assert "c Estimate." in [p.text for p in read("Costs", TEXT, "Light\t12", "c Estimate.", TEXT)]


# -- wrapped speeches and resolutions ------------------------------------------------------------------------------


def in_type(paragraphs, *, measure=21000, indent=2500):
    """Lines as a book face fills them, each paragraph's first line further in; the indentation itself is lost."""
    lines = []
    for paragraph in paragraphs:
        first = True
        line = ""
        for word in paragraph.split():
            if line and not typeset.has_room(line, word, measure - (indent if first else 0)):
                lines.append(line)
                line, first = word, False
            else:
                line = f"{line} {word}".strip()
        lines.append(line)
    return "\n".join(lines)


def sentences(seed, count, most=25):
    """Sentences of invented words of all lengths, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - no secret, only variety
    words = (
        "a",
        "we",
        "of",
        "the",
        "mist",
        "lamp",
        "tide",
        "harbour",
        "illuminated",
        "communications",
        "million",
        "sails",
    )
    return " ".join(
        f"The {' '.join(chance.choices(words, k=chance.randint(min(7, most // 2), most)))}." for _ in range(count)
    )


def starts_of(paragraphs):
    """(starts of paragraphs that were found, starts that are none) of a text set in type."""
    found = [block.text for block in parse(in_type(paragraphs))]
    true = {text[:30] for text in paragraphs}
    hits = sum(any(text.startswith(start) for text in found) for start in true)
    return hits, sum(not any(text.startswith(start) for start in true) for text in found)


def test_paragraphs_of_a_set_text_are_told_without_indentation():
    assert starts_of([sentences(seed, 4) for seed in range(30)]) == (30, 0)


def test_the_first_line_of_a_paragraph_had_less_room():
    hits, wrong = starts_of([sentences(seed, 12, most=9) for seed in range(60)])
    assert hits >= 59
    assert wrong == 0


def test_a_sentence_that_ends_with_its_line_ends_no_paragraph_of_a_set_text():
    whole = sentences(7, 60)
    assert any(line.endswith(".") for line in in_type([whole]).splitlines()[:-1])
    assert len(list(parse(in_type([whole])))) <= 2
    typescript = "\n".join(textwrap.fill(sentences(seed, 6), 60) for seed in range(4))
    assert typeset.measure_of([typescript.splitlines()[:10]]) == 0


def test_a_title_before_a_name_ends_no_paragraph():
    lines = (
        "The harbour has a new keeper of the light since the last\nautumn gale, and he was chosen by all the pilots,"
    )
    name = f"{lines}\namong them our friend Mr.\nQuill of the northern lighthouse, who has kept the old one\nfor years."
    assert len(read(name)) == 1
    assert len(read(name.replace("our friend Mr.", "our old friend."))) == 2


def test_the_organ_stands_on_a_line_of_its_own():
    clause = (
        "Having considered the state of the lights along the coast\nof the northern bay and of the islands beyond it,"
    )
    verb = (
        "1. Decides to light the lamps of all the towers of the bay\nat dusk and to keep them lit until the day breaks;"
    )
    found = read(f"9 (1951). Resolution of 3 May 1951\nThe Security Council,\n{clause}", verb, verb.replace("1.", "2."))
    assert [p.text.split()[0] for p in found] == ["9", "The", "Having", "1.", "2."]
    running = clause.replace("along the coast", "by\nThe Security Council,")
    assert len(read(f"The council of the pilots,\n{running}", verb, verb.replace("1.", "2."))) == 3


def test_clauses_of_a_preamble_stand_apart_whatever_their_last_line():
    clauses = (
        "Recalling its earlier resolutions on lights of the bay,\nwhich shall continue to be in force, 7 May 1951 by",
        "Deeply concerned at the number of wrecks that they saw\nin the narrow passage between the islands last year,",
    )
    full = clauses[0].replace(" by", ",")
    assert len(read("The General Assembly,", full, clauses[1])) == 3
    names = clauses[1].replace("Deeply concerned at", "United Lighthouses of")
    assert len(read("The General Assembly,", clauses[0].replace("7 May 1951 by", "as ordered by the"), names)) == 2


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("Recalling its resolution 12", True),
        ("Deeply concerned at the wrecks", True),
        ("Further requests the keeper", True),
        ("Takes note of the report", True),
        ("United Nations towers", False),
        ("Working Group on Lights", False),
        ("States bordering the bay", False),
        ("recalling what was said", False),
    ],
)
def test_openings_of_clauses(text, opens):
    assert opens_clause(text) == opens


def test_numbers_that_recognition_damaged_are_read():
    verbs = [f"Decides to light the lamp of tower {name} at dusk every day;" for name in "KLMNOPQRSTUV"]
    numbers = ["i.", *(f"{n}." for n in range(2, 10)), "1O.", "ll.", "i2."]
    numbers[9] = "10."
    found = read(
        "The General Assembly,",
        "Recalling its resolutions on the lights of the bay,",
        *map(" ".join, zip(numbers, verbs, strict=True)),
    )
    assert [p.label for p in found[2:]] == [f"para {n}" for n in range(1, 13)]
    roman = read("Notes", TEXT, "i. Lamps of the towers", "ii. Oil of the lamps", TEXT)
    assert not any(p.label for p in roman)


def test_calls_whose_bodies_are_lost_are_lifted_behind_clauses():
    clauses = (
        "Having heard the keeper of the light, 112",
        "Noting his letter of 3 May 1951 113 and the answer of the pilots,",
        "1. Takes note of his report of 4 June 1951; 114",
        "2. Requests a report before 9 July 1951 300 in writing;",
    )
    found = read("The General Assembly,", *clauses)
    assert [p.notes for p in found[1:]] == [(112,), (113,), (114,), ()]
    assert found[1].text.endswith("light,")
    assert "1951 and" in found[2].text
    assert "1951 300 in" in found[4].text
    assert not read("The bay", f"{LINE[:-1]}, 112", TEXT)[1].notes


def test_a_symbol_under_the_last_line_of_a_page_is_furniture():
    half = "Calls upon all the keepers of the lights around the {}\nto light their lamps whenever the weather turns and"
    rest = "to keep them burning until the last of the {} is home\nand the pilots have gone to bed in the old town."
    places = ("bay", "cape", "sound")
    pages = [f"{n}. {half.format(place)}\nS/RES/1999 (2011)" for n, place in enumerate(places, 1)]
    ends = [rest.format(ship) for ship in ("boats", "sloops", "barges")]
    found = read("The Security Council,", *[part for page in zip(pages, ends, strict=True) for part in page])
    assert [p.label for p in found] == [None, "para 1", "para 2", "para 3"]
    assert all("turns and to keep" in p.text for p in found[1:])
    cited = half.replace("turns and", "turns, as asked in")
    assert "asked in A/55/1999 to keep" in read(TEXT, f"{cited}\nA/55/1999", rest, TEXT)[1].text


def test_a_symbol_beside_a_page_mark_is_furniture_though_it_stands_there_once():
    first, rest = (
        f"{LINE[:-1]} on the shores of the Middle",
        "Bay, where nobody has seen a wreck since the last great storm.",
    )
    found = read(first, "40/51 15-29431\n\f\n29/09/2015 A/70/PV.16", rest)
    assert [p.text for p in found] == [f"{first} {rest}"]
    assert "A/70/PV.16" in [p.text for p in read(TEXT, "A/70/PV.16", TEXT)]


def test_a_speech_may_begin_with_what_leads_in_to_a_quotation():
    led = "Sixty years ago the first keeper of this light said what I would say to you today:"
    assert kinds_of(read(led, "“Nobody thanks the keeper of a light.”", TEXT), "Sixty") == ["paragraph"]
    assert kinds_of(read(led, "“The Keeper of the Light”", TEXT), "Sixty") == ["metadata"]


def test_the_source_of_a_quotation_ends_it():
    led = "The keeper of the northern light has told the council of the\npilots in his last report of the year that"
    quote = "“there can be little doubt that the lamp was lit and\nseen by all.” (A/56/999, para. 4)"
    after = (
        "Likewise, the keeper of the southern light has told us that\nhis own lamp was lit on every day of the year."
    )
    assert [p.text.split()[0] for p in read(f"{led}\n{quote}\n{after}")][-1] == "Likewise,"
    below = quote.replace(" (A/56", "\n(A/56")
    assert any(p.text.endswith("all.” (A/56/999, para. 4)") for p in read(f"{led}\n{below}\n{after}"))
    apart = read(f"{led}\nthe lamp was lit on every day.\n(There were 12 days without a wind.)\n{after}")
    assert any(p.text.startswith("(There") for p in apart)


def test_a_note_may_be_called_again():
    found = read(
        "Having heard the keeper of the light of the northern bay, 86",
        "Noting the agreement of the pilots of the southern bay, 87",
        "1. Recalls that the agreement 87 forms a whole of 7 parts and 86 pages;",
        "2. Requests the keeper to report to the pilots of the bay.",
        "86 S/1999, annex.\n87 S/2000, annex.",
    )
    assert [p.notes for p in found[:4]] == [(86,), (87,), (87,), ()]
    assert "7 parts and 86 pages" in found[2].text


def test_consolidated_acts_are_mended():
    act = (
        "# Lamps Directive",
        "## Recitals",
        "(1) The council adopted rules on the handling of lamps(1) some years ago, as Article 14a(2) says in full.",
        "### Article 4 — ►M2",
        "Oil of the lamps ◄",
        "1.",
        "The oil of the lamps follows the rules of the council for the purity of oil (Lamp Oil Decision) (",
        "2",
        ") in every case that is named in the annex to the rules.",
        "▼M2 —————",
        "2.",
        "This Directive is addressed to the keepers of the lamps.",
        *("(", "1", ")", "OJ L 28, 3.11.1995, p. 31.", "(", "2", ")", "OJ L 24, 30.1.1998, p. 1."),
    )
    found = read(*act)
    assert section_of(found, "1. The oil") == ("Article 4 — Oil of the lamps",)
    assert [(p.label, p.notes) for p in found if p.notes] == [("recital 1", (1,)), ("art 4(1)", (2,))]
    assert "Decision) in every" in next(p.text for p in found if p.label == "art 4(1)")
    assert [p.label for p in found[-2:]] == ["fn 1", "fn 2"]
    assert not any("▼" in p.text or "►" in p.text for p in found)
    plain = read("# Lamps", "### Article 4 — Oil", "The lamps (see below) burn.", "2", LINE)
    assert section_of(plain, "The lamps") == ("Article 4 — Oil",)


@pytest.mark.parametrize(("start", "gap"), [(1, "\t"), (45, "\t"), (45, " ")])
def test_numbered_paragraphs_of_a_record_run_on_from_another_speaker(start, gap):
    paragraphs = [sentences(seed, 3) for seed in range(9)]
    wrapped = [textwrap.wrap(f"{start + i}.{gap}{text}", 58, expand_tabs=False) for i, text in enumerate(paragraphs)]
    wrapped[4][2:2] = ["", "112", ""]
    found = structure("d", tuple(parse("\n".join(line for lines in wrapped for line in lines))))
    assert [p.label for p in found] == [f"para {start + i}" for i in range(9)]
    assert [p.text.split(maxsplit=1)[1] for p in found] == paragraphs


def test_numbers_that_do_not_begin_with_one_need_a_run():
    found = read(TEXT, f"45. {LINE}", TEXT, f"46. {LINE}", TEXT)
    assert not any(p.label for p in found)
    row = read("No.\tQuestion\tAnswer\n1.\tWhat is a lamp?\n2.\tWho keeps it?\tThe keeper")
    assert kinds_of(row, "No.") == ["table"]
    assert "1.\tWhat" in row[0].text


def test_notes_of_a_typescript_have_a_stroke():
    found = read(
        "The Security Council,",
        "Recalling the agreement of 5 May 1992 1/ and the letter of the keepers of the lamps (Waterland), 2/",
        "1. Decides that 3/4 of the lamps burn 24/7 in all the towers that are named in the annex to the agreement;",
        "2. Requests the keepers of the lamps to report on the oil in their towers before the end of the year.",
        "1/ S/24999, annex.\n2/ S/25000.",
    )
    assert [p.notes for p in found[1:4]] == [(1, 2), (), ()]
    assert [(p.label, p.text) for p in found[4:]] == [("fn 1", "S/24999, annex."), ("fn 2", "S/25000.")]
    assert "3/4 of the lamps burn 24/7" in found[2].text
    lone = read(TEXT, "1/ of the lamps burn.", TEXT)
    assert "footnote" not in kinds_of(lone, "1/")


def test_a_quotation_of_several_paragraphs_is_shut_by_its_last_mark():
    first, last = f"“{LINE} … ", f"“{TEXT}”"
    found = read(TEXT, f"{LINE[:-1]}, as he said:", first, last, TEXT)
    assert [str(p.kind) for p in found] == ["paragraph", "paragraph", "quote", "quote", "paragraph"]
    joined = read(TEXT, f"{LINE[:-1]}, as he said:", f"{first} {last}", TEXT)
    assert kinds_of(joined, TEXT)[-1] == "paragraph"


def test_script_left_by_a_conversion_is_furniture():
    assert [p.text for p in read(TEXT, "////////////////$(document).ready(function(){scroll();});//", TEXT)] == [
        TEXT,
        TEXT,
    ]
    assert len(read(TEXT, "The price (in $) is not known.", TEXT)) == 3


def test_operative_paragraphs_below_each_other_without_a_blank_line():
    found = read(
        "The Security Council,",
        "Noting the reports on the state of the lamps of the bay and\nof the islands that the keepers have sent to it,",
        "Acting under the rules of the pilots of the bay,\n1. Strongly condemns the theft of oil of lamps in the\n"
        "northern tower;\n2. Decides that the keepers shall lock the oil in a room of\ntheir tower; 184\n"
        "3. Asks the keepers to report on the oil of the lamps.",
        "4.Calls upon all the pilots of the bay and of the islands\nto help the keepers of the lamps;",
        "5. Requests the pilots of the bay to report on the oil to the\ncouncil before the end of the year.",
    )
    assert [p.label for p in found if p.label and p.label.startswith("para")] == [f"para {n}" for n in range(1, 6)]
    noted = (
        "Noting the reports on the state of the lamps of the bay and\nof the islands that the keepers have sent to it,"
    )
    counted = (
        "Counting the towers of the bay and of the islands there,\n1. The one of the north, which nobody has ever lit,"
    )
    assert [p.text.split()[0] for p in read("The Security Council,", noted, counted, noted)] == [
        "The",
        "Noting",
        "Counting",
        "Noting",
    ]


def test_bodies_of_notes_may_miss_a_number():
    found = read(
        "Having heard the statements of the pilots of the bay, 80",
        "Noting the letters of the keepers of the islands, 83",
        "Decides to light the lamps of the bay.",
        "80 See the records of the council of the pilots, volume three 83 Ibid., page 5.",
    )
    assert [(p.label, p.text) for p in found[3:]] == [
        ("fn 80", "See the records of the council of the pilots, volume three"),
        ("fn 83", "Ibid., page 5."),
    ]
    assert [p.notes for p in found[:2]] == [(80,), (83,)]


def test_block_quotations_of_a_set_text_stay_whole():
    def with_quotation(text):
        shorter = in_type([f"“{text}”"], measure=18500, indent=0)
        return "\n".join((in_type([sentences(1, 9), sentences(2, 9)]), shorter, in_type([sentences(3, 9)])))

    quoted = sentences(5, 60, most=9)
    found = [block.text for block in parse(with_quotation(quoted))]
    assert f"“{quoted}”" in found
    assert sentences(3, 9) in found
    left_open = [block.text for block in parse(with_quotation(quoted).replace("”", ""))]
    assert any(text.startswith(sentences(3, 9)[:30]) for text in left_open)
