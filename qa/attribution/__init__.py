"""Who says so, and when: the voice of every sentence, its speaker, and the figures in it."""

from qa.attribution.figures import figures_in
from qa.attribution.introduce import introduce
from qa.attribution.voices import Attribution, attribute

__all__ = ["Attribution", "attribute", "figures_in", "introduce"]
