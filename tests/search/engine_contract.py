"""What every engine promises, as one suite: collected by `test_engines.py` over the `engine` fixture.

Queries are given as in the query box and parsed without names, so that nothing but the engine decides.
"""

import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from corpus.model import AnnotationType
from search.names import library_names
from search.parser import parse
from search.query import Exact, Filters, Query, Sort, YearRange
from search.relaxing import ENOUGH
from tests.factories import document, library, passage, tag
from tests.search.opening import open_engine

ROOT = Path(__file__).parents[2]


def index(engine, *texts, name="lecture"):
    engine.add(document(name), library(*texts, document_id=name), "r1")
    engine.commit()


def found(engine, text, **options):
    return [hit.passage_id.split("/para-")[1] for hit in ask(engine, text, **options).hits]


def ask(engine, text="", **options):
    return engine.search(Query(text=text, tree=parse(text), **options))


def values(results, facet):
    return {value.value: value.count for value in results.facets[facet]}


class TestWords:
    def test_all_words_are_required(self, engine):
        index(engine, "harbour police", "harbour master", "river police")
        assert found(engine, "harbour police") == ["1"]

    def test_inflections_and_spellings_meet(self, engine):
        index(engine, "they organised conventions", "nothing at all", "an organization's convention")
        assert sorted(found(engine, "organising convention")) == ["1", "3"]

    def test_typed_form_stands_before_other_forms(self, engine):
        index(engine, "conventions conventions conventions", "one convention among so many other quiet words of a text")
        assert found(engine, "convention") == ["2", "1"]
        assert found(engine, "conventions") == ["1", "2"]

    def test_neighbours_stand_before_scattered_words(self, engine):
        index(engine, "mutual help gives assistance", "help by mutual assistance is")
        assert found(engine, "mutual assistance") == ["2", "1"]

    def test_case_and_accents_do_not_matter(self, engine):
        index(engine, "Le Conseil de l’Europe à Genève")
        assert found(engine, "GENEVE") == ["1"]

    @pytest.mark.parametrize(
        ("text", "query", "other"),
        [
            ("see A/RES/55/63 now", "A/RES/55/63", "S/RES/55/63"),
            ("see article 16(2) now", "16(2)", "16(3)"),
            ("see annex B now", '"annex B"', '"annex C"'),
            ("the letter x is held", "x", "z"),
            ("see Directive 95/46/EC now", "95/46/EC", "95/64/EC"),
            ("the U.N. said", "UN", "UK"),
            ("G8 states", "G8", "G7"),
        ],
    )
    def test_single_characters_and_symbols_count(self, engine, text, query, other):
        index(engine, text)
        assert found(engine, query) == ["1"]
        assert found(engine, other) == []

    def test_headings_titles_and_names_are_searched_and_can_be_singled_out(self, engine):
        passages = [passage("The text.", section=["Part one", "Lost ships"], organisations=["Council of Europe"])]
        engine.add(document(title="Sea law today"), passages, "r1")
        engine.commit()
        assert found(engine, "ships sea council") == ["1"]
        assert found(engine, "section:ships") == ["1"]
        assert found(engine, "title:ships") == []
        assert found(engine, "title:sea") == ["1"]
        assert found(engine, 'section:"one lost"') == []  # two headings are no phrase

    def test_only_body_passages_are_searched(self, engine):
        engine.add(document(), [passage("Harbour", kind="heading"), passage("Harbour", number=2)], "r1")
        engine.commit()
        assert found(engine, "harbour") == ["2"]
        assert engine.count() == 1

    def test_empty_query_gives_every_passage_in_reading_order(self, engine):
        index(engine, *(f"text {number}" for number in range(12)))
        assert found(engine, "") == [str(number) for number in range(1, 13)]


