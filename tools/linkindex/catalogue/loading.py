"""From the bytes of ``resources.yaml`` to a :class:`Catalogue`, or to every error in the file."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from linkindex import clock
from linkindex.catalogue import model, upstream
from linkindex.catalogue.beside import ReadBeside
from linkindex.catalogue.catalogue import Catalogue
from linkindex.catalogue.colours import GROUP_COLOURS, shade_of
from linkindex.catalogue.drafts import Draft, draft_problems, set_aside
from linkindex.catalogue.languages import (
    ENGLISH,
    borrowed_in,
    language_problems,
    languages_given,
    languages_of,
    localised,
)
from linkindex.catalogue.logo import Logo, LogoError, read_logo
from linkindex.catalogue.meanings import read_meanings
from linkindex.catalogue.parts import FOLDER, NAME, Whole, joined
from linkindex.catalogue.permalinks import Published, ledger_name, published
from linkindex.catalogue.problems import (
    CatalogueError,
    LinkIndexError,
    Place,
    Problem,
    Severity,
    nearest,
    on_one_line,
    quoted,
)
from linkindex.catalogue.questions import read_questions
from linkindex.catalogue.renamed import program_version, read_by_new_names, renamed_keys
from linkindex.catalogue.rules import whole
from linkindex.catalogue.rules.age import there_before
from linkindex.catalogue.rules.examples import examples_left
from linkindex.catalogue.shared.taking import EXTENDS, take
from linkindex.catalogue.taken import Taken
from linkindex.catalogue.unfit import causes_of, lines_of, sentence
from linkindex.catalogue.versions import too_new
from linkindex.catalogue.yaml.diagnosis import Examined, said_once
from linkindex.catalogue.yaml.mending import mend, named_once, urgent_help_twice
from linkindex.catalogue.yaml.shape import FILE, known_key
from linkindex.catalogue.yaml.source import NOT_UTF_8, YamlList, YamlMap, decoded, read_text
from linkindex.speaking import SOURCE
from linkindex.speaking.words import listed

PieceT = TypeVar("PieceT", bound=model.Piece)

TOP_KEYS = FILE.keys


def load(path: Path, *, icons: Collection[str], today: datetime.date | None = None) -> Catalogue:
    """Read and validate an index.

    :param icons: the names of icons that exist.
    :param today: the day on which dates count as past; the present day by default.
    :raises CatalogueError: with every error and warning of the file.
    :raises LinkIndexError: when the file cannot be read.
    """
    examined = examine_file(path, icons=icons, today=today)
    if examined.catalogue is None:
        raise CatalogueError(examined.problems)
    return examined.catalogue


def examine_file(
    path: Path,
    *,
    icons: Collection[str],
    today: datetime.date | None = None,
    before: Path | None = None,
) -> Examined:
    """Read an index and the files that it names, and say everything that is wrong.

    :param before: the index as it was before a change: what is new in it is then to blame.
    :raises LinkIndexError: when the file cannot be read.
    """
    return examine(
        read_file(path),
        file=path.name,
        icons=icons,
        today=today or clock.now().date(),
        read=lambda name: (path.parent / name).read_bytes(),
        topics=read_topics(path),
        before=read_whole(before).text if before else "",
    )


def read_whole(path: Path) -> Whole:
    """An index with its files of topics, as one text with its line ends, to be changed.

    :raises LinkIndexError: when a file cannot be read, or is no UTF-8.
    """
    whole = whole_of(read_file(path), read_topics(path), path.name)
    unread = [problem for problem in whole.problems if problem.remedy == NOT_UTF_8[1]]
    if unread:
        raise LinkIndexError("\n".join(map(str, unread)))
    return whole


def read_topics(path: Path) -> dict[str, bytes]:
    """The bytes of the files of topics beside an index, by their names.

    :raises LinkIndexError: when one cannot be read.
    """
    folder = path.parent / FOLDER
    if not folder.is_dir():
        return {}
    names = sorted(
        there.name
        for there in folder.iterdir()
        if there.suffix.lower() in (".yaml", ".yml") and not there.name.startswith((".", "_"))
    )
    return {name: read_file(folder / name) for name in names}


def read_file(path: Path) -> bytes:
    """The bytes of the catalogue.

    :raises LinkIndexError: when there is no such file or it cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        if path.is_symlink():
            raise LinkIndexError(
                f"{on_one_line(path)} is a link to {on_one_line(path.readlink())}, which is not "
                "there; put that file back, or name another with --catalogue"
            ) from None
        raise LinkIndexError(
            f"{on_one_line(path)}: there is no such file; run the command where resources.yaml is, "
            "name the file with --catalogue, or begin an index with `linkindex new`"
        ) from None
    except OSError as error:
        raise LinkIndexError(
            f"{on_one_line(path)}: cannot be read ({error.strerror}); "
            "check the file and its permissions"
        ) from None


