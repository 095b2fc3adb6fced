"""The contract suite, collected."""

from tests.search.engine_contract import (
    TestFacets,
    TestHelp,
    TestOrder,
    TestRelaxing,
    TestSyntax,
    TestTags,
    TestWords,
    TestWriting,
)

__all__ = [
    "TestFacets",
    "TestHelp",
    "TestOrder",
    "TestRelaxing",
    "TestSyntax",
    "TestTags",
    "TestWords",
    "TestWriting",
]