class TestSyntax:
    @pytest.fixture(autouse=True)
    def texts(self, engine):
        index(
            engine,
            "cybercrime convention signed in Budapest",  # 1
            "the convention on the growing threat of cybercrime",  # 2
            "convention cybercrime",  # 3
            "cyberspace has terrorism",  # 4
            "a convention of lawyers",  # 5
        )

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ('"cybercrime convention"', "1"),
            ('"convention of the"', ""),
            ("cyber*", "1234"),
            ("cybercrime w/0 convention", "13"),
            ("cybercrime w/4 convention", "13"),
            ("cybercrime w/5 convention", "123"),
            ('"convention cybercrime"~5', "123"),
            ("convention -cybercrime", "5"),
            ("convention NOT cybercrime", "5"),
            ("NOT convention", "4"),
            ("budapest OR lawyers", "15"),
            ("(budapest OR lawyers) cybercrime", "1"),
            ("terorism~", "4"),
            ("terrosirm~", ""),
            ("terrosirm~2", "4"),
            ("cyebrspace~", "4"),
        ],
    )
    def test_operators(self, engine, query, expected):
        assert "".join(sorted(found(engine, query))) == expected


class TestTags:
    def test_tags_are_found_by_field_without_regard_to_case(self, mixed):
        assert found(mixed, "organisation:interpol", sort=Sort.DOCUMENT) == ["1", "3", "2"]
        assert found(mixed, "organisation:inter") == []

    def test_an_organisation_with_the_bodies_below_it(self, engine):
        texts = {
            "the Economic Council met": "United Nations Economic and Social Council",
            "the Crime Commission met": "Commission on Crime Prevention and Criminal Justice",
            "the harbour police met": "INTERPOL",
        }
        named = [
            passage(
                text, "lecture", number, annotations=[tag(text, AnnotationType.ORGANISATION, name, shown=text[4:14])]
            )
            for number, (text, name) in enumerate(texts.items(), 1)
        ]
        engine.add(document(), named, "r1")
        engine.commit()
        assert found(engine, 'organisation:"United Nations"') == []
        assert found(engine, 'within:"United Nations"', sort=Sort.DOCUMENT) == ["1", "2"]
        assert found(engine, 'within:"united nations economic and social council" -within:INTERPOL') == ["1", "2"]
        hit = ask(engine, "within:ECOSOC", sort=Sort.DOCUMENT).hits[0]
        assert hit.highlights == ((4, 14),)

    def test_years_and_ranges(self, mixed):
        assert ask(mixed, "year:2004").total == 2
        assert ask(mixed, "year:2001..2003").total == 1

    def test_provisions_cover_their_ranges_and_subdivisions(self, engine):
        cites = [("Convention on Cybercrime", "2-4,16(2)")]
        engine.add(document(), [passage("Articles here.", provisions=cites)], "r1")
        engine.commit()
        hits = {
            article: engine.search(Query(tree=Exact("provision", f"Convention on Cybercrime|{article}"))).total
            for article in ("1", "2", "3", "4", "5", "16", "16(2)", "16(3)")
        }
        assert hits == {"1": 0, "2": 1, "3": 1, "4": 1, "5": 0, "16": 1, "16(2)": 1, "16(3)": 0}

    @pytest.mark.parametrize(
        ("asked", "above"),
        [
            ("Budapest Convention art 32(b)", "32"),
            ("Article 16 para 2(a)(iv) of the Cybercrime Convention", "16(2)"),
            ("Budapest Convention art 16(2)", ""),  # is held
            ("Budapest Convention art 7(1)", ""),  # nothing above it is held either
            ('provision:"Budapest Convention art 32(b)"', ""),  # what is asked for as a tag stays binding
        ],
    )
    def test_an_article_that_nothing_cites_gives_the_article_above(self, engine, asked, above):
        cites = [("Convention on Cybercrime", "32,16(2)")]
        engine.add(document(), [passage("Articles here.", provisions=cites), passage("None.", 2)], "r1")
        engine.commit()
        results = engine.search(Query(tree=parse(asked, names=library_names())))
        assert [other for _, other in results.widened] == ([f"Convention on Cybercrime, art {above}"] if above else [])
        assert results.total == (asked.endswith("16(2)") or bool(above))
        assert results.relaxed == bool(above)

    def test_parts_of_other_names_are_no_tags(self, engine):
        part = tag("Council of Europe Convention", AnnotationType.ORGANISATION, "Council of Europe", subtype="part")
        engine.add(document(), [passage("Council of Europe Convention", annotations=[part])], "r1")
        engine.commit()
        assert values(ask(engine), "organisation") == {}


