"""Rules that look beyond one key: names used once, names that exist, dates, markup.

They read the tree rather than the finished pieces, so that an entry with a fault of its own is
still compared with the others and every error is found in one run.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from linkindex.catalogue import addresses
from linkindex.catalogue.codes import (
    PAGE_NAMES,
    fits_category_code,
    fits_resource_code,
    resource_code,
)
from linkindex.catalogue.fields import FIRST_DAY_OF_THE_WEB, MOST_YEARS_AHEAD
from linkindex.catalogue.model import Audience
from linkindex.catalogue.problems import Place, Problem, Severity, nearest_names, quoted, suggestion
from linkindex.catalogue.rules.kept_codes import likely_codes, reason_kept
from linkindex.catalogue.rules.telling import telling_icon, telling_parts, telling_words
from linkindex.catalogue.yaml.source import YamlList, YamlMap, maps_in
from linkindex.clock import is_in_the_future

RENEWAL_WARNING_DAYS = 90

SHARED_HOSTS = ("github.io", "gitlab.io", "netlify.app", "pages.dev", "vercel.app", "web.app")
"""Hosts that lend a name: codes get long, some public networks block them, and the name cannot
be kept when the index moves."""

ICON_LIST = "https://pictogrammers.com/library/mdi/"
"""Where people can look at the Material Design Icons, and search them."""

_PORT = re.compile(r"(?P<host>https?://[^/:@]+)(?P<port>:[0-9]*)(?P<folder>/.*)?", re.IGNORECASE)
_HTML = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:[a-zA-Z]{2,}[0-9]*|#[0-9]+|#[xX][0-9a-fA-F]+);|<!--")
_MARKDOWN = re.compile(
    r"\[[^\[\]]+\]\([^)\[]+\)|\*\*[^*]+\*\*|\b__[^_]+__\b|`[^`]+`"
    r"|(?:^|(?<=[\s(]))[*_][^\s*_](?:[^*_]*[^\s*_])?[*_](?!\w)|^(?:#{1,6}|[*+>-]) "
)
_MARKUP_SIGNS = re.compile(r"[<&*_`\[#]|^[+>-]")
_PAST_DATES = frozenset({"added", "reviewed", "number_checked", "on"})
_TRUE = frozenset({"1", "on", "t", "true", "y", "yes"})
"""What pydantic reads as true."""
_ADDRESSES = frozenset({"url", "exit_url", "site_url", "repository"})
_ADDRESS_IN_TEXT = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_NOT_TEXT = frozenset({"url", "exit_url", "site_url", "repository", "contact", "colour", "icon"})


def check(
    root: YamlMap,
    *,
    file: str,
    icons: Collection[str],
    today: datetime.date,
    published: Collection[str] = (),
) -> list[Problem]:
    """Every broken rule of the index as a whole.

    :param published: the codes of categories that were published, and so can never change.
    """
    checker = _Checker(file, icons, today, _declarations(root), published)
    checker.settings(root.get("index"))
    for _, line in maps_in(root.get("urgent_help")):
        checker.urgent_help(line)
    checker.glossary(root)
    checker.names()
    for category in checker.declared.categories:
        checker.category(category)
    for resource in checker.declared.resources:
        checker.resource(resource)
    checker.succession()
    for text, place, key in _all_texts(root):
        checker.markup(text, place, key)
        checker.line_break(text, place, key)
        checker.date(text, place, key)
        checker.address(text, place, key)
    return checker.problems


@dataclass(frozen=True)
class _Entry:
    """A category or resource as far as it can be read."""

    noun: str
    value: YamlMap
    home: YamlMap | None = None

    def text(self, key: str) -> str | None:
        return _text(self.value, key)

    def place(self, key: str) -> Place:
        return self.value.key_places.get(key, self.value.place)

    @property
    def id(self) -> str | None:
        return self.text("id")

    @property
    def retired(self) -> bool:
        return isinstance(self.value.get("retired"), YamlMap)

    @property
    def code(self) -> str | None:
        written = self.text("code")
        if self.noun == "category":
            code = written or self.id
            return code if code and fits_category_code(code) else None
        if written:
            return written if fits_resource_code(written) else None
        return resource_code(self.id) if self.id else None


@dataclass
class _Declared:
    """What the file declares."""

    groups: list[_Entry] = field(default_factory=list)
    categories: list[_Entry] = field(default_factory=list)
    resources: list[_Entry] = field(default_factory=list)
    by_id: dict[str, _Entry] = field(default_factory=dict)
    shown_in: dict[str | None, dict[str, _Entry]] = field(default_factory=dict)
    """The resources on each category's page, guests included, by the ids of both."""


