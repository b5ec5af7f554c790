"""What people type when somebody may be in danger: words, signs and frames that an editor can mend.

``concerns.yaml`` says what each kind of danger sounds like and which numbers fit it, ``signs.yaml``
what tells everyday, learnt, denied and settled matters from it, and ``words.yaml`` what the words
are. ``weights.yaml`` and ``net.yaml`` are learnt: added up they decide, and a frame that fits
weighs for danger. They are compiled and packed here, and held against what is typed in the browser
(search/danger.js).
"""

from linkindex.site.danger.concerns import Concern, concerns
from linkindex.site.danger.packed import packed_danger
from linkindex.site.danger.words import danger_words

__all__ = ["Concern", "concerns", "danger_words", "packed_danger"]
