"""What the search of a site looks through; the finding itself is done in the browser."""