def _declarations(root: YamlMap) -> _Declared:
    declared = _Declared()
    declared.groups = [_Entry("group", value) for _, value in maps_in(root.get("groups"))]
    for _, value in maps_in(root.get("categories")):
        declared.categories.append(_Entry("category", value))
        for _, resource in maps_in(value.get("resources")):
            entry = _Entry("resource", resource, value)
            declared.resources.append(entry)
            if entry.id:
                pages = [_text(value, "id"), *(guest for guest, _ in _texts(resource, "also_in"))]
                for page in pages:
                    declared.shown_in.setdefault(page, {})[entry.id] = entry
    for entry in (*declared.categories, *declared.resources):
        if entry.id:
            declared.by_id.setdefault(entry.id, entry)
    return declared


class _Checker:
    def __init__(
        self,
        file: str,
        icons: Collection[str],
        today: datetime.date,
        declared: _Declared,
        published: Collection[str],
    ) -> None:
        self.published = published
        self.file = file
        self.icons = icons
        self.today = today
        self.declared = declared
        self.category_ids = {entry.id: entry for entry in declared.categories if entry.id}
        self.group_ids = {entry.id for entry in declared.groups if entry.id}
        self.problems: list[Problem] = []

    def settings(self, value: object) -> None:
        if not isinstance(value, YamlMap):
            return
        site_url = _text(value, "site_url")
        if site_url:
            self._host(site_url, value.key_places["site_url"])
        self._exit(value)
        domain = value.get("domain")
        renews = _date(_text(domain, "renews")) if isinstance(domain, YamlMap) else None
        if isinstance(domain, YamlMap) and renews:
            days = (renews - self.today).days
            if renews.year - self.today.year > MOST_YEARS_AHEAD:
                self._error(
                    domain.key_places["renews"],
                    f"a domain cannot be paid for until {renews.isoformat()}, over "
                    f"{MOST_YEARS_AHEAD} years ahead",
                    "check its year",
                )
            if days < RENEWAL_WARNING_DAYS:
                self._warn(
                    domain.key_places["renews"],
                    f"the domain {_renewal(days)}, and every printed code depends on it",
                    "renew it and write the new date",
                )

    def _exit(self, value: YamlMap) -> None:
        """Whoever leaves in a hurry leaves this site."""
        hosts = []
        for key in ("site_url", "exit_url"):
            try:
                hosts.append(urlsplit(_text(value, key) or "").hostname)
            except ValueError:
                return
        if hosts[0] and hosts[0] == hosts[1]:
            self._error(
                value.key_places["exit_url"],
                "the exit address is on this site, so leaving would not leave it",
                "name a well-known page elsewhere, such as a weather forecast",
            )

    def _host(self, site_url: str, place: Place) -> None:
        try:
            parts = urlsplit(site_url)
            host = parts.hostname or ""
            _ = parts.port
        except ValueError:
            return
        if host.endswith(tuple(f".{shared}" for shared in SHARED_HOSTS)):
            self._warn(
                place,
                f"{quoted(host)} is a shared host: its codes are long, some public "
                "networks block it, and it cannot be kept when the index moves",
                "use a domain of your own before printing",
            )
        port = _PORT.fullmatch(site_url)
        if port:
            goes_without_saying = parts.port in (None, {"https": 443, "http": 80}.get(parts.scheme))
            self._warn(
                place,
                f"the site's address names a port ({quoted(port['port'])}): codes get longer"
                + ("" if goes_without_saying else ", and many public networks keep phones from it"),
                ("" if goes_without_saying else "publish the site without one, and ")
                + f"write {quoted(port['host'] + (port['folder'] or '/'), 200)}",
            )
        if parts.scheme == "http" and not addresses.is_reserved(host):
            self._warn(place, "the site's address is not encrypted (`http:`)", "use `https:`")

    def urgent_help(self, value: YamlMap) -> None:
        """Urgent help is something to call or to text."""
        if value.get("phone") is None and value.get("text") is None:
            self._error(
                value.place,
                "this urgent help has neither a phone nor a text number",
                "add a line such as `phone: 0800 1111`",
            )

    def glossary(self, root: YamlMap) -> None:
        """Each word is explained once, and belongs to a category that exists."""
        first: dict[str, Place] = {}
        for _, value in maps_in(root.get("glossary")):
            term = _text(value, "term")
            place = value.key_places.get("term", value.place)
            if term and first.setdefault(term.casefold(), place) is not place:
                line = first[term.casefold()].line
                self._error(
                    place,
                    f"{quoted(term)} is already explained on line {line}",
                    "put both meanings into one entry",
                )
            category = _text(value, "category")
            if category and category not in self.category_ids:
                self._unknown(value.key_places["category"], "category", category, self.category_ids)

    def names(self) -> None:
        """Ids and codes are used once, and addresses lead to different pages."""
        self._once((entry.id, entry.place("id"), entry.noun) for entry in self.declared.groups)
        everything = (*self.declared.categories, *self.declared.resources)
        self._once((entry.id, entry.place("id"), entry.noun) for entry in everything)
        self._codes(self.declared.categories)
        self._codes(self.declared.resources)
        self._neutral_titles()
        self._addresses()

    def _once(self, ids: Iterable[tuple[str | None, Place, str]]) -> None:
        first: dict[str, Place] = {}
        for name, place, noun in ids:
            if name is None:
                continue
            if name in first:
                self._error(
                    place,
                    f"the {noun} id {quoted(name)} is already used on line {first[name].line}",
                    "give one of the two another id",
                )
            else:
                first[name] = place

    def _neutral_titles(self) -> None:
        """Two cards with one title could not be told apart."""
        first: dict[str, _Entry] = {}
        for entry in self.declared.categories:
            title = entry.text("neutral_title")
            if title is None or not _is_sensitive(entry):
                continue
            other = first.setdefault(title.casefold(), entry)
            if other is not entry:
                self._error(
                    entry.place("neutral_title"),
                    f"{quoted(title)} is already the neutral title of {quoted(other.id)} on line "
                    f"{other.place('neutral_title').line}",
                    "give one of the two another",
                )

    def _codes(self, entries: list[_Entry]) -> None:
        first: dict[str, _Entry] = {}
        for entry in entries:
            code = entry.code
            if code is None:
                continue
            other = first.setdefault(code, entry)
            if other is entry or (other.id == entry.id and not entry.text("code")):
                continue
            place = entry.place("code") if entry.text("code") else entry.place("id")
            self._error(
                place,
                f"the code {quoted(code)} already belongs to {other.noun} {quoted(other.id)} on "
                f"line {other.value.place.line}",
                self._free_code(entry, first),
            )

    def _free_code(self, entry: _Entry, taken: dict[str, _Entry]) -> str:
        if entry.noun == "category" or not entry.id:
            return "give this one another `code:`, before it is printed"
        free = next(
            code
            for attempt in range(1, 1000)
            if (code := resource_code(entry.id, attempt)) not in taken
        )
        return f"add `code: {free}` to this one, before it is printed"

    def _addresses(self) -> None:
        first: dict[str, _Entry] = {}
        for entry in self.declared.resources:
            url = entry.text("url")
            if url is None or entry.retired:
                continue
            try:
                addresses.check(url)
                key = addresses.same_page_key(url)
            except (addresses.AddressError, ValueError):
                continue
            other = first.setdefault(key, entry)
            if other is not entry:
                home = other.home.get("id") if other.home else None
                self._error(
                    entry.place("url"),
                    f"this address is already listed as {quoted(other.id)} on line "
                    f"{other.place('url').line}",
                    "remove this entry"
                    + (
                        f", and add its category to `also_in` of {quoted(other.id)}"
                        if entry.home is not other.home and home
                        else ""
                    ),
                )

    def category(self, entry: _Entry) -> None:
        """A category's references and its discretion."""
        group = entry.text("group")
        if group and group not in self.group_ids:
            self._unknown(entry.place("group"), "group", group, self.group_ids)
        icon = entry.text("icon")
        if icon and icon not in self.icons:
            self._error(
                entry.place("icon"),
                f"there is no icon {quoted(icon)}",
                _icons_like(icon, self.icons),
            )
        for name, place in _texts(entry.value, "related"):
            if name not in self.category_ids:
                self._unknown(place, "category", name, self.category_ids)
            elif name == entry.id:
                self._error(
                    place, f"{quoted(name)} is this category itself", "remove it from `related`"
                )
        self._repeated(entry.value, "related")
        self._start_here(entry)
        self._discretion(entry)
        self._has_code(entry)

    def _start_here(self, entry: _Entry) -> None:
        start_here = entry.value.get("start_here")
        if not isinstance(start_here, YamlMap):
            return
        shown = self.declared.shown_in.get(entry.id, {})
        for audience in start_here:
            self._repeated(start_here, audience)
            for name, place in _texts(start_here, audience):
                resource = shown.get(name)
                if resource is None:
                    self._unknown(
                        place,
                        "resource",
                        name,
                        shown,
                        "in this category",
                    )
                elif resource.retired:
                    self._error(place, f"{quoted(name)} is retired", "name its successor")
                elif audience in list(Audience) and _audiences(resource).isdisjoint({audience}):
                    self._error(
                        place,
                        f"{quoted(name)} is not for {audience}",
                        f"add `{audience}` to its audiences, or name another resource",
                    )

    def _has_code(self, entry: _Entry) -> None:
        """A category without a code has an id that can be one; no code is kept for something."""
        code = entry.code
        reason = reason_kept(code) if code and code not in self.published else None
        if reason:
            place = entry.place("code" if entry.text("code") else "id")
            if all(place != (problem.line, problem.column) for problem in self.problems):
                self._error(
                    place, f"the code {quoted(code)} is {reason}", self._another_code(entry)
                )
            return
        if not entry.id or entry.value.get("code") is not None:
            return
        if entry.id in PAGE_NAMES:
            reason = "another page of the site has the address of its id"
        elif not fits_category_code(entry.id):
            reason = "its id is not 2 to 8 letters or digits"
        else:
            return
        self._error(
            entry.value.place,
            f"category {quoted(entry.id)} needs a `code`, because {reason}",
            "add a line such as `code: abc`",
        )

    def _another_code(self, entry: _Entry) -> str:
        """What to write in place of a code that is kept."""
        if _is_sensitive(entry):
            return "write another that does not give the topic away, such as `code: help4`"
        taken = {category.code for category in self.declared.categories}
        free = (code for code in likely_codes(entry.id or "") if code not in taken)
        return f"write `code: {next(free)}`, or another that tells the topic"

    def _discretion(self, entry: _Entry) -> None:
        """What is printed or stays behind of a sensitive category shares no word with its topic."""
        if not _is_sensitive(entry):
            if entry.text("neutral_title") and entry.text("sensitive") is None:
                self._error(
                    entry.place("neutral_title"),
                    f"category {quoted(entry.id)} has a `neutral_title` but does not say that it "
                    "is sensitive, so its topic is named everywhere",
                    "add `sensitive: true`, or remove this line",
                )
            elif entry.text("sensitive") is None:
                self._forgotten_discretion(entry)
            return
        for key, example in (("code", "help4"), ("neutral_title", "Help at home")):
            if entry.value.get(key) is None:
                self._error(
                    entry.value.place,
                    f"category {quoted(entry.id)} is sensitive but has no {quoted(key)}",
                    f"add one that does not give the topic away, such as `{key}: {example}`",
                )
        topic = " ".join(
            filter(
                None,
                (
                    entry.id,
                    entry.text("title"),
                    entry.text("full_title"),
                    *(name for name, _ in _texts(entry.value, "aliases")),
                ),
            )
        )
        giveaways = {
            word
            for word in re.findall(r"[a-z0-9]+", topic.lower())
            if len(word) > 1 and word not in _COMMON_WORDS
        }
        self._card_discretion(entry, giveaways)
        self._telling(entry, giveaways)
        for key in ("code", "neutral_title"):
            written = (entry.text(key) or "").lower()
            shared = giveaways.intersection(re.findall(r"[a-z0-9]+", written))
            if key == "code" and fits_category_code(written):
                shared.update(word for word in giveaways if len(word) > 2 and word in written)
            if shared:
                self._error(
                    entry.place(key),
                    f"{quoted(key)} of a sensitive category gives its topic away "
                    f"({', '.join(map(quoted, sorted(shared)))})",
                    "choose words that are in neither its id, its titles nor its aliases",
                )

    def _forgotten_discretion(self, entry: _Entry) -> None:
        """A title that tells a topic, of a category that does not say whether it is sensitive."""
        for key in ("title", "full_title"):
            told = sorted(telling_words(entry.text(key) or ""))
            if told:
                self._warn(
                    entry.place(key),
                    f"{quoted(key)} tells its topic ({', '.join(map(quoted, told))}) on cards, on "
                    "paper and in the history of a phone",
                    "if that can put a reader at risk, add `sensitive: true`; if not, "
                    "`sensitive: false`",
                )
                return

    def _telling(self, entry: _Entry, giveaways: set[str]) -> None:
        """No word and no picture that tells a topic whatever the category is called."""
        icon = entry.text("icon") or ""
        if telling_icon(icon):
            self._error(
                entry.place("icon"),
                f"the icon {quoted(icon)} of a sensitive category shows its topic",
                "choose one that tells nothing, such as `sofa-outline`",
            )
        for key, find in (("code", telling_parts), ("neutral_title", telling_words)):
            told = sorted(find(entry.text(key) or "") - giveaways)
            if told:
                self._error(
                    entry.place(key),
                    f"{quoted(key)} of a sensitive category tells its topic "
                    f"({', '.join(map(quoted, told))})",
                    "choose another that tells nothing",
                )

    def _card_discretion(self, entry: _Entry, giveaways: set[str]) -> None:
        card = entry.value.get("card")
        if not isinstance(card, YamlMap):
            return
        front = _text(card, "front")
        printed = [(front, card.key_places["front"])] if front else []
        for text, place in (*printed, *_texts(card, "prompts")):
            shared = sorted(giveaways.intersection(re.findall(r"[a-z0-9]+", text.lower())))
            if shared:
                self._error(
                    place,
                    f"the card of a sensitive category gives its topic away "
                    f"({', '.join(map(quoted, shared))})",
                    "use words that are in neither its id, its titles nor its aliases",
                )
            told = sorted(telling_words(text) - giveaways)
            if told:
                self._error(
                    place,
                    f"the card of a sensitive category tells its topic "
                    f"({', '.join(map(quoted, told))})",
                    "use words that tell nothing to anybody who sees the card",
                )

    def _repeated(self, value: YamlMap, key: str) -> None:
        seen = set()
        for name, place in _texts(value, key):
            if name in seen:
                self._error(place, f"{quoted(name)} is twice in {quoted(key)}", "remove one")
            seen.add(name)

    def resource(self, entry: _Entry) -> None:
        """A resource's references to categories, and whether a page still shows it."""
        for key in ("audiences", "nations", "also_in"):
            self._repeated(entry.value, key)
        added, reviewed = _date(entry.text("added")), _date(entry.text("reviewed"))
        if added and reviewed and is_in_the_future(added, reviewed):
            self._error(
                entry.place("reviewed"),
                "this link was reviewed before it was added",
                "check the two dates",
            )
        if not entry.retired and entry.home and isinstance(entry.home.get("retired"), YamlMap):
            self._error(
                entry.place("id"),
                f"{quoted(entry.id)} stands in a retired category, so no page shows it",
                "move it to another category, or give it `retired:` too",
            )
        for name, place in _texts(entry.value, "also_in"):
            if name not in self.category_ids:
                self._unknown(place, "category", name, self.category_ids)
            elif self.category_ids[name].value is entry.home:
                self._error(
                    place,
                    f"{quoted(name)} is the category this resource stands in",
                    "remove it from `also_in`",
                )

    def succession(self) -> None:
        """Every retired code leads on to something that is still there."""
        for entry in (*self.declared.categories, *self.declared.resources):
            retired = entry.value.get("retired")
            if not isinstance(retired, YamlMap):
                continue
            name = _text(retired, "successor")
            place = retired.key_places.get("successor", retired.place)
            if name is None:
                continue
            if name not in self.declared.by_id:
                self._unknown(place, "resource or category", name, self.declared.by_id)
            elif self._goes_round(entry, name):
                self._error(
                    place,
                    "the successors lead round in a circle",
                    "name something that is not retired",
                )

    def _goes_round(self, entry: _Entry, name: str) -> bool:
        seen = {entry.id}
        following: str | None = name
        while following and following in self.declared.by_id:
            if following in seen:
                return True
            seen.add(following)
            retired = self.declared.by_id[following].value.get("retired")
            following = _text(retired, "successor") if isinstance(retired, YamlMap) else None
        return False

    def markup(self, text: str, place: Place, key: str) -> None:
        """Text is text: what looks like HTML or Markdown will be shown as it stands."""
        if key in _NOT_TEXT or not _MARKUP_SIGNS.search(text):
            return
        for kind, pattern in (("HTML", _HTML), ("Markdown", _MARKDOWN)):
            match = pattern.search(text)
            if match:
                self._warn(
                    place,
                    f"{quoted(key)} holds what looks like {kind}: {quoted(match.group().strip())}",
                    "write plain text; it will be shown exactly as it stands",
                )

    def line_break(self, text: str, place: Place, key: str) -> None:
        """A text is one line: a break in it is not lost in silence."""
        if key in _NOT_TEXT or text.isprintable():
            return
        if len(text.strip().splitlines()) > 1:
            self._warn(
                place,
                f"a line break stands inside {quoted(key)}, and readers see a space in its place",
                "write it as one paragraph, after `>-` if it is long",
            )

    def date(self, text: str, place: Place, key: str) -> None:
        """Nothing has happened in the future, wherever it was written."""
        if key not in _PAST_DATES:
            return
        day = _date(text)
        if day and is_in_the_future(day, self.today):
            self._error(
                place,
                f"{quoted(key)} is in the future ({day.isoformat()})",
                "write the day on which it happened, today at the latest",
            )

    def address(self, text: str, place: Place, key: str) -> None:
        """No address leads round about or tells of somebody, in whatever key it stands.

        That an address may stand under its own key is said where that key is read.
        """
        try:
            if key in _ADDRESSES:
                addresses.check(text.strip())
                told = addresses.advice(text.strip())
                if told:
                    self._warn(place, *told)
                return
            for match in _ADDRESS_IN_TEXT.finditer(text):
                addresses.check_tells_nobody(match[0].rstrip(".,;:!?)’”"))
        except addresses.AddressError as error:
            if key not in _ADDRESSES:
                self._error(place, error.what, error.remedy)
        except ValueError:
            return

    def _unknown(
        self, place: Place, noun: str, name: str, known: Collection[str], where: str = ""
    ) -> None:
        self._error(
            place,
            f"there is no {noun} {quoted(name)}" + (f" {where}" if where else ""),
            suggestion(name, known, f"use the id of a {noun} of this file"),
        )

    def _error(self, place: Place, what: str, remedy: str) -> None:
        self.problems.append(Problem(self.file, *place, what, remedy))

    def _warn(self, place: Place, what: str, remedy: str) -> None:
        self.problems.append(Problem(self.file, *place, what, remedy, Severity.WARNING))


