"""The texts of the index that ships are as short, plain and kind as its check asks for."""

from __future__ import annotations

from linkindex.catalogue import Examined
from linkindex.catalogue.rules.acronyms import acronyms
from linkindex.catalogue.rules.style import every_acronym, style_problems


def test_the_index_has_no_warning_that_nothing_answers(examined: Examined) -> None:
    assert examined.catalogue is not None
    assert examined.tree is not None
    assert [str(problem) for problem in examined.problems] == []
    assert [str(one) for one in style_problems(examined.catalogue, examined.tree)] == []


def test_the_glossary_holds_every_short_form_that_readers_see(examined: Examined) -> None:
    assert examined.catalogue is not None
    assert examined.tree is not None
    held = {one for term in examined.catalogue.glossary for one in acronyms(term.term)}
    assert every_acronym(examined.catalogue, examined.tree) - held == {"REGISTER", "SHOUT"}