def _nothing_beside(_: str) -> bytes:
    raise FileNotFoundError


def examine(
    data: bytes,
    *,
    file: str,
    icons: Collection[str],
    today: datetime.date,
    read: ReadBeside = _nothing_beside,
    topics: Mapping[str, bytes] | None = None,
    before: str = "",
) -> Examined:
    """Validate the bytes of a catalogue and say everything that is wrong.

    :param read: reads a file that the catalogue names; without it there is none.
    :param topics: the files of topics beside it, by their names.
    :param before: its text before a change, if that is known; it need not be valid.
    """
    if isinstance(text := decoded(data, file), Problem):
        return Examined(None, (text,))
    whole = whole_of(data, topics or {}, file)
    text = _as_yaml_has_it(whole.text)

    there = there_before(before, file)

    def judge(text: str) -> Examined:
        return _judged(text, file, icons, today, read, there)

    examined = judge(text)
    if examined.tree is None and topics:
        unread = tuple(_unread(whole))
        if unread:
            return Examined(None, tuple(sorted({*unread, *whole.problems})))
    if examined.errors:
        examined = said_once(text, examined, judge, file)
    return _with_words_of_readers(_placed(examined, whole), read)


def whole_of(data: bytes, topics: Mapping[str, bytes], file: str) -> Whole:
    """An index and its files of topics as one text; ``problems`` say what is odd about them."""
    problems = [
        Problem(
            f"{FOLDER}/{name}",
            1,
            1,
            "this file is not read, because of its name",
            f"call it {quoted(_fit_name(name))}",
        )
        for name in topics
        if not NAME.fullmatch(name)
    ]
    texts = {}
    for name, content in topics.items():
        if NAME.fullmatch(name):
            text = decoded(content, f"{FOLDER}/{name}")
            problems += [text] if isinstance(text, Problem) else []
            texts[name] = content.decode("utf-8", "replace")
    whole = joined(data.decode("utf-8", "replace"), texts, file)
    return dataclasses.replace(whole, problems=tuple(sorted({*whole.problems, *problems})))


def _fit_name(name: str) -> str:
    stem = re.sub(r"[^a-z0-9]+", "-", name.lower().rpartition(".")[0]).strip("-")
    return f"{stem or 'topic'}.yaml"


def _as_yaml_has_it(text: str) -> str:
    text = text.removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _unread(whole: Whole) -> Iterator[Problem]:
    """What is wrong with each file of a topic that is no YAML by itself.

    Else a quotation mark that is never closed would be found in the file that comes after it.
    """
    for name, content in whole.files.items():
        if name == whole.file:
            continue
        alone = joined("categories:\n", {name.removeprefix(f"{FOLDER}/"): content}, whole.file)
        text = _as_yaml_has_it(alone.text)
        source = read_text(text, whole.file)
        if source.root is None:
            found = said_once(
                text,
                Examined(None, source.problems),
                lambda text: _syntax(text, whole.file),
                whole.file,
            )
            yield from alone.lines.all_placed(found.problems)


def _syntax(text: str, file: str) -> Examined:
    source = read_text(text, file)
    return Examined(
        None, source.problems, source.root if isinstance(source.root, YamlMap) else None
    )


def _placed(examined: Examined, whole: Whole) -> Examined:
    """What was found, each problem in the file where it stands."""
    if not whole.lines.came and not whole.problems:
        return examined
    failed = any(problem.severity is Severity.ERROR for problem in whole.problems)
    catalogue = examined.catalogue
    if catalogue is not None:
        catalogue = None if failed else catalogue.in_each(lambda _: {"lines": whole.lines})
    problems = {*whole.lines.all_placed(examined.problems), *whole.problems}
    return examined._replace(catalogue=catalogue, problems=tuple(sorted(problems)))