def _icons_like(name: str, icons: Collection[str]) -> str:
    bare = re.sub(r"^:?(?:material|mdi)[-/]|:$", "", name.lower())
    if bare in icons:
        return f"write {quoted(bare)}"
    near = ", ".join(quoted(one) for one in nearest_names(bare, icons))
    return f"use one of {near}, or another from {ICON_LIST}" if near else f"use one of {ICON_LIST}"


def _audiences(entry: _Entry) -> set[str]:
    """Whom a resource is for; everybody where that cannot be read, which has its own error."""
    words = {word for word, _ in _texts(entry.value, "audiences")}
    return words if words and words <= set(Audience) else set(Audience)


def _is_sensitive(entry: _Entry) -> bool:
    return (entry.text("sensitive") or "").lower() in _TRUE


_COMMON_WORDS = frozenset(
    (
        *("a", "about", "an", "and", "at", "by", "for", "from", "help", "how", "in", "is", "it"),
        *("someone", "something", "thing", "things", "what", "when", "who", "people", "young"),
        *("child", "children", "families", "family", "parent", "parents"),
        *("of", "on", "or", "the", "to", "with", "your", "you"),
    )
)


def _renewal(days: int) -> str:
    if days == 0:
        return "renews today"
    counted = "1 day" if abs(days) == 1 else f"{abs(days)} days"
    return f"renews in {counted}" if days > 0 else f"was due to renew {counted} ago"


