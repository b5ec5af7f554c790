"""Other engines than MkDocs, which know nothing of LinkIndex: what each is given."""
