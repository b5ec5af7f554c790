"""What people say when they mean a topic: ``meanings.yaml``, which stands beside the index.

Below the id of each topic is a list of such sayings, in people's own words; a line may hold several
with commas between them. The search finds the topic by them; no page shows them.
"""

from __future__ import annotations

from pydantic_core import PydanticCustomError

from linkindex.catalogue.beside import ReadBeside, file_in_language
from linkindex.catalogue.catalogue import Catalogue
from linkindex.catalogue.fields import plain_text
from linkindex.catalogue.problems import Place, Problem, quoted, suggestion
from linkindex.catalogue.yaml.source import YamlList, YamlMap, read_yaml

FILE_NAME = "meanings.yaml"

MOST_WORDS = 14
"""A saying is compared as a whole, so a long one fits nothing that anybody types."""

Meanings = dict[str, tuple[str, ...]]


def read_meanings(catalogue: Catalogue, read: ReadBeside) -> tuple[Meanings, list[Problem]]:
    """The sayings of each topic by its id, and what is wrong with them. Without a file, none.

    :param read: reads a file beside the index.
    """
    found = file_in_language(FILE_NAME, catalogue, read)
    if isinstance(found, Problem):
        return {}, [found]
    return _read(found.data, found.name, catalogue) if found else ({}, [])


def _read(data: bytes, file: str, catalogue: Catalogue) -> tuple[Meanings, list[Problem]]:
    source = read_yaml(data, file)
    problems = list(source.problems)
    if source.root is None:
        return {}, problems
    if not isinstance(source.root, YamlMap):
        form = "write the id of a topic and a colon, and below it lines such as `  - he hits me`"
        return {}, [*problems, Problem(file, 1, 1, "this file lists no topics", form)]
    meanings = {
        topic: tuple(_sayings(source.root, topic, problems, file))
        for topic in source.root
        if _is_topic(catalogue, source.root, topic, problems, file)
    }
    return meanings, problems


def _is_topic(
    catalogue: Catalogue, root: YamlMap, topic: str, problems: list[Problem], file: str
) -> bool:
    known = [category.id for category in catalogue.categories]
    if topic in known:
        return True
    what = f"there is no category {quoted(topic)}"
    problems.append(Problem(file, *root.key_places[topic], what, suggestion(topic, known)))
    return False


def _sayings(root: YamlMap, topic: str, problems: list[Problem], file: str) -> list[str]:
    listed = root[topic]
    if not isinstance(listed, YamlList):
        what = f"{quoted(topic)} has no list of sayings"
        remedy = "write each on a line of its own, beginning with `- `"
        problems.append(Problem(file, *root.key_places[topic], what, remedy))
        return []
    sayings: dict[str, Place] = {}
    for line, place in zip(listed, listed.item_places, strict=True):
        for saying in line.split(",") if isinstance(line, str) else [line]:
            told = saying.strip() if isinstance(saying, str) else saying
            fault = _fault(told, sayings)
            if fault:
                problems.append(Problem(file, *place, *fault))
            else:
                sayings[str(told)] = place
    return list(sayings)


def _fault(saying: object, before: dict[str, Place]) -> tuple[str, str] | None:
    if not isinstance(saying, str):
        return "this saying is not a single text", "write it in quotes"
    try:
        plain_text(saying)
    except PydanticCustomError as error:
        context = error.context or {}
        return str(context["what"]), str(context["remedy"])
    if saying in before:
        return f"{quoted(saying)} is already on line {before[saying].line}", "remove one of the two"
    if len(saying.split()) > MOST_WORDS:
        return (
            f"{quoted(saying, 40)} has more than {MOST_WORDS} words",
            "keep the words that somebody would type",
        )
    return None
