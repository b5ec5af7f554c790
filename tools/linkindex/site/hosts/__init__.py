"""What the servers of others are told of a built site: a few lines for each."""

from linkindex.site.hosts.place import Place, place_of
from linkindex.site.hosts.writing import HOSTS, Host, written

__all__ = ["HOSTS", "Host", "Place", "place_of", "written"]
