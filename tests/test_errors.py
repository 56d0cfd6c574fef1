"""The error tree is the one its docstring draws."""

import re

import pytest

import qa
from qa import errors


def drawn():
    """(name, parent's name, whether it is drawn as retryable) for each line of the tree in the docstring."""
    above = []
    for line in errors.__doc__.splitlines():
        found = re.match(r"    ((?:[│ ]   )*(?:[├└]── )?)(\w+)(.*)$", line)
        if found:
            depth = len(found.group(1)) // 4
            above[depth:] = [found.group(2)]
            yield found.group(2), above[depth - 1] if depth else "Exception", "(retryable)" in found.group(3)


def defined():
    return {name: kind for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, Exception)}


def test_tree_when_drawn_then_it_is_the_one_defined():
    assert {name: parent for name, parent, _ in drawn()} == {name: kind.__mro__[1].__name__ for name, kind in defined().items()}
    assert len(list(drawn())) >= 16


@pytest.mark.parametrize("name, _, retryable", drawn(), ids=lambda value: str(value))
def test_error_when_drawn_as_retryable_then_it_says_so(name, _, retryable):
    error = getattr(errors, name)("what happened", "what to do")
    assert error.retryable is retryable
    assert (str(error), error.message, error.hint) == ("what happened", "what happened", "what to do")


def test_errors_when_defined_then_each_is_public():
    assert defined().keys() <= set(qa.__all__)


def test_error_when_told_that_it_is_retryable_then_only_that_one_is():
    assert errors.ModelUnavailable("over quota", retryable=True).retryable
    assert not errors.ModelUnavailable("not installed").retryable
    assert errors.QAError("what happened").hint == ""
