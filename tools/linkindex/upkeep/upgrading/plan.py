"""Which steps a folder needs, and what becomes of it. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from linkindex.catalogue import LinkIndexError
from linkindex.catalogue.versions import CURRENT, too_new, written_version
from linkindex.catalogue.yaml.source import YamlMap, read_yaml
from linkindex.upkeep.upgrading.folder import Change, Folder, Step
from linkindex.upkeep.upgrading.steps import STEPS


class Planned(NamedTuple):
    """A step with what it does to a folder.

    :ivar before: the folder as the steps before it leave it.
    """

    step: Step
    before: Folder
    change: Change


class Plan(NamedTuple):
    """An upgrade.

    :ivar version: that of the layout of the folder now.
    :ivar steps: those that do something, in order; each works on what the one before leaves.
    :ivar files: what all of them make of the files: new bytes, or none for one that goes.
    """

    version: int
    steps: tuple[Planned, ...]
    files: Mapping[str, bytes | None]


def plan_of(folder: Folder, steps: Sequence[Step] = STEPS) -> Plan:
    """What an upgrade does to a folder.

    :raises LinkIndexError: when its index cannot be read, or is newer than the program.
    """
    version = _version(folder)
    planned = []
    now = folder
    for step in steps:
        if step.to is not None and step.to <= version:
            continue
        change = step.does(now)
        if change.files:
            planned.append(Planned(step, now, change))
            now = now.after(change)
    files: dict[str, bytes | None] = {
        name: now.files.get(name)
        for name in {*folder.files, *now.files}
        if folder.files.get(name) != now.files.get(name)
    }
    return Plan(version, tuple(planned), files)


def _version(folder: Folder) -> int:
    whole = folder.whole
    source = read_yaml(whole.text.encode(), folder.index)
    if source.root is None or not isinstance(source.root, YamlMap):
        found = [str(problem) for problem in whole.lines.all_placed(source.problems)]
        raise LinkIndexError("\n".join(found) or f"{folder.index}:1:1: there is nothing here")
    if newer := too_new(source.root, folder.index):
        raise LinkIndexError(str(whole.lines.placed(newer)))
    version = written_version(source.root)
    if version is None:
        raise LinkIndexError(
            f"{folder.index}: `schema` of the index is no version; write a number from 1 to "
            f"{CURRENT}, or remove the line"
        )
    if not isinstance(source.root.get("index"), YamlMap):
        raise LinkIndexError(
            f"{folder.index}:1:1: the settings of the index are missing; write `index:`, and below "
            "it lines such as `  name: Good Links`"
        )
    return version


def shown_change(planned: Planned) -> str:
    """What a step does, as people read it: its sentences, then the lines that it changes.

    A page that goes or comes whole is named in the sentences, and not shown line by line.
    """
    told = [f"  {sentence}" for sentence in planned.change.says]
    for name, data in sorted(planned.change.files.items()):
        if not name.endswith((".yaml", ".yml", ".txt")) or data is None:
            continue
        before = planned.before.files.get(name, b"").decode("utf-8", "replace").splitlines()
        after = data.decode("utf-8", "replace").splitlines()
        told += difflib.unified_diff(before, after, name, name, lineterm="", n=2)
    return "\n".join(told)