def _text(value: object, key: str) -> str | None:
    found = value.get(key) if isinstance(value, YamlMap) else None
    return found.strip() if isinstance(found, str) and found.strip() else None


def _texts(value: YamlMap, key: str) -> list[tuple[str, Place]]:
    found = value.get(key)
    if not isinstance(found, YamlList):
        return []
    return [
        (item, place)
        for item, place in zip(found, found.item_places, strict=True)
        if isinstance(item, str)
    ]


def _date(text: str | None) -> datetime.date | None:
    """A day that can be compared with others; one that cannot be right has its own error."""
    try:
        day = datetime.date.fromisoformat(text) if text else None
    except ValueError:
        return None
    return day if day and day >= FIRST_DAY_OF_THE_WEB else None


def _all_texts(root: YamlMap) -> Iterator[tuple[str, Place, str]]:
    """Every text of the file with its place and the key it stands under."""
    pending: list[tuple[YamlMap | YamlList, str]] = [(root, "")]
    while pending:
        value, above = pending.pop()
        if isinstance(value, YamlMap):
            parts = [(part, value.key_places[key], key) for key, part in value.items()]
        else:
            parts = [
                (part, place, above) for part, place in zip(value, value.item_places, strict=True)
            ]
        for part, place, key in parts:
            if isinstance(part, str):
                yield part, place, key
            elif isinstance(part, YamlMap | YamlList):
                pending.append((part, key))