def _with_words_of_readers(examined: Examined, read: ReadBeside) -> Examined:
    """The same with what people say of topics and what they ask, if that can be read."""
    if examined.catalogue is None:
        return examined
    problems: list[Problem] = []

    def meant(catalogue: Catalogue) -> dict[str, object]:
        meanings, found = read_meanings(catalogue, read)
        problems.extend(found)
        for topic, said in (catalogue.taken or _NOTHING_TAKEN).meanings.items():
            meanings[topic] = tuple(dict.fromkeys((*meanings.get(topic, ()), *said)))
        questions, found = read_questions(catalogue, read)
        problems.extend(found)
        taken = (catalogue.taken or _NOTHING_TAKEN).questions
        return {"meanings": meanings, "questions": (*questions, *taken)}

    catalogue: Catalogue | None = examined.catalogue.in_each(meant)
    if any(problem.severity is Severity.ERROR for problem in problems):
        catalogue = None
    return examined._replace(
        catalogue=catalogue, problems=tuple(sorted({*examined.problems, *problems}))
    )


_NOTHING_TAKEN = Taken("")


def _judged(
    text: str,
    file: str,
    icons: Collection[str],
    today: datetime.date,
    read: ReadBeside,
    there: frozenset[Published],
) -> Examined:
    source = read_text(text, file)
    if source.root is None and source.problems:
        return Examined(None, source.problems)
    tree = source.root if isinstance(source.root, YamlMap) else None
    if newer := too_new(tree, file):
        return Examined(None, (newer,), tree)
    old = [] if tree is None else read_by_new_names(tree, file, renamed_keys(), program_version())
    own_lines = text.count("\n") + 1
    taken = _NOTHING_TAKEN
    if tree is not None and EXTENDS in tree:
        if unfit := _unfit_upstreams(tree, file, today, read):
            # What would have been taken is not there: that it is missing is no fault of its own.
            return Examined(None, tuple(sorted({*source.problems, *unfit})), tree)
        taking = take(tree, file, own_lines, read, _published(tree, read))
        if not taking.is_whole and taking.problems:
            return Examined(None, tuple(sorted({*source.problems, *taking.problems})), tree)
        taken = taking.taken
        source = source._replace(problems=(*source.problems, *taking.problems))
        # What was shared by an older program has former keys, too.
        old += read_by_new_names(tree, file, renamed_keys(), program_version())
    drafts = () if tree is None else set_aside(tree)
    catalogue, problems_found = _checked(source.root, file, icons, today, read, there, own_lines)
    problems_found = [
        problem for problem in problems_found if not _follows(problem, source.problems)
    ]
    wrong = any(problem.severity is Severity.ERROR for problem in problems_found)
    if tree is not None and (wrong or urgent_help_twice(tree)):
        mended = mend(tree, file)
        if mended:
            problems_found = [
                *mended,
                *_checked(tree, file, icons, today, read, there, own_lines)[1],
            ]
    found = {*source.problems, *old, *named_once(problems_found), *draft_problems(drafts, file)}
    problems = tuple(sorted(taken.placed(found)))
    if catalogue is not None:
        besides = {"drafts": drafts, "taken": taken if taken.stretches else None}
        catalogue = catalogue.in_each(lambda _: besides)
    failed = any(problem.severity is Severity.ERROR for problem in problems)
    return Examined(None if failed else catalogue, problems, tree)


def _unfit_upstreams(
    tree: YamlMap, file: str, today: datetime.date, read: ReadBeside
) -> tuple[Problem, ...]:
    """What is wrong with what stands below ``extends:`` itself."""
    reader = _Reader(file, today, read)
    reader.upstreams(tree)
    return tuple(reader.problems)


def _checked(
    root: object,
    file: str,
    icons: Collection[str],
    today: datetime.date,
    read: ReadBeside,
    there: frozenset[Published],
    own_lines: int,
) -> tuple[Catalogue | None, list[Problem]]:
    """The index in each of its languages, and what is wrong in it."""
    if not isinstance(root, YamlMap):
        reader = _Reader(file, today, read)
        return reader.catalogue(root), reader.problems
    languages = languages_of(root)
    ledger = _published(root, read)
    problems = list(language_problems(root, languages, file))
    catalogues = []
    given = languages_given(root)
    for language in languages.every:
        tree = localised(root, language, languages)
        reader = _Reader(file, today, read, language)
        catalogues.append(reader.catalogue(tree))
        problems.extend(reader.problems)
        if language in languages.first_pages and language not in given:
            continue  # Every text of it is that of another language, which is looked at there.
        problems.extend(
            whole.check(
                tree,
                file=file,
                icons=icons,
                today=today,
                ledger=ledger,
                there=there,
                language=language,
                own_lines=own_lines,
            )
        )
        problems.extend(examples_left(tree, file))
    whole_ones = [catalogue for catalogue in catalogues if catalogue is not None]
    first = None
    if len(whole_ones) == len(catalogues):
        first = dataclasses.replace(whole_ones[0], translations=tuple(whole_ones[1:]))
    # What is wrong in every language is said once.
    return first, list(dict.fromkeys(problems))