class TestFacets:
    def test_values_of_one_facet_are_or_and_facets_are_and(self, mixed):
        both = Filters(organisation=("INTERPOL", "Europol"))
        assert ask(mixed, filters=both).total == 4
        assert ask(mixed, filters=Filters(organisation=("INTERPOL", "Europol"), kind=("report",))).total == 3
        assert ask(mixed, filters=Filters(organisation=("INTERPOL",), year=(YearRange(2001, 2001),))).total == 1

    def test_year_filter_takes_ranges(self, mixed):
        assert ask(mixed, filters=Filters(year=(YearRange(2002, 2009),))).total == 2
        assert ask(mixed, filters=Filters(year=(YearRange(2001, 2001), YearRange(2009, 2011)))).total == 2

    def test_a_facet_is_counted_under_every_filter_but_its_own(self, mixed):
        results = ask(mixed, "evidence", filters=Filters(organisation=("INTERPOL",), kind=("report",)))
        assert values(results, "organisation") == {"INTERPOL": 2, "Europol": 2}  # under kind:report
        assert values(results, "kind") == {"report": 2}  # under INTERPOL
        assert values(results, "document") == {"annual-report": 2}  # under both
        assert values(results, "passage_kind") == {"footnote": 1, "paragraph": 1}
        assert results.total == 2

    def test_chosen_values_are_listed_and_marked_even_without_hits(self, mixed):
        results = ask(mixed, "jordan", filters=Filters(organisation=("Europol", "Nobody")))
        chosen = {value.value: (value.count, value.selected) for value in results.facets["organisation"]}
        assert chosen == {"Europol": (0, True), "Nobody": (0, True)}
        assert results.total == 0

    def test_years_of_a_chosen_range_are_marked(self, mixed):
        results = ask(mixed, filters=Filters(year=(YearRange(2002, 2020),)))
        years = [(value.value, value.count, value.selected) for value in results.facets["year"]]
        assert years == [("2001", 1, False), ("2004", 2, True), ("2010", 1, True)]

    def test_order_and_labels(self, mixed):
        facets = ask(mixed).facets
        assert [value.value for value in facets["organisation"]] == ["INTERPOL", "Europol"]
        assert [value.value for value in facets["year"]] == ["2001", "2004", "2010"]
        assert [(value.value, value.label) for value in facets["country"]] == [
            ("Jordan", "Jordan"),
            ("Norway", "Norway"),
        ]
        assert {value.label for value in facets["document"]} == {"Annual report", "Old speech", "Undated"}

    def test_counts_add_up_with_the_hits(self, mixed):
        for value in ask(mixed, "evidence").facets["organisation"]:
            assert ask(mixed, "evidence", filters=Filters(organisation=(value.value,))).total == value.count


