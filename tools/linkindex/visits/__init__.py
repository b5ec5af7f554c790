"""How often printed codes are opened, from the log that a web server keeps anyway.

Nobody is watched: what could point at a person is dropped as a line is read, sensitive topics are
not counted at all, and no number is shown that stands for fewer than five openings.
"""