def _published(root: YamlMap, read: ReadBeside) -> frozenset[Published]:
    """What the ledger of the index says was published, if it has one."""
    settings = root.get("index")
    site_url = settings.get("site_url") if isinstance(settings, YamlMap) else None
    if not isinstance(site_url, str):
        return frozenset()
    try:
        ledger = read(ledger_name(site_url.strip()))
    except (OSError, ValueError):
        return frozenset()
    return published(ledger.decode("utf-8-sig", errors="replace"))


def _follows(problem: Problem, causes: Collection[Problem]) -> bool:
    """Whether a problem only comes of an error on its line that was said already."""
    return any(cause.line == problem.line and cause.severity is Severity.ERROR for cause in causes)


class _Reader:
    """Turns the tree into pieces, one by one, and collects what is wrong with each."""

    def __init__(
        self, file: str, today: datetime.date, read: ReadBeside, language: str = ENGLISH
    ) -> None:
        self.file = file
        self.language = language
        self.today = today
        self.read = read
        self.problems: list[Problem] = []
        self.misspelt: set[str | None] = set()

    def catalogue(self, root: object) -> Catalogue | None:
        if not isinstance(root, YamlMap):
            self._report(
                Place(1, 1),
                "the file is empty or does not hold `key: value` lines",
                "begin it with `index:`, `groups:`, `urgent_help:` and `categories:`, or let "
                "`linkindex new` write a whole one in a new folder",
            )
            return None
        for key, place in root.key_places.items():
            if key not in TOP_KEYS:
                self._report(place, f"unknown key {quoted(key)}", known_key(key, TOP_KEYS))
        self.misspelt = {nearest(key, TOP_KEYS) for key in root if key not in TOP_KEYS}
        settings = self._settings(root)
        extends = self.upstreams(root)
        groups = tuple(self._pieces(model.Group, root, "groups", "group"))
        urgent = tuple(self._pieces(model.UrgentHelp, root, "urgent_help", "urgent help"))
        glossary = tuple(self._optional(model.Term, root, "glossary", "word"))
        decks = tuple(self._optional(model.DeckPlan, root, "decks", "deck"))
        categories = tuple(self._categories(root))
        logo = self._logo(root, settings)
        if settings is None or self.problems:
            return None
        return Catalogue(
            file=self.file,
            settings=settings,
            groups=groups,
            urgent_help=urgent,
            categories=_shaded(groups, categories),
            logo=logo,
            glossary=glossary,
            decks=decks,
            extends=extends,
            day=self.today,
            language=self.language,
        )

    def upstreams(self, root: YamlMap) -> tuple[upstream.Upstream, ...]:
        """What topics are taken of."""
        return tuple(self._optional(upstream.Upstream, root, EXTENDS, "upstream"))

    def _settings(self, root: YamlMap) -> model.Settings | None:
        value = root.get("index")
        place = root.key_places.get("index", root.place)
        if not isinstance(value, YamlMap):
            if value is None and "index" in self.misspelt:
                return None
            self._report(
                place,
                "the settings of the index are missing",
                "write `index:`, and below it lines such as `  name: Good Links`",
            )
            return None
        return self._piece(model.Settings, value, value, place, "the index")

    def _logo(self, root: YamlMap, settings: model.Settings | None) -> Logo | None:
        if settings is None or settings.logo is None:
            return None
        try:
            return read_logo(settings.logo, self.read)
        except LogoError as error:
            self._report(_place(root, ("index", "logo"), root.place), error.what, error.remedy)
            return None

    def _categories(self, root: YamlMap) -> Iterator[model.Category]:
        for value, place in self._maps(model.Category, root, "categories", "category"):
            resources = tuple(self._pieces(model.Resource, value, "resources", "resource"))
            head = {key: part for key, part in value.items() if key != "resources"}
            category = self._piece(
                model.Category,
                value,
                {**head, "resources": resources},
                place,
                _label("category", value),
            )
            if category is not None:
                _place_cautions(category, value)
                yield category

    def _optional(self, kind: type[PieceT], root: YamlMap, key: str, noun: str) -> Iterator[PieceT]:
        if key in root:
            yield from self._pieces(kind, root, key, noun)

    def _pieces(self, kind: type[PieceT], parent: YamlMap, key: str, noun: str) -> Iterator[PieceT]:
        for value, place in self._maps(kind, parent, key, noun):
            piece = self._piece(kind, value, value, place, _label(noun, value))
            if piece is not None:
                yield piece

    def _maps(
        self, kind: type[model.Piece], parent: YamlMap, key: str, noun: str
    ) -> Iterator[tuple[YamlMap, Place]]:
        place = parent.key_places.get(key, parent.place)
        value = parent.get(key)
        if value is None or (isinstance(value, YamlList) and not value):
            if key in self.misspelt or parent.get("retired") is not None:
                return
            self._report(
                place,
                f"there is no {noun} under {quoted(key)}",
                f"add at least one, beginning with `- `, under `{key}:`, with lines "
                f"{lines_of(kind)}",
            )
            return
        if not isinstance(value, YamlList):
            remedy = "begin each of its entries with `- `"
            if key == "glossary" and isinstance(value, YamlMap) and value:
                word = quoted(f"- term: {next(iter(value))}")
                remedy = f"write each word as {word}, and below it its `meaning:`"
            self._report(place, f"{quoted(key)} should be a list", remedy)
            return
        for item, item_place in zip(value, value.item_places, strict=True):
            if isinstance(item, YamlMap):
                yield item, item_place
            elif not isinstance(item, Draft):
                self._report(
                    item_place,
                    f"this {noun} is not made of `key: value` lines",
                    "compare it with another entry",
                )

    def _piece(
        self,
        kind: type[PieceT],
        written: YamlMap,
        value: dict[str, object],
        place: Place,
        label: str,
    ) -> PieceT | None:
        try:
            piece = kind.model_validate(value)
        except ValidationError as error:
            causes = list(causes_of(kind, error.errors(include_url=False)))
            lacking = [str(cause["loc"][0]) for cause in causes if cause["type"] == "missing"]
            if kind is upstream.Upstream and len(lacking) > 1:
                # One command writes all its lines, so that they are not there is one fault.
                what = f"{label} has no {listed(map(quoted, lacking), SOURCE)}"
                self._report(
                    place, what, "take its topics by `linkindex extend`, which writes them"
                )
                causes = [cause for cause in causes if cause["type"] != "missing"]
            for detail in causes:
                self._report(_place(written, detail["loc"], place), *sentence(kind, detail, label))
            return None
        lines = {key: _place(written, _steps(key), place).line for key in kind.KEPT_LINES}
        piece.borrowing(dict(borrowed_in(written)))
        return piece.placed_at(place.line, lines)

    def _report(self, place: Place, what: str, remedy: str) -> None:
        self.problems.append(Problem(self.file, *place, what, remedy))


