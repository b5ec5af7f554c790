"""Moving the folder of an index along, from the layout of an older version to today's."""