class TestOrder:
    def test_by_date_newest_first_undated_last(self, mixed):
        ids = [hit.passage_id for hit in ask(mixed, "evidence", sort=Sort.DATE).hits]
        assert ids == [
            "annual-report/para-1",
            "annual-report/para-2",
            "annual-report/para-3",
            "old-speech/para-1",
            "undated/para-1",
        ]

    def test_by_document_in_reading_order(self, mixed):
        ids = [hit.passage_id for hit in ask(mixed, sort=Sort.DOCUMENT).hits]
        assert ids == sorted(ids)

    def test_the_first_passages_under_each_value_of_a_facet(self, mixed):
        everything = [hit.passage_id for hit in ask(mixed, sort=Sort.DOCUMENT).hits]
        facets = ask(mixed, facet_limit=None).facets["organisation"]
        names = [value.value for value in facets]
        assert names
        for name in names:
            tagged = {hit.passage_id for hit in ask(mixed, filters=Filters(organisation=(name,))).hits}
            expected = tuple(each for each in everything if each in tagged)
            assert mixed.citing("organisation", [name], 1) == {name: expected[:1]}
            assert mixed.citing("organisation", [name], 100) == {name: expected}
            but = expected[0].partition("/")[0]
            others = tuple(each for each in expected if not each.startswith(f"{but}/"))
            assert mixed.citing("organisation", [name], 100, but) == {name: others}
        assert mixed.citing("organisation", ["Nobody"], 5) == {"Nobody": ()}

    def test_equal_scores_fall_back_to_document_and_reading_order(self, engine):
        for name in ("beta", "alpha"):
            index(engine, *["the very same words"] * 11, name=name)
        ids = [hit.passage_id for hit in ask(engine, "same", limit=None).hits]
        assert ids == [f"{name}/para-{number}" for name in ("alpha", "beta") for number in range(1, 12)]

    def test_pages_cut_one_order(self, engine):
        index(engine, *(f"page word {'more ' * (number % 5)}" for number in range(30)))
        whole = found(engine, "word", limit=None)
        pages = [found(engine, "word", offset=offset, limit=7) for offset in range(0, 35, 7)]
        assert [number for page in pages for number in page] == whole
        assert len(whole) == 30
        assert found(engine, "word", offset=100) == []

    def test_totals_do_not_depend_on_the_page(self, mixed):
        results = ask(mixed, "evidence", limit=0)
        assert (results.total, results.documents, results.hits) == (5, 3, ())


