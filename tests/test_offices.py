"""Who "the mayor" is: the person the document names for the office, if it names one."""

import pytest

from attribution_helpers import voices

HOLDERS = [
    ("The provincial prefect, Anna Kovac, arrived on Monday. Trucks came. The prefect said that it was too early.", "Anna Kovac"),
    ("Mayor Peter Lund opened the hall. The river rose. The mayor said that the bridge was shut.", "Peter Lund"),
    ("Present: Anna Kovac (chair), Peter Lund. The guns were moved. The chair called this cheap.", "Anna Kovac"),
    ("The mayor of Linden, Anna Kovac, came late. Asked about the mill, the mayor said that it was sold.", "Anna Kovac"),
]
NO_HOLDER = [
    "The hall was full of guests, Mayor Peter Lund and Mayor Anna Kovac among them. The mayor said that the bridge was shut.",
    "The former mayor, Anna Kovac, came late. The mayor said that the bridge was shut.",
    "In Linden, the mayor said that the bridge was shut.",
    "The union called a strike. The ministry said that it was ready. The union said that it was not.",
]


@pytest.mark.parametrize(("text", "speaker"), HOLDERS)
def test_attribute_when_an_office_speaks_whose_holder_is_named_then_it_is_the_holder(text, speaker):
    assert voices(text)[-1] == ("named", speaker)


@pytest.mark.parametrize("text", NO_HOLDER)
def test_attribute_when_an_office_has_no_single_holder_then_it_speaks_itself(text):
    assert voices(text)[-1][1].removeprefix("the ") in ("mayor", "union")
