"""The steps from one version of the layout to the next, in the order in which they are done. Pure.

A step does what an older folder needs so that it means the same to this program. To change the
layout, raise :data:`~linkindex.catalogue.versions.CURRENT` and add the steps that lead there below
those that there are: a folder of any age goes through them all.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from linkindex.catalogue.addresses import is_reserved
from linkindex.catalogue.model import Settings
from linkindex.catalogue.permalinks import ledger_name, published
from linkindex.catalogue.problems import Place, quoted
from linkindex.catalogue.renamed import old_names, renamed_keys
from linkindex.catalogue.rules.kept_codes import likely_codes, reason_kept
from linkindex.catalogue.schema import schema_files
from linkindex.catalogue.versions import CURRENT, KEY
from linkindex.catalogue.yaml.shape import TOPIC, keys_of
from linkindex.catalogue.yaml.source import YamlMap, maps_in, read_yaml
from linkindex.places import shipped
from linkindex.upkeep.upgrading.folder import ASIDE, Change, Folder, Step
from linkindex.upkeep.upgrading.mkdocs import without_the_program
from linkindex.upkeep.upgrading.shipped import is_as_it_came, was_shipped
from linkindex.upkeep.writing import with_key, with_key_renamed

_SETTINGS = frozenset({"mkdocs.yml", "mkdocs.yaml"})

PROGRAM = "tools/linkindex/__init__.py"
"""Where the program lies in a copy of its own repository."""


def _tree(folder: Folder) -> YamlMap:
    root = read_yaml(folder.whole.text.encode(), folder.index).root
    return root if isinstance(root, YamlMap) else YamlMap(Place(1, 1))


# --- From 1 to 2. ---


def _keep_codes(folder: Folder) -> Change:
    """No topic has a code that the site needs itself, unless cards may lead there already."""
    tree = _tree(folder)
    settings = tree.get("index")
    site_url = str(settings.get("site_url", "")) if isinstance(settings, YamlMap) else ""
    ledger = ledger_name(site_url.strip()) if site_url else ""
    recorded = folder.files.get(ledger, b"").decode("utf-8-sig", "replace")
    known = {entry.code for entry in published(recorded)}
    is_live = bool(site_url) and not is_reserved(urlsplit(site_url).hostname or "")
    text, says, new = folder.whole.text, [], []
    topics = [topic for _, topic in maps_in(tree.get("categories"))]
    taken = {str(topic.get("code") or topic.get("id")) for topic in topics}
    for position, topic in maps_in(tree.get("categories")):
        name = str(topic.get("id"))
        code = str(topic.get("code") or name)
        reason = reason_kept(code)
        if reason is None or f"q/{code}" in known:
            continue
        if is_live:
            new.append(f"q/{code}")
            says.append(
                f"The code {quoted(code)} of {quoted(name)} is now {reason}. It is recorded as "
                f"published in {ledger}, so that cards that are printed keep working."
            )
            continue
        is_sensitive = str(topic.get("sensitive")).lower() == "true"
        free = (other for other in _codes_for(name, is_sensitive) if other not in taken)
        other = next(free)
        taken.add(other)
        text = with_key(text, ("categories", position), "code", other, TOPIC.keys, folder.index)
        says.append(
            f"The code {quoted(code)} of {quoted(name)} is now {reason}. It becomes "
            f"{quoted(other)}: the address of this index is an example, so no card leads there yet."
        )
    files = folder.with_text(text)
    if new:
        lines = recorded if not recorded or recorded.endswith("\n") else f"{recorded}\n"
        files[ledger] = f"{lines}{''.join(f'{code}{chr(10)}' for code in new)}".encode()
    return Change(files, tuple(says))


def _codes_for(topic: str, is_sensitive: bool) -> Iterator[str]:
    """Codes for a topic; those of a sensitive one must not give it away."""
    return (f"help{number}" for number in range(4, 1000)) if is_sensitive else likely_codes(topic)


def _leave_frame(folder: Folder) -> Change:
    """The frame of the pages comes with the program; only what a maintainer added stays."""
    if PROGRAM in folder.files:
        return Change()
    files: dict[str, bytes | None] = {}
    says = []
    came = []
    for name, data in sorted(folder.files.items()):
        if not name.startswith("overrides/") or not was_shipped(name):
            continue
        files[name] = None
        if is_as_it_came(name, data):
            came.append(name)
            continue
        files[f"{ASIDE}/{name}"] = data
        says.append(
            f"{name} was changed here, and was made for the frame that pages had then. In its "
            f"place it would take the way out and the numbers off them, so it goes to "
            f"{ASIDE}/{name}: carry over from there what is yours."
        )
    if came:
        says.insert(
            0,
            f"These {len(came)} files go, since they are as the program brought them, and it now "
            f"brings its own: {', '.join(came)}.",
        )
    return Change(files, tuple(says))


def _leave_pages(folder: Folder) -> Change:
    """Pages that nobody changed are those of the program."""
    pages = {name: data for name, data in folder.files.items() if name.startswith("docs/")}
    came = sorted(name for name, data in pages.items() if is_as_it_came(name, data))
    if PROGRAM in folder.files or not came:
        return Change()
    if len(came) == len(pages) and _SETTINGS & folder.files.keys():
        # MkDocs wants a folder of pages where it has settings of its own: one page holds its place.
        page = next((name for name in came if name == "docs/about.md"), came[0])
        now = shipped("docs") / page.removeprefix("docs/")
        says: tuple[str, ...] = (f"{page} is as the program has it now, and keeps its folder.",)
        files: dict[str, bytes | None] = dict.fromkeys(came)
        files[page] = now.read_bytes() if now.is_file() else pages[page]
        came.remove(page)
    else:
        says, files = (), dict.fromkeys(came)
    if came:
        gone = (
            f"These pages go, since nobody changed them, and the program now brings its own: "
            f"{', '.join(came)}."
        )
        says = (gone, *says)
    changed = {name: data for name, data in files.items() if data != pages.get(name)}
    return Change(changed, says if changed else ())


def _leave_settings(folder: Folder) -> Change:
    """The settings of MkDocs no longer lie in the folder, so none can be inherited from there."""
    if PROGRAM in folder.files:
        return Change()
    for name in sorted(_SETTINGS):
        if name in folder.files:
            has_frame = any(file.startswith("overrides/") for file in folder.files)
            after = without_the_program(folder.files[name].decode("utf-8"), has_frame=has_frame)
            if after is None:
                return Change()
            if not after:
                return Change(
                    {name: None},
                    (f"{name} goes: all that it says is what the program does without it.",),
                )
            return Change(
                {name: after.encode()},
                (
                    f"{name} took its settings from a copy of the program in this folder. They now "
                    "stand in it, with yours.",
                ),
            )
    return Change()


def _number(to: int) -> Step:
    def does(folder: Folder) -> Change:
        text = with_key(folder.whole.text, ("index",), KEY, to, keys_of(Settings), folder.index)
        return Change(folder.with_text(text), (f"The file says that its layout is version {to}.",))

    return Step(to, "Note the version", does)


# --- With every version. ---


def _rename_keys(folder: Folder) -> Change:
    """Keys that have another name now are written by it."""
    text, says = folder.whole.text, []
    for old in old_names(_tree(folder), renamed_keys()):
        line = folder.whole.lines.at(old.place.line)
        if old.is_twice:
            continue  # `linkindex check` says which of the two to remove
        text = with_key_renamed(text, old.path, old.renamed.key, old.renamed.write, folder.index)
        says.append(f"{line}: {quoted(old.renamed.key)} becomes {quoted(old.renamed.write)}.")
    return Change(folder.with_text(text), tuple(says))


def _refresh_schema(folder: Folder) -> Change:
    """What editors complete keys by is that of this program, where it is there at all."""
    made = schema_files()
    changed = {name: data for name, data in made.items() if folder.files.get(name, data) != data}
    says = (f"{' and '.join(sorted(changed))}: as this program writes them.",) if changed else ()
    return Change(dict(changed), says)


STEPS = (
    Step(2, "Codes that the site needs itself", _keep_codes),
    Step(2, "The frame of the pages", _leave_frame),
    Step(2, "Settings of MkDocs", _leave_settings),
    Step(2, "Pages that nobody changed", _leave_pages),
    _number(2),
    Step(None, "Keys that have another name now", _rename_keys),
    Step(None, "What editors complete keys by", _refresh_schema),
)
"""Every step, the oldest first."""

assert max(step.to or 0 for step in STEPS) == CURRENT  # noqa: S101 - for whoever adds one