class TestWriting:
    def test_nothing_is_visible_before_commit(self, engine):
        engine.add(document(), library("harbour"), "r1")
        assert engine.count() == 0
        assert engine.revisions() == {}
        engine.commit()
        assert found(engine, "harbour") == ["1"]
        assert engine.revisions() == {"lecture": "r1"}

    def test_a_document_is_replaced_whole(self, engine):
        index(engine, "harbour one", "harbour two")
        engine.add(document(), library("harbour three"), "r2")
        engine.commit()
        assert ask(engine, "harbour").total == 1
        assert found(engine, "two") == []
        assert engine.revisions() == {"lecture": "r2"}

    def test_the_last_of_several_states_in_one_commit_counts(self, engine):
        engine.add(document(), library("first"), "r1")
        engine.add(document(), library("second"), "r2")
        engine.add(document("gone"), library("third", document_id="gone"), "r1")
        engine.remove("gone")
        engine.commit()
        assert [ask(engine, word).total for word in ("first", "second", "third")] == [0, 1, 0]
        assert engine.revisions() == {"lecture": "r2"}
        assert engine.suggest("fir") == ()

    def test_remove_takes_everything_out(self, mixed):
        mixed.remove("annual-report")
        mixed.remove("never seen")
        mixed.commit()
        results = ask(mixed)
        assert results.total == 3
        assert values(results, "organisation") == {"INTERPOL": 1}
        assert mixed.suggest("polic") == ()

    def test_a_document_without_passages_is_remembered(self, engine):
        engine.add(document(), [passage("Only a heading", kind="heading")], "r1")
        engine.commit()
        assert engine.revisions() == {"lecture": "r1"}
        assert engine.count() == 0
        assert ask(engine).total == 0

    def test_many_commits_agree_with_one(self, engine):
        for round_ in range(8):
            index(engine, f"harbour {round_}", f"common {round_}", name=f"doc-{round_}")
        for round_ in range(0, 8, 2):
            engine.remove(f"doc-{round_}")
            engine.commit()
        ids = [hit.passage_id for hit in ask(engine, "harbour", sort=Sort.DOCUMENT).hits]
        assert ids == [f"doc-{round_}/para-1" for round_ in range(1, 8, 2)]
        assert values(ask(engine), "document") == {f"doc-{round_}": 2 for round_ in range(1, 8, 2)}

    def test_clear_forgets_everything(self, mixed):
        mixed.add(document("new"), library("never committed", document_id="new"), "r1")
        before = mixed.count()
        mixed.clear()
        assert mixed.count() == before
        mixed.commit()
        assert (mixed.count(), dict(mixed.revisions())) == (0, {})
        index(mixed, "fresh start")
        assert found(mixed, "fresh") == ["1"]

    def test_what_is_added_after_clear_takes_the_place_of_all_at_one_commit(self, mixed):
        before = found(mixed, "evidence")
        mixed.clear()
        mixed.add(document("new"), library("evidence anew", document_id="new"), "r2")
        assert found(mixed, "evidence") == before
        mixed.commit()
        assert (found(mixed, "evidence"), dict(mixed.revisions())) == (["1"], {"new": "r2"})

    def test_reopening_finds_the_last_commit(self, engine, engine_name, folder):
        index(engine, "harbour")
        engine.add(document("new"), library("lost", document_id="new"), "r1")
        engine.close()
        again = open_engine(engine_name, folder)
        try:
            assert found(again, "harbour") == ["1"]
            assert found(again, "lost") == []
            assert again.health() == ""
        finally:
            again.close()

    def test_a_commit_of_another_process_is_seen_by_the_next_search(self, engine, engine_name, folder):
        index(engine, "harbour")
        assert engine.count() == 1
        script = (
            "import sys; from pathlib import Path; from tests.search.opening import open_engine\n"
            "from tests.factories import document, library\n"
            f"engine = open_engine({engine_name!r}, Path(sys.argv[1]))\n"
            "engine.add(document('other'), library('lighthouse', document_id='other'), 'r1')\n"
            "engine.commit(); engine.close()"
        )
        subprocess.run([sys.executable, "-c", script, str(folder)], cwd=ROOT, check=True, timeout=60)
        assert found(engine, "lighthouse") == ["1"]
        assert found(engine, "harbour") == ["1"]

    def test_the_state_is_another_object_after_each_commit_and_only_then(self, engine):
        index(engine, "harbour")
        first = engine.state()
        engine.add(document("speech"), library("river", document_id="speech"), "r1")
        assert engine.state() is first
        engine.commit()
        assert engine.state() is not first

    def test_threads_search_while_one_writes(self, engine):
        index(engine, *(f"harbour number{number}" for number in range(50)))
        failures = []

        def search():
            for number in range(30):
                try:
                    if ask(engine, f"number{number}").total != 1 or ask(engine, '"harbour"').total < 50:
                        failures.append(number)
                except Exception as error:  # noqa: BLE001  (whatever a thread raises fails the test)
                    failures.append(error)

        threads = [Thread(target=search) for _ in range(4)]
        for thread in threads:
            thread.start()
        for round_ in range(5):
            index(engine, "lighthouse", name=f"extra-{round_}")
        for thread in threads:
            thread.join()
        assert failures == []


