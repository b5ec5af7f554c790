"""The settings of an index as a tree of nodes, for engines that read ``mkdocs.yml`` themselves.

Values that only an engine understands, such as ``!ENV`` or the name of a function, stay as they
were written.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import yaml

from linkindex.catalogue import LinkIndexError
from linkindex.catalogue.problems import quoted
from linkindex.site.settings import INHERIT


class Plugin(NamedTuple):
    """A plugin of a ``mkdocs.yml``, with its options if it has any."""

    name: str
    options: yaml.MappingNode | None
    place: str


def read_tree(file: Path) -> yaml.MappingNode:
    """The settings of a file on top of those that it inherits; lists are replaced, as by MkDocs.

    :param file: one that was found to be readable, and all it inherits.
    """
    with file.open("rb") as opened:
        tree = yaml.compose(opened, Loader=yaml.SafeLoader)
    assert isinstance(tree, yaml.MappingNode)  # noqa: S101 - found before
    parent = find(tree, INHERIT)
    if parent is None:
        return tree
    return _on_top(read_tree(file.parent / str(parent.value)), without(tree, INHERIT))


def _on_top(below: yaml.MappingNode, above: yaml.MappingNode) -> yaml.MappingNode:
    values = {key.value: (key, value) for key, value in below.value}
    for key, value in above.value:
        former = values.get(key.value, (key, None))[1]
        if isinstance(former, yaml.MappingNode) and isinstance(value, yaml.MappingNode):
            values[key.value] = (key, _on_top(former, value))
        else:
            values[key.value] = (key, value)
    return yaml.MappingNode(above.tag, list(values.values()), above.start_mark, above.end_mark)


def find(tree: yaml.Node | None, *path: str) -> yaml.Node | None:
    """The value at the end of a path of keys, if there is one."""
    for key in path:
        if not isinstance(tree, yaml.MappingNode):
            return None
        found = [value for name, value in tree.value if name.value == key]
        tree = found[-1] if found else None
    return tree


def text(tree: yaml.Node | None, *path: str) -> str | None:
    """The text of a value, if there is a single one."""
    node = find(tree, *path)
    return str(node.value) if isinstance(node, yaml.ScalarNode) else None


def switch(tree: yaml.Node | None, *path: str, default: bool = True) -> bool:
    """Whether something is switched on.

    :raises LinkIndexError: for a value that is neither `true` nor `false`, with its line.
    """
    node = find(tree, *path)
    if node is None:
        return default
    value = yaml.safe_load(str(node.value)) if isinstance(node, yaml.ScalarNode) else None
    if not isinstance(value, bool):
        raise LinkIndexError(
            f"{place_of(node)}: {quoted(path[-1])} is switched on or off; write `true` or `false`"
        )
    return value


def plugins(tree: yaml.MappingNode) -> list[Plugin]:
    """The plugins that are named, in either of the two forms that MkDocs reads."""
    node = find(tree, "plugins")
    entries: list[tuple[yaml.Node, yaml.Node | None]] = []
    if isinstance(node, yaml.MappingNode):
        entries = list(node.value)
    elif isinstance(node, yaml.SequenceNode):
        for entry in node.value:
            entries += entry.value if isinstance(entry, yaml.MappingNode) else [(entry, None)]
    return [
        Plugin(
            str(name.value),
            options if isinstance(options, yaml.MappingNode) else None,
            place_of(name),
        )
        for name, options in entries
    ]


def changed(tree: yaml.MappingNode, values: dict[str, object]) -> yaml.MappingNode:
    """A tree with some of its settings replaced; mappings are laid on top of what is there."""
    above = yaml.compose(yaml.safe_dump(values, allow_unicode=True), Loader=yaml.SafeLoader)
    assert isinstance(above, yaml.MappingNode)  # noqa: S101 - a mapping was dumped
    return _on_top(tree, above)


def without(tree: yaml.MappingNode, *keys: str) -> yaml.MappingNode:
    """A tree without some of its settings."""
    kept = [(key, value) for key, value in tree.value if key.value not in keys]
    return yaml.MappingNode(tree.tag, kept, tree.start_mark, tree.end_mark)


def without_plugin(tree: yaml.MappingNode, plugin: str) -> yaml.MappingNode:
    """A tree in which a plugin is not named."""
    kept: list[tuple[yaml.Node, yaml.Node]] = []
    for key, value in tree.value:
        if key.value == "plugins" and isinstance(value, yaml.MappingNode):
            value = without(value, plugin)
        elif key.value == "plugins" and isinstance(value, yaml.SequenceNode):
            value = yaml.SequenceNode(
                value.tag, [one for one in value.value if not _names(one, plugin)]
            )
        kept.append((key, value))
    return yaml.MappingNode(tree.tag, kept, tree.start_mark, tree.end_mark)


def _names(entry: yaml.Node, plugin: str) -> bool:
    return (
        find(entry, plugin) is not None
        if isinstance(entry, yaml.MappingNode)
        else entry.value == plugin
    )


def place_of(node: yaml.Node) -> str:
    """The file and the line of a setting, as a sentence names it."""
    return f"{Path(node.start_mark.name).name}:{node.start_mark.line + 1}"
