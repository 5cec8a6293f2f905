"""The elements of an XML file one by one, however long it is and whatever is wrong with it."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.parsers import expat

from portal.moving.sources.decoding import LegalXml
from portal.moving.sources.options import Found


class _OwnEntitiesError(Exception):
    """The file wants to be read by rules of its own: bombs, and other files' contents."""


class _BegunError(Exception):
    """The root element: no document type comes after it."""


def elements(path: Path, tags: set[str]) -> Iterator[ET.Element | Found]:
    if _defines_entities(path):
        yield Found("file", problem="The file defines entities of its own; that is not read.")
        return
    with closing(LegalXml(path)) as file:
        parser = ET.XMLParser(encoding="utf-8")  # noqa: S314  (no entities, see above)
        try:
            parents: list[ET.Element] = []
            for event, element in ET.iterparse(file, ("start", "end"), parser):  # noqa: S314
                if event == "start":
                    parents.append(element)
                    continue
                parents.pop()
                if element.tag in tags:
                    yield element
                    element.clear()
                    if parents:  # else every element leaves an empty one behind
                        parents[-1].remove(element)
        except ET.ParseError as error:
            yield Found("file", problem=f"The file cannot be read on: {error}.")


def _defines_entities(path: Path) -> bool:
    parser = expat.ParserCreate("utf-8")

    def own(*_declaration: Any) -> None:
        raise _OwnEntitiesError

    def begun(*_element: Any) -> None:
        raise _BegunError

    parser.EntityDeclHandler, parser.StartElementHandler = own, begun
    with closing(LegalXml(path)) as file:
        try:
            while piece := file.read():
                parser.Parse(piece, False)
        except _OwnEntitiesError:
            return True
        except (_BegunError, expat.ExpatError):
            pass
    return False