class TestHelp:
    def test_suggest_gives_words_by_frequency(self, engine):
        index(engine, "cybercrime", "cybercrime cybernetics", "cybercrime cyberspace", "Cyberspace crime")
        assert engine.suggest("Cyb") == ("cybercrime", "cyberspace", "cybernetics")
        assert engine.suggest("cyb", limit=1) == ("cybercrime",)
        assert engine.suggest("zz") == engine.suggest("") == ()

    def test_similar_passages_come_best_first_without_the_passage_itself(self, engine):
        index(
            engine,
            "extradition of suspects for wire fraud",
            "wire fraud and extradition treaties",
            "fraud in the harbour",
            "fishing in quiet waters",
        )
        assert engine.similar("lecture/para-1") == ("lecture/para-2", "lecture/para-3")
        assert engine.similar("lecture/para-1", limit=1) == ("lecture/para-2",)
        assert engine.similar("lecture/para-99") == ()

    def test_highlights_are_spans_of_the_passage(self, engine):
        text = "Conventions on Cybercrime: the cybercrime convention, art 16(2), and cyberspace."
        index(engine, text)

        def marked(query):
            return [text[start:end] for hit in ask(engine, query).hits for start, end in hit.highlights]

        assert marked("convention") == ["Conventions", "convention"]
        assert marked('"cybercrime convention"') == ["cybercrime convention"]
        assert marked("cyber*") == ["Cybercrime", "cybercrime", "cyberspace"]
        assert marked("cyberspcae~") == ["cyberspace"]
        assert marked("16(2)") == ["16(2)"]
        assert marked("convention -treaty") == ["Conventions", "convention"]
        assert marked("") == []

    def test_only_those_passages_are_marked_that_somebody_looks_at(self, engine):
        index(engine, "one harbour", "two harbours", "no river")
        every, one = ask(engine, "harbour"), ask(engine, "harbour", marked=frozenset(["lecture/para-2"]))
        assert [hit.passage_id for hit in one.hits] == [hit.passage_id for hit in every.hits]
        assert {hit.passage_id: hit.highlights for hit in one.hits} == {
            "lecture/para-1": (),
            "lecture/para-2": ((4, 12),),
        }
        assert all(hit.highlights for hit in every.hits)

    def test_names_are_marked_where_they_are_tagged(self, engine):
        text = "The CoE met."
        organisation = tag(text, AnnotationType.ORGANISATION, "Council of Europe", shown="CoE")
        engine.add(document(), [passage(text, annotations=[organisation])], "r1")
        engine.commit()
        assert ask(engine, 'organisation:"Council of Europe"').hits[0].highlights == ((4, 7),)


class TestRelaxing:
    @pytest.fixture(autouse=True)
    def texts(self, engine):
        index(engine, "harbour police seize cargo", "harbour police", "harbour", "cargo")

    def test_passages_with_most_of_the_words_when_none_has_all(self, engine):
        results = ask(engine, "harbour police seize zeppelins")
        assert results.relaxed
        assert results.complete == 0
        assert results.unknown == ("zeppelins",)
        assert found(engine, "harbour police seize zeppelins") == ["1", "2"]
        assert not any(hit.complete for hit in results.hits)

    def test_half_of_the_words_is_not_most(self, engine):
        assert ask(engine, "harbour zeppelins").total == 0
        assert not ask(engine, "harbour zeppelins").relaxed

    def test_few_passages_with_all_are_followed_by_those_with_most(self, engine):
        results = ask(engine, "harbour police cargo")
        assert (results.total, results.complete, results.relaxed) == (4, 1, True)
        assert [hit.complete for hit in results.hits] == [True, False, False, False]
        assert found(engine, "harbour police cargo")[:2] == ["1", "2"]

    def test_nothing_is_relaxed_when_enough_passages_have_all(self, engine):
        index(engine, *["harbour police cargo"] * ENOUGH, name="enough")
        results = ask(engine, "harbour police cargo", limit=None)
        assert (results.total, results.complete, results.relaxed) == (ENOUGH + 1, ENOUGH + 1, False)

    @pytest.mark.parametrize(
        ("query", "options"), [("harbour AND police AND cargo", {}), ("harbour police cargo", {"loose": False})]
    )
    def test_all_words_are_all_that_is_given_where_that_is_asked(self, engine, query, options):
        results = ask(engine, query, **options)
        assert (results.total, results.complete, results.relaxed) == (1, 1, False)

    def test_exclusions_and_fields_stay_binding(self, engine):
        assert ask(engine, "harbour police zeppelins -cargo").total == 2
        assert ask(engine, "harbour police zeppelins kind:treaty").total == 0

    def test_unknown_words_are_read_in_their_nearest_spelling_and_it_is_said(self, engine):
        results = ask(engine, "harbour polcie")
        assert results.total == 2
        assert results.relaxed
        assert results.suggestions == ("harbour police",)

    def test_known_words_are_never_respelled(self, engine):
        assert ask(engine, "cargo -harbour police").suggestions == ()
