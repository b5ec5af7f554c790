"""What an index is, how it is read, and what can be wrong with it."""

from linkindex.catalogue.catalogue import Catalogue, ShownCatalogue
from linkindex.catalogue.kinds import (
    Access,
    Audience,
    Cost,
    Engine,
    Format,
    Nation,
    StyleRule,
)
from linkindex.catalogue.loading import examine, load
from linkindex.catalogue.logo import Logo
from linkindex.catalogue.model import (
    Allow,
    Category,
    Colours,
    Group,
    Phone,
    Resource,
    Settings,
    Standing,
    Term,
    UrgentHelp,
)
from linkindex.catalogue.problems import CatalogueError, LinkIndexError, Problem, Severity
from linkindex.catalogue.yaml.diagnosis import Examined

__all__ = [
    "Access",
    "Allow",
    "Audience",
    "Catalogue",
    "CatalogueError",
    "Category",
    "Colours",
    "Cost",
    "Engine",
    "Examined",
    "Format",
    "Group",
    "LinkIndexError",
    "Logo",
    "Nation",
    "Phone",
    "Problem",
    "Resource",
    "Settings",
    "Severity",
    "ShownCatalogue",
    "Standing",
    "StyleRule",
    "Term",
    "UrgentHelp",
    "examine",
    "load",
]
