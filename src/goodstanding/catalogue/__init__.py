"""The rules: catalogues of record types, lists, measures and schemes, each with its legal basis, loaded and checked."""

from goodstanding.catalogue.examples import ExampleResult, run_examples
from goodstanding.catalogue.feeds import Feed
from goodstanding.catalogue.loader import load_catalogue, load_files, load_library
from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.overlay import overlay_catalogue
from goodstanding.catalogue.periods import Period

__all__ = [
    "Catalogue",
    "ExampleResult",
    "Feed",
    "Period",
    "load_catalogue",
    "load_files",
    "load_library",
    "overlay_catalogue",
    "run_examples",
]
