"""The rules: catalogues of record types, lists, measures and schemes, each with its legal basis, loaded and checked."""

from goodstanding.catalogue.examples import ExampleResult, run_examples
from goodstanding.catalogue.feeds import Feed
from goodstanding.catalogue.load import load, load_files, load_library
from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.overlay import overlay
from goodstanding.catalogue.periods import Period

__all__ = [
    "Catalogue",
    "ExampleResult",
    "Feed",
    "Period",
    "load",
    "load_files",
    "load_library",
    "overlay",
    "run_examples",
]