def _shaded(
    groups: Collection[model.Group], categories: Collection[model.Category]
) -> tuple[model.Category, ...]:
    """The categories, each in a shade of the colour of its group."""
    hues = {
        group.id: group.colour or GROUP_COLOURS[place % len(GROUP_COLOURS)]
        for place, group in enumerate(groups)
    }
    return tuple(
        category.shaded(shade_of(hues.get(category.group, GROUP_COLOURS[0]), category.id))
        for category in categories
    )


def _place_cautions(category: model.Category, written: YamlMap) -> None:
    """Note the line of each caution, which is validated with its category."""
    items = written.get("cautions")
    places = items.item_places if isinstance(items, YamlList) else []
    for position, (caution, place) in enumerate(zip(category.cautions, places, strict=True)):
        caution.placed_at(place.line, {})
        assert isinstance(items, YamlList)  # noqa: S101 - the cautions were made of it
        caution.borrowing(dict(borrowed_in(items[position])))


def _label(noun: str, value: YamlMap) -> str:
    name = value.get("id") or value.get("title") or value.get("name") or value.get("term")
    return f"{noun} {quoted(name)}" if isinstance(name, str) else f"this {noun}"


def _steps(key: str) -> tuple[int | str, ...]:
    return tuple(int(step) if step.isdecimal() else step for step in key.split("."))


def _place(written: YamlMap, loc: tuple[int | str, ...], start: Place) -> Place:
    place = start
    value: object = written
    for part in loc:
        if isinstance(value, YamlMap) and isinstance(part, str) and part in value:
            place, value = value.key_places[part], value[part]
        elif isinstance(value, YamlList) and isinstance(part, int) and part < len(value):
            place, value = value.item_places[part], value[part]
        else:
            break
    return place
