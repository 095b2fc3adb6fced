"""What cannot be read comes with what could be: a corrected query, whatever was wrong."""

import pytest

from search.errors import QueryError
from search.lexer import MAX_DISTANCE, MAX_LENGTH, MAX_LEXEMES
from search.names import Resolver
from search.parser import parse

NAMES = Resolver({"CoE": "Council of Europe"}.get, {"Budapest Convention": "Convention on Cybercrime"}.get)


@pytest.mark.parametrize(
    ("query", "suggestion"),
    [
        ('alpha "beta gamma', 'alpha "beta gamma"'),
        ('alpha "beta" gamma"', 'alpha "beta" gamma'),  # nothing stands behind the last mark
        ("(alpha beta", "(alpha beta)"),
        ("((alpha OR beta", "((alpha OR beta))"),
        ("alpha) beta", "alpha beta"),
        ("alpha ()", "alpha"),
        ("alpha OR", "alpha"),
        ("OR alpha", "alpha"),
        ("AND alpha AND", "alpha"),
        ("alpha AND OR beta", "alpha OR beta"),
        ("alpha NOT", "alpha"),
        ("*ism", "ism"),
        ("con*ion alpha", "con* alpha"),
        ("wom?n", "wom*"),
        ("c?t", "ct"),
        ("alpha *", "alpha"),
        ("ab*", "ab"),
        ("a~", "a"),
        ("alpha-beta*", "alpha-beta"),
        ("alpha~9", "alpha~2"),
        ("al~pha", "alpha"),
        ("alpha w/5", "alpha"),
        ("w/5 alpha", "alpha"),
        ("(alpha beta) w/5 gamma", "(alpha beta) AND gamma"),
        ("alpha w/s beta", "alpha w/15 beta"),
        ("alpha pre/3 beta", "alpha w/3 beta"),
        ("alpha +3 beta", "alpha w/3 beta"),
        (f"alpha w/{MAX_DISTANCE + 1} beta", f"alpha w/{MAX_DISTANCE} beta"),
        ('"alpha beta"~', '"alpha beta"~5'),
        ('"alpha"~5', '"alpha"'),
        ('alpha ""', "alpha"),
        ("colour:red alpha", "colour red alpha"),
        ("organisaton:CoE", "organisation:CoE"),
        ("yaer:2001", "year:2001"),
        ("title:-alpha", "-alpha"),
        ("title:(alpha year:2001)", "title:(alpha 2001)"),
        ("kind:reprot", "kind:report"),
        ("kind:novel", "novel"),
        ("year:soon", "soon"),
        ("year:2005..1995 alpha", "year:1995..2005 alpha"),
        ("dated:2009-08", "dated:2009"),
        ("year:12/08/2009", "year:2009"),
        ('provision:"Budapest Convention"', '"Budapest Convention"'),
        ("organisation:CoE*", 'organisation:"CoE"'),
        # several slips are mended in turn
        ('(alpha "beta', '(alpha "beta")'),
        ("*ism AND (ab* OR", "ism AND (ab)"),
        # brackets too deep for anybody: the words remain
        ("(" * 30 + "alpha beta" + ")" * 30, "alpha beta"),
        ("alpha " * 500, " ".join(["alpha"] * MAX_LEXEMES)),
        ("word " * MAX_LENGTH, " ".join(["word"] * MAX_LEXEMES)),
        # nothing to suggest
        ("!!!", ""),
        ('""', ""),
        ("*", ""),
        ("a" * (MAX_LENGTH + 1), "a" * MAX_LENGTH),
    ],
)
def test_suggested(query, suggestion):
    with pytest.raises(QueryError) as refused:
        parse(query, NAMES)
    assert refused.value.suggestion == suggestion
    parse(suggestion, NAMES)
