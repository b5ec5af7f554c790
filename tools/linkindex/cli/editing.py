"""``linkindex add``, ``edit``, ``retire`` and ``move``: changing an index without writing YAML."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click
from click.decorators import FC

from linkindex.catalogue import Catalogue, LinkIndexError, Resource
from linkindex.catalogue.languages import language_name
from linkindex.catalogue.loading import read_whole
from linkindex.catalogue.model import WAYS_TO_A_LINK
from linkindex.catalogue.problems import quoted, shown, suggestion
from linkindex.cli.console import fail, print_problems, say, working
from linkindex.cli.group import EXIT_FAULT, began, main
from linkindex.cli.index import checked, edition, link_in_use
from linkindex.cli.options import catalogue_option, language_option
from linkindex.icons import icon_names
from linkindex.speaking import SOURCE
from linkindex.wording import listed

if TYPE_CHECKING:
    from linkindex.catalogue import Examined
    from linkindex.links.opening import Opened
    from linkindex.upkeep.editing import Judged
    from linkindex.upkeep.proposing import Proposed

_LISTS = ("audiences", "nations", "language", "accessible_as", "keywords", "also_in")
_OPTIONS: tuple[tuple[str, str], ...] = (
    ("title", "What the page calls itself."),
    ("publisher", "Who made it."),
    ("summary", "What a reader gets and from whom: at most 25 plain words of your own."),
    ("use_when", "For whom or when it is, in about 12 words."),
    ("audiences", "Whom it is for: families, practitioners, young-people; several with commas."),
    ("format", "What opens: guide, video, helpline, service ..."),
    ("nations", "Where it holds: uk, england, scotland, wales ...; several with commas."),
    ("language", "Its languages, such as en or cy; several with commas."),
    ("accessible_as", "easy-read, bsl, audio or captions; several with commas."),
    ("cost", "free, part-free or paid."),
    ("minutes", "How many minutes it takes."),
    ("phone", "A number to call."),
    ("text", "A number to text."),
    ("email", "An e-mail address to write to."),
    ("keywords", "Words that people type; several with commas."),
    ("also_in", "Other topics that should show it; several with commas."),
)
_ASKED: tuple[tuple[str, str], ...] = (
    ("title", "Title, as it stands on the page"),
    ("publisher", "Who made it"),
    ("summary", "What does a reader get? At most 25 plain words of your own"),
    ("use_when", "When should somebody open it? About 12 words, or nothing"),
    ("audiences", "Whom is it for? families, practitioners, young-people"),
    ("format", "What opens? guide, video, helpline, service, website ..."),
    ("nations", "Where does it hold? uk, england, scotland, wales, northern-ireland"),
    ("language", "Language"),
)
_NEEDED = ("title", "publisher", "summary", "audiences", "format", "nations")


def _key_options(command: FC) -> FC:
    for key, text in reversed(_OPTIONS):
        name = f"--{key.replace('_', '-')}"
        command = click.option(name, key, default=None, metavar="TEXT", help=text)(command)
    return command


def _needed(context: click.Context, parameter: click.Parameter, address: str | None) -> str | None:
    """An address, unless there is another way to the link, or somebody can be asked."""
    if address is None and not any(map(context.params.get, WAYS_TO_A_LINK)) and not _is_terminal():
        raise click.MissingParameter(ctx=context, param=parameter)
    return address


_dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Show what would change and write nothing."
)
_yes_option = click.option("--yes", is_flag=True, help="Write it without asking.")


@main.command(short_help="Add a link.")
@catalogue_option
@click.argument("address", required=False, metavar="ADDRESS", callback=_needed)
@click.option("--topic", default=None, metavar="ID", help="The topic in which it stands.")
@_key_options
@click.option("--id", "name", default=None, metavar="ID", help="Its id; made of the title.")
@click.option(
    "--shares-page",
    default=None,
    metavar="REASON",
    help="Why another link with this address may stay: two services share the page.",
)
@click.option("--offline", is_flag=True, help="Do not open the page.")
@language_option(
    "The language of the index that the texts are in, such as cy. By default, its first."
)
@_dry_run_option
@_yes_option
def add(
    catalogue_path: Path,
    address: str | None,
    *,
    topic: str | None,
    name: str | None,
    shares_page: str | None,
    offline: bool,
    in_language: str | None,
    dry_run: bool,
    yes: bool,
    **keys: str | None,
) -> None:
    """Add the link at ADDRESS to resources.yaml, without writing YAML.

    Opens the page once, proposes what can be read off it with the reason, and asks for the rest.
    Says where the address is listed already, also if it comes behind a tracker or a safe-link.
    Shows the change and what the check says of it before anything is written. A service without a
    web page is added with --phone, --text or --email.

    Everything can be given as an option. Without a terminal nothing is asked: what is missing is
    named. In an index of several languages the texts are those of one; `linkindex edit` adds those
    of the others.

    \b
    Example:
        linkindex add https://www.example.org/sleep
        linkindex add https://www.example.org/sleep --topic sleep --audiences families \\
            --summary "Tips for bedtime, from a charity."
    """
    from linkindex.upkeep import writing
    from linkindex.upkeep.editing import cleaned
    from linkindex.upkeep.proposing import free_id, proposed
    from linkindex.upkeep.taken import with_room

    catalogue = edition(checked(catalogue_path), in_language)
    given: dict[str, Any] = {key: _value(key, text) for key, text in keys.items() if text}
    if address is None and not any(given.get(way) for way in WAYS_TO_A_LINK):
        address = _asked("Address of the page, beginning with https://") or None
        if address is None:
            raise LinkIndexError(
                "there is nothing to add; write the address of the page, or --phone, --text or "
                "--email for a service without one"
            )
    page = None
    if address is not None:
        address, remarks = cleaned(address)
        for remark in remarks:
            say(remark)
        _refuse_listed(catalogue, address, given.get("title"), shares_page)
        page = None if offline else _open(catalogue, address)
    made = proposed(
        catalogue,
        address,
        page.page if page else None,
        is_file=bool(page and page.is_file),
    )
    _refuse_same_title(catalogue, address, given.get("title") or _proposed(made, "title"))
    topic = _topic(catalogue, topic, made)
    entry = _completed(given, made, has_page=address is not None)
    taken = {each.id for each in catalogue.categories} | {
        resource.id for category in catalogue.categories for resource in category.resources
    }
    entry |= {"id": name or free_id(str(entry["title"]), taken), "added": began().date()}
    if address is not None:
        entry["url"] = address
    if shares_page:
        entry["allow"] = [{"rule": "shared-page", "reason": shares_page}]
    _write(
        catalogue_path,
        lambda text: (
            writing.with_link(
                with_room(text, catalogue, topic),
                topic,
                entry,
                catalogue_path.name,
                catalogue.language,
            ),
            (),
        ),
        f"Added {quoted(entry['id'])} to {quoted(topic)}.{_in_the_others(catalogue, entry['id'])}",
        _Manner(dry_run=dry_run, yes=yes),
    )


@main.command(short_help="Change a link.")
@catalogue_option
@click.argument("link", metavar="CODE")
@click.option("--url", "url", default=None, metavar="ADDRESS", help="Another address.")
@_key_options
@click.option(
    "--without",
    "gone",
    multiple=True,
    metavar="KEY",
    help="A key to take away, such as minutes; several times if need be.",
)
@language_option(
    "The language of the index that the texts are in, such as cy: what is there in the others "
    "stays. By default, its first."
)
@click.option(
    "--reason",
    default="",
    metavar="TEXT",
    help="Why it is said otherwise here: asked of a link that is taken from another index.",
)
@_dry_run_option
@_yes_option
def edit(
    catalogue_path: Path,
    link: str,
    *,
    url: str | None,
    gone: tuple[str, ...],
    in_language: str | None,
    reason: str,
    dry_run: bool,
    yes: bool,
    **keys: str | None,
) -> None:
    """Change what resources.yaml says of the link with this CODE or id.

    Its id and code stay, as do its comments and the order of its lines. On a terminal, without an
    option, each value is shown and can be typed anew. What is changed of a link that is taken from
    another index stands below `extends:`, with the reason.

    \b
    Example:
        linkindex edit k7m4qx --title "Sleep tips" --minutes 5
        linkindex edit k7m4qx --without minutes
        linkindex edit k7m4qx --in-language cy --title "Cynghorion cysgu"
    """
    from linkindex.upkeep import writing
    from linkindex.upkeep.editing import cleaned
    from linkindex.upkeep.taken import with_change

    catalogue = edition(checked(catalogue_path), in_language)
    resource = link_in_use(catalogue, link)
    changes: dict[str, Any] = {key: _value(key, text) for key, text in keys.items() if text}
    changes |= dict.fromkeys((key.replace("-", "_") for key in gone), None)
    if not changes and url is None:
        changes = _retyped(resource)
    if url is not None:
        url, remarks = cleaned(url)
        for remark in remarks:
            say(remark)
        title = str(changes.get("title") or resource.title)
        _refuse_listed(catalogue, url, title, None, but=resource)
        changes["url"] = url
    for key in ("id", "code"):
        if key in changes:
            raise LinkIndexError(f"the {key} of a link stays what it is, for cards lead to it")
    if catalogue.source_of(resource):
        reason = reason or _asked("Why is it said otherwise here?")
        if not reason:
            raise LinkIndexError(
                f"{quoted(resource.id)} is taken from {quoted(catalogue.source_of(resource))}; say "
                "with --reason why it is said otherwise here"
            )

    def changed(text: str) -> tuple[str, tuple[str, ...]]:
        if catalogue.source_of(resource):
            return with_change(text, catalogue, resource, changes, reason), ()
        file = catalogue_path.name
        return writing.with_changes(text, resource.id, changes, file, catalogue.language), ()

    _write(
        catalogue_path,
        changed,
        f"Changed {quoted(resource.id)}.",
        _Manner(dry_run=dry_run, yes=yes),
        code=resource.code,
    )


def _in_the_others(catalogue: Catalogue, link: str) -> str:
    """How the texts of a new link are given in the other languages of its index, if it has any."""
    others = [each for each in catalogue.languages if each != catalogue.language]
    if not others:
        return ""
    return (
        f" Its texts are in {language_name(catalogue.language)}; for "
        f"{listed(map(language_name, others), SOURCE)} run `linkindex edit {link} --in-language "
        f"{others[0]}`."
    )


@main.command(short_help="Retire a link: its code leads on.")
@catalogue_option
@click.argument("link", metavar="CODE")
@click.option(
    "--successor",
    default=None,
    metavar="ID",
    help="What takes its place: the id or code of a link, or the id of a topic.",
)
@click.option("--reason", default="", metavar="TEXT", help="Why, for editors.")
@_dry_run_option
@_yes_option
def retire(
    catalogue_path: Path, link: str, *, successor: str | None, reason: str, dry_run: bool, yes: bool
) -> None:
    """Take the link with this CODE or id out of use; printed cards then lead to its successor.

    It stays in resources.yaml, so that its code answers for ever. Where it was among the first
    links of a topic, its successor stands there instead, or nothing.

    \b
    Example:
        linkindex retire k7m4qx --successor sleep-tips --reason "The page has closed."
    """
    from linkindex.upkeep.editing import retired, successor_named
    from linkindex.upkeep.taken import with_hidden

    catalogue = checked(catalogue_path)
    resource = link_in_use(catalogue, link)
    if successor is None:
        home = catalogue.home_of(resource).id
        successor = _asked("What takes its place? The id of a link or topic", home)
        if not successor:
            raise LinkIndexError(
                "--successor is missing; name the link or topic to which its printed code leads, "
                f"such as its own topic, {quoted(home)}"
            )
    named = successor

    def closed(text: str) -> tuple[str, tuple[str, ...]]:
        if catalogue.source_of(resource):
            following = successor_named(catalogue, resource, named)
            return with_hidden(text, catalogue, resource, following.id, reason), ()
        return retired(text, catalogue, resource, named, began().date(), reason)

    _write(
        catalogue_path,
        closed,
        f"Retired {quoted(resource.id)}: its code {resource.code} leads on to {quoted(named)}.",
        _Manner(dry_run=dry_run, yes=yes),
        code=resource.code,
    )


@main.command(short_help="Move a link to another topic.")
@catalogue_option
@click.argument("link", metavar="CODE")
@click.argument("topic")
@click.option("--keep", is_flag=True, help="Let the topic that it leaves show it, too.")
@_dry_run_option
@_yes_option
def move(
    catalogue_path: Path, link: str, topic: str, *, keep: bool, dry_run: bool, yes: bool
) -> None:
    """Move the link with this CODE or id to another TOPIC, with its comments, word for word.

    Its id and code stay, so printed cards lead to it as before.

    \b
    Example:
        linkindex move k7m4qx parenting
    """
    from linkindex.upkeep.editing import moved
    from linkindex.upkeep.taken import refusal, with_room

    catalogue = checked(catalogue_path)
    resource = link_in_use(catalogue, link)
    target = _known_topic(catalogue, topic)
    if catalogue.source_of(resource):
        raise refusal(catalogue, resource)
    _write(
        catalogue_path,
        lambda text: moved(
            with_room(text, catalogue, target), catalogue, resource, target, keep=keep
        ),
        f"Moved {quoted(resource.id)} to {quoted(target)}.",
        _Manner(dry_run=dry_run, yes=yes),
        code=resource.code,
    )


class _Manner(NamedTuple):
    """How a change is written."""

    dry_run: bool
    yes: bool


def _write(
    path: Path,
    change: Callable[[str], tuple[str, tuple[str, ...]]],
    done: str,
    manner: _Manner,
    code: str | None = None,
) -> None:
    """Show a change and what the check says of it; write it if nothing stands against it.

    :param code: of a link that was there before: its ledger is told what it opens now.
    """
    from linkindex.upkeep.editing import judged
    from linkindex.upkeep.saving import difference, placed_errors, save_whole

    whole = read_whole(path)
    with placed_errors(whole):
        after, remarks = change(whole.text)
    if after == whole.text:
        say("There is nothing to change.")
        return
    outcome = judged(whole.text, after, lambda text: _examined(text, path))
    say(difference(whole, after))
    for remark in remarks:
        say(remark)
    print_problems(outcome.new)
    if outcome.errors:
        fail("nothing is written; put right what is said above, and run the command again")
        sys.exit(EXIT_FAULT)
    if manner.dry_run:
        say("Nothing was written, as you asked.")
        return
    if not manner.yes and _is_terminal() and not click.confirm("Write this?", default=True):
        say("Nothing was written.")
        return
    save_whole(path, whole, after)
    say(done)
    _tell_ledger(path, outcome, code)


def _examined(text: str, path: Path) -> Examined:
    from linkindex.catalogue import examine

    return examine(
        text.encode(),
        file=path.name,
        icons=icon_names(),
        today=began().date(),
        read=lambda name: (path.parent / name).read_bytes(),
    )


def _tell_ledger(path: Path, outcome: Judged, code: str | None) -> None:
    """Note in the ledger what a published code opens now."""
    from linkindex.catalogue.permalinks import ledger_path, told_of_change
    from linkindex.placing import place_files

    catalogue = outcome.examined.catalogue
    if code is None or catalogue is None:
        return
    ledger = ledger_path(path.parent, catalogue)
    if not ledger.exists():
        return
    before = ledger.read_text("utf-8")
    after = told_of_change(before, catalogue, code)
    if after != before:
        place_files({ledger: after.encode()})
        say(f"Noted in {ledger} what its code opens now; commit it with the index.")


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _asked(question: str, default: str = "") -> str:
    """What somebody types; without a terminal, nothing is asked."""
    if not _is_terminal():
        return ""
    answer: str = click.prompt(question, default=default, show_default=bool(default))
    return answer.strip()


def _value(key: str, text: str) -> Any:
    """What is written for a key: a list where it has one, and the value that a word means."""
    from linkindex.catalogue.values import meant

    if key not in _LISTS:
        return meant(key, text)[0] if meant(key, text) else " ".join(text.split())
    parts = [part.strip() for part in re.split("[,;]", text) if part.strip()]
    values = list(dict.fromkeys(value for part in parts for value in (meant(key, part) or (part,))))
    return values[0] if key == "language" and len(values) == 1 else values


def _open(catalogue: Catalogue, address: str) -> Opened:
    """One look at a page, and what came of it."""
    from linkindex.links.opening import opened
    from linkindex.links.wording import as_sentence, reason

    with working(f"Opening {shown(address, 100)}"):
        found = opened(address, catalogue.settings.contact)
    look = found.look
    if look.danger is not None:
        raise LinkIndexError(
            f"{as_sentence(reason(look.cause))} Nothing is written; open it on another device, and "
            "if you are sure of it, use --offline"
        )
    title = found.page.title if found.page else ""
    opens = title and look.verdict.opens
    say(f"It opens: {shown(title, 100)}" if opens else as_sentence(reason(look.cause)))
    return found


def _refuse_listed(
    catalogue: Catalogue,
    address: str,
    title: str | None,
    shares_page: str | None,
    but: Resource | None = None,
) -> None:
    """Say where an address is listed already; go on only where two services share the page."""
    from linkindex.catalogue.rules.names import same_title_key
    from linkindex.upkeep.editing import listed_as

    there = [resource for resource in listed_as(catalogue, address) if resource is not but]
    for resource in there:
        kept = "retired, " if resource.retired else ""
        say(
            f"{catalogue.at(resource.address_line)}: {kept}listed already as "
            f"{quoted(resource.id)} (code {resource.code}), {quoted(resource.title)}, in "
            f"{quoted(catalogue.home_of(resource).id)}."
        )
    current = [resource for resource in there if not resource.retired]
    same = [r for r in current if title and same_title_key(title) == same_title_key(r.title)]
    if current and (same or not shares_page):
        raise LinkIndexError(
            f"nothing is written; change that link with `linkindex edit {current[0].code}`, and "
            "show it in more topics with its option `--also-in`"
            + (
                ""
                if same
                else "; if two services share the page, say why with --shares-page and --title"
            )
        )
    for draft in catalogue.drafts:
        if draft.url and _same(draft.url, address):
            say(f"{catalogue.at(draft.place.line)}: it stands there as a draft; finish that one.")
            raise LinkIndexError("nothing is written")


def _same(one: str, other: str) -> bool:
    from linkindex.catalogue import addresses

    try:
        return addresses.same_page_key(one) == addresses.same_page_key(other)
    except ValueError:
        return False


def _refuse_same_title(catalogue: Catalogue, address: str | None, title: str | None) -> None:
    """Of services without a page, the title tells whether they are the same."""
    from linkindex.catalogue.rules.names import same_title_key

    if address is not None or not title:
        return
    for resource in catalogue.current_resources:
        if same_title_key(resource.title) == same_title_key(title):
            raise LinkIndexError(
                f"{catalogue.at(resource.line)}: {quoted(resource.id)} has this title already; "
                f"change it with `linkindex edit {resource.code}`, or use another title"
            )


def _proposed(made: Proposed, key: str) -> str | None:
    return made.values[key].value if key in made.values else None


def _topic(catalogue: Catalogue, topic: str | None, made: Proposed) -> str:
    if topic is not None:
        return _known_topic(catalogue, topic)
    for proposal in made.topics:
        say(f"Topic {quoted(proposal.value)}: {proposal.reason}.")
    best = made.topics[0].value if made.topics else ""
    if _is_terminal():
        chosen = _asked("Topic", best)
        return _known_topic(catalogue, chosen)
    if best:
        return best
    raise LinkIndexError("nobody can tell the topic from the page; name it with --topic")


def _known_topic(catalogue: Catalogue, name: str) -> str:
    current = catalogue.current_categories
    for category in current:
        if name in (category.id, category.code) or name.casefold() == category.title.casefold():
            return category.id
    known = [category.id for category in current]
    raise LinkIndexError(
        f"there is no topic {quoted(name)}; "
        + suggestion(name, known, f"write an id, such as {', '.join(map(quoted, known[:5]))}")
    )


def _completed(given: Mapping[str, Any], made: Proposed, *, has_page: bool) -> dict[str, Any]:
    """Every key that a link needs: as it was given, as it is proposed, or as somebody types it."""
    entry = dict(given)
    if not has_page:
        entry.setdefault("format", "helpline" if "phone" in entry else "service")
    if made.said and "summary" not in entry:
        say(f"The page says of itself: {shown(made.said, 300)}")
    for key, question in _ASKED:
        if key in entry:
            continue
        proposal = made.values.get(key)
        if proposal and not (_is_terminal() and key in ("title", "publisher", "nations", "format")):
            say(f"{key}: {shown(proposal.value, 100)} ({proposal.reason})")
            entry[key] = _value(key, proposal.value)
        elif _is_terminal():
            if proposal:
                say(f"{key}: {proposal.reason}")
            usual = "en" if key == "language" else ""
            answer = _asked(question, proposal.value if proposal else usual)
            if answer:
                entry[key] = _value(key, answer)
    missing = [key for key in _NEEDED if not entry.get(key)]
    if missing:
        options = ", ".join(f"--{key.replace('_', '-')}" for key in missing)
        raise LinkIndexError(f"something is missing; give it with {options}")
    return entry


def _retyped(resource: Resource) -> dict[str, Any]:
    """The values that somebody types anew, each beside what stands there."""
    if not _is_terminal():
        raise LinkIndexError("there is nothing to change; give the new values as options")
    changes: dict[str, Any] = {}
    for key, question in _ASKED:
        now = getattr(resource, key)
        text = ", ".join(now) if isinstance(now, tuple) else str(now or "")
        answer = _asked(question, text)
        if answer != text:
            changes[key] = _value(key, answer) if answer else None
    return changes
