"""A list of links for one family: the page that makes it, and the page that its code opens.

Which links are in a list stands in the fragment of an address, which no host is told; so both pages
fetch files that are the same for every list.
"""
