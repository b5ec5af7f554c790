"""The Jinja environments: one for HTML, where everything is escaped, and one for written pages."""

from __future__ import annotations

import datetime
import functools
import html
import json
import operator
import re
import traceback
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from typing import Any, ClassVar
from urllib.parse import quote

from jinja2 import (
    Environment,
    PackageLoader,
    StrictUndefined,
    Template,
    TemplateSyntaxError,
    UndefinedError,
    nodes,
)
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from linkindex import wording
from linkindex.catalogue import Category, LinkIndexError, Phone, Settings, addresses, telephone
from linkindex.catalogue.model import Claim, Piece
from linkindex.catalogue.problems import quoted, suggestion
from linkindex.catalogue.telling import neutral_link
from linkindex.icons import icon_svg
from linkindex.site import facets
from linkindex.site.compiled import made_once
from linkindex.site.shortening import short_html, with_short_classes
from linkindex.site.written import refuse_wrong_settings
from linkindex.speaking import (
    direction,
    html_language,
    html_text,
    isolated,
    spoken,
    translations_of,
)
from linkindex.speaking.lent import marked_page, noting_lent_words, without_notes
from linkindex.wording import date_in_words


class _Generator(CodeGenerator):
    """Has each value written by :meth:`_HtmlEnvironment.written`, and functions called as they are.

    A Jinja that does not ask here writes by its own ``escape``, which writes the same.
    """

    def visit_Call(  # noqa: N802 - its name in Jinja
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        """Call a function without asking each time whether it wants the context: none does."""
        self.write("environment.called(")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.written(")


_SPECIAL = re.compile("[&<>'\"]")
"""The signs that markupsafe escapes."""


class _HtmlEnvironment(Environment):
    """Makes no safe text of what is only joined: a large build would do so 300,000 times."""

    code_generator_class = _Generator
    called: ClassVar[Callable[..., Any]] = operator.call

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The same for every template, none of which has its own.

        A chain of maps, as Jinja makes of them, takes ten times as long to copy for a page.
        """
        return super().make_globals(d) if d else self.globals

    @staticmethod
    def written(value: object) -> str:
        """A value as HTML: escaped, unless it is HTML already or has nothing to escape."""
        kind = type(value)
        if kind is Markup or (kind is str and not _SPECIAL.search(value)):  # type: ignore[call-overload]
            return value  # type: ignore[return-value]
        return escape(value)


class _ShortClasses(Extension):
    """Has templates give the classes of scan pages by letters, before they are compiled."""

    def preprocess(
        self,
        source: str,
        name: str | None,  # noqa: ARG002
        filename: str | None = None,  # noqa: ARG002
    ) -> str:
        """The text of a template, as it is compiled."""
        return with_short_classes(source)


@functools.cache
def html_environment() -> Environment:
    """Templates of ``site/templates``: HTML in which every value is escaped."""
    environment = _HtmlEnvironment(
        loader=PackageLoader("linkindex.site", "templates"),
        extensions=["jinja2.ext.i18n", _ShortClasses],
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        bytecode_cache=made_once(),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["ext.i18n.trimmed"] = True
    # How {% trans %} is compiled: to the functions below, which fill in the places themselves.
    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    environment.filters.update(
        age=wording.age,
        with_age=_with_age,
        marked=marked,
        marked_among=_among,
        audiences=wording.audiences,
        nations=wording.nations,
        languages=wording.languages,
        access=wording.access,
        review=wording.review,
        reviewed=wording.reviewed,
        reviews=wording.reviews,
        date=date_in_words,
        short_date=wording.short_date,
        links=wording.count_of_links,
        listed=wording.listed,
        subtitle=_subtitle,
        second_line=_second_line,
        domain=addresses.domain_shown,
        way=wording.way,
        by=wording.ways_without_a_page,
        icon=_icon,
        closely=_closely,
        tel=_dialled,
        query=_in_query,
        behind=_behind,
        typed=_typed,
        attributes=facets.attributes,
        first_letters=facets.first_letters,
        yaml=front_matter_text,
        linked=_linked,
        apart=_apart,
        said=_as_written,
    )
    environment.globals.update(
        _=_said,
        gettext=_said,
        ngettext=_counted,
        pgettext=_said_of,
        npgettext=_counted_of,
        html_language=html_language,
        direction=direction,
        usual_language=wording.usual_language,
        AUDIENCES=wording.AUDIENCES,
        FORMATS=wording.FORMATS,
        COSTS=wording.COSTS,
        NATIONS=wording.NATIONS,
        neutral_link=neutral_link,
    )
    return environment


def render(template: str, **values: object) -> str:
    """Render a template of ``site/templates``; English for want of a translation is marked."""
    with noting_lent_words():
        page = html_environment().get_template(template).render(**values)
    return marked_page(page)


_ATTRIBUTES = {"caution": "text", "young-people": "young_people"}
"""What the model calls a key that it cannot call as the file does."""


def marked(piece: Piece, key: str, end: str = "") -> str:
    """A text of the index, marked as being in another language where it is in one.

    :param key: as in the file; of a text within another, with a dot.
    :param end: what ends the sentence, which belongs on the side where the text ends.
    """
    value = _text_at(piece, key)
    language = piece.language_of(key)
    if not language or not value:
        return f"{value or ''}{end}"
    return _in_language(f"{value}{end}", language)


def borrowed_texts(pieces: Iterable[Piece]) -> dict[str, str]:
    """The language of each text of some pieces that is not in that of the index, by the text."""
    return {
        str(_text_at(piece, key)): language
        for piece in pieces
        for key, language in piece.borrowed.items()
    }


def _text_at(piece: Piece, key: str) -> Any:
    value: Any = piece
    for name in key.split("."):
        value = value[int(name)] if name.isdigit() else getattr(value, _ATTRIBUTES.get(name, name))
    return value


def _among(text: str, borrowed: Mapping[str, str]) -> str:
    language = borrowed.get(text)
    return _in_language(text, language) if language else text


def _in_language(said: str, language: str) -> Markup:
    way = "" if direction(language) == direction() else f' dir="{direction(language)}"'
    span = Markup('<span lang="{}"{}>{}</span>')
    return span.format(html_language(language), Markup(way), said)  # noqa: S704


def _with_age(text: str, claim: Claim, today: datetime.date) -> str:
    """What a claim says, with its age behind it; a mark around it stays."""
    if not isinstance(text, Markup):
        return wording.with_age(text, claim, today)
    said = wording.age(claim, today)
    end = "" if text.striptags().endswith((".", "!", "?")) else "."
    return Markup("{}{} {}").format(text, end, said) if said else text


def _subtitle(category: Category) -> str | None:
    return marked(category, "full_title") if wording.subtitle(category) else None


def _second_line(category: Category) -> str | None:
    line = wording.second_line(category)
    keys = ("needs.families", "full_title")
    return next((shown for key in keys if _plain(shown := marked(category, key)) == line), line)


def _plain(text: str) -> str:
    return text.striptags() if isinstance(text, Markup) else text


def front_matter_text(text: str) -> Markup:
    """A text as a quoted YAML scalar, already escaped for HTML.

    The themes of MkDocs put the front matter of a page into their HTML as it stands.
    """
    escaped = without_notes(str(text) if isinstance(text, Markup) else html.escape(text))
    return Markup(json.dumps(escaped))  # noqa: S704 - escaped just before


def written_page(text: str, name: str, values: Mapping[str, object]) -> str:
    """A page of ``docs/`` with the settings of the index filled in.

    :raises LinkIndexError: for a placeholder that is misspelt or malformed, or wrong settings.
    """
    try:
        page = _page_template(text).render(**values)
    except Exception as error:  # whatever an expression of the page's author comes to
        raise LinkIndexError(f"docs/{name}:{_line_of_fault(error)}: {_fault(error)}") from None
    refuse_wrong_settings(page, name)
    return page


@functools.lru_cache(maxsize=256)
def _page_template(text: str) -> Template:
    """A page as it is filled in, compiled once: a live preview fills it in again and again."""
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, finalize=_markdown_text, keep_trailing_newline=True
    )
    return environment.from_string(text)


def _fault(error: Exception) -> str:
    missing = re.findall(r"'(\w+)'", str(error))
    if isinstance(error, UndefinedError) and missing:
        fields = [*Settings.model_fields, "index", "categories", "resources"]
        if missing[-1] in Settings.model_fields:
            return f"there is no {quoted(missing[-1])} to fill in; write `index.{missing[-1]}`"
        return f"there is no {quoted(missing[-1])} to fill in; {suggestion(missing[-1], fields)}"
    return (
        f"the text in the braces cannot be filled in ({' '.join(str(error).split())}); use a "
        "placeholder such as {{ index.name }}, or write the braces as {{ '{{' }}"
    )


def _line_of_fault(error: Exception) -> int:
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == "<template>"]
    return lines[-1] or 1 if lines else 1


def _markdown_text(value: object) -> str:
    """A value as Markdown that shows exactly its text; what is HTML already stays as it is."""
    if isinstance(value, Markup):
        return str(value)
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|~])", r"\\\1", html.escape(str(value), quote=False))


def _said(message: str, **values: object) -> Markup:
    """A message, with its places (``%(name)s``) filled in."""
    return _filled(_markup(translations_of(spoken()).text(message)), values)


def _as_written(message: str) -> Markup:
    """A message that the program holds, which has no places."""
    return _markup(translations_of(spoken()).text(message))[0]


def _said_of(context: str, message: str, **values: object) -> Markup:
    """A message of which English has one word for two meanings."""
    return _filled(_markup(translations_of(spoken()).text(message, context)), values)


def _counted(one: str, other: str, num: int, **values: object) -> Markup:
    """The form of a message for a count, which it shows as ``%(num)s``."""
    forms = translations_of(spoken()).plurals(one, other)
    return _filled(_markup(forms.chosen(num)), {"num": num, **values})


def _counted_of(context: str, one: str, other: str, num: int, **values: object) -> Markup:
    """The same with a context."""
    forms = translations_of(spoken()).plurals(one, other, context)
    return _filled(_markup(forms.chosen(num)), {"num": num, **values})


@functools.lru_cache(maxsize=4096)
def _markup(text: str) -> tuple[Markup, bool]:
    """A message as HTML, and whether it has places to fill."""
    markup = Markup(html_text(text))  # noqa: S704 - of a catalogue of ours
    return markup, "%" in text


def _filled(message: tuple[Markup, bool], values: Mapping[str, object]) -> Markup:
    text, has_places = message
    if not has_places:
        return text
    if direction() == "rtl":
        values = {name: _isolated(value) for name, value in values.items()}
    # As plain text: each value of a Markup would be wrapped, and asked twice how it is written.
    return Markup(str(text) % {name: escape(value) for name, value in values.items()})  # noqa: S704


def _isolated(value: object) -> Markup:
    return Markup(isolated("{}")).format(value)  # noqa: S704 - two signs of direction


def _apart(value: object) -> object:
    """What stands beside others in a line, so that they keep their order from the right, too."""
    return _isolated(value) if direction() == "rtl" else value


def _linked(text: Markup, *addresses: str) -> Markup:
    """A message whose ``<a>``, one after the other, lead to addresses."""
    for address in addresses:
        text = Markup(str(text).replace("<a>", Markup('<a href="{}">').format(address), 1))  # noqa: S704
    return text


_IN_XML = ' xmlns="http://www.w3.org/2000/svg"'
"""What only a file of its own needs."""


def _icon(name: str) -> Markup:
    svg = icon_svg(name).replace(_IN_XML, "").replace("<svg", '<svg aria-hidden="true"', 1)
    return Markup(svg)  # noqa: S704 - a file of the theme, chosen by a checked name


def _closely(text: str) -> Markup:
    """Rendered HTML in fewer bytes."""
    # As plain text: each word of a Markup is a Markup again, which takes ten times as long.
    return Markup(short_html(str(text)))  # noqa: S704 - a rendered part of a template


def _typed(address: str) -> str:
    """An address as it is typed: browsers add the scheme themselves."""
    return address.partition("://")[2]


def _in_query(text: str) -> str:
    """A text as the last value of an address, with the signs that stand for themselves there."""
    return quote(text, safe="/:,")


def _behind(text: str, title: str) -> str:
    """What follows a title that a text begins with, after ``+``: the page has the title already."""
    return f"+{text[len(title) :]}" if text.startswith(title) else text


def _dialled(phone: Phone) -> str:
    return telephone.dialled(phone.number)
