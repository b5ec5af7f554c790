"""What stands on every card and hand-out whatever it is about, in the language that is spoken."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from linkindex.speaking import _, html_language
from linkindex.speaking.language import said_in


class Phrases(BaseModel):
    """For the templates. What is in braces, they fill in.

    :ivar language: of all this, and of each text that says nothing else (ISO 639).
    :ivar region: of that language, where it is set by one; else empty (ISO 3166).
    """

    model_config = ConfigDict(frozen=True)

    language: str
    region: str
    could_ask: str
    about_link: str
    on_ring: str
    other_help: str
    numbers_on_page: str
    scan: str
    edition: str
    logo: str
    code: str
    from_whom: str
    large_code: str

    def with_headings_of(self, language: str | None) -> Phrases:
        """The same with each heading in a second language too, if there is one."""
        if language is None:
            return self
        other = phrases_in(language)
        both = {
            name: " · ".join(dict.fromkeys((getattr(self, name), getattr(other, name))))
            for name in ("could_ask", "about_link", "on_ring", "other_help")
        }
        return self.model_copy(update=both)


def phrases_in(language: str) -> Phrases:
    """The phrases in a language."""
    with said_in(language):
        return phrases()


def phrases() -> Phrases:
    """The phrases in the language that is spoken."""
    language, _sign, region = html_language().partition("-")
    return Phrases(
        language=language,
        region=region,
        # TRANSLATORS: Heading on the back of a card, above questions that a worker could ask.
        could_ask=_("You could ask"),
        about_link=_("About this link"),
        # TRANSLATORS: Cards hang on a key ring; this stands above the list of them.
        on_ring=_("On this ring"),
        other_help=_("Other help"),
        numbers_on_page=_("Numbers on the page: {numbers}."),
        scan=_("Point a phone camera at a code, or type the address below it."),
        # TRANSLATORS: Which printing of the cards this is: a date and some letters.
        edition=_("Edition {edition}"),
        logo=_("Logo of {organisation}"),
        code=_("QR code. Opens {address}"),
        from_whom=_("From {from}"),
        large_code=_("The large code opens all of them."),
    )
