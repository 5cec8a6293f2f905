"""Queries of the public pages that are worded once and planned once: the ORM takes longer to word
a query, and PostgreSQL to plan it, than it takes to answer it.

A prepared query is an ordinary queryset, made by an ordinary function; its values are holes::

    NEWEST = Prepared(lambda most, now: Article.objects.published(now).newest_first()[:most])
    NEWEST(10, now=timezone.now())

What is given in place makes a wording of its own, as does each language of the page; what is given
by name is a value. The function sees placeholders instead of values: it must not look at them, and
must not ask for the time itself.

The instances are for reading: they are put together without ``__init__()`` and its signals.
"""

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connections, router
from django.db.models import Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.query import ModelIterable
from django.utils import timezone
from django.utils.translation import get_language

from news.cursors import cursor_for
from news.models import Article

_NUMBER = 4_611_686_018_427_000_000
_MOMENT = timezone.make_aware(datetime(1901, 2, 3, 4, 5, 6), timezone.get_fixed_timezone(0))


@dataclass(frozen=True)
class _Hole:
    name: str


@dataclass(frozen=True)
class _Shape:
    """Which columns of a row make an instance, and the instances it refers to."""

    model: type[Model]
    names: list[str]
    start: int
    end: int
    key: int  # the place of its own key in the row
    attach: Callable[[Any, Any], None]  # to what refers to it
    related: list["_Shape"]


@dataclass(frozen=True)
class _Made:
    sql: str
    params: tuple[Any, ...]  # a _Hole where a value goes
    compiler: Any
    converters: Any
    annotations: dict[str, int]
    shape: _Shape | None  # None: the rows are wanted as they are


class Prepared:
    """A queryset, worded once for each language and database."""

    def __init__(self, build: Callable[..., QuerySet]) -> None:
        self._build = build
        self._made: dict[tuple[Any, ...], _Made] = {}
        self._lock = threading.Lock()

    def __call__(self, *wording: Any, **values: Any) -> list[Any]:
        """The instances, or the tuples of a ``values_list()``."""
        using, made, params = self._asked(wording, values)
        connection: Any = connections[using]
        with cursor_for(connection) as cursor:
            cursor.execute(made.sql, params)
            rows = cursor.fetchall()
        if made.converters:
            rows = list(made.compiler.apply_converters(rows, made.converters))
        if made.shape is None:
            return list(map(tuple, rows))
        known: dict[tuple[int, Any], Model] = {}
        instances = [_instance(made.shape, row, using, known) for row in rows]
        for name, place in made.annotations.items():
            for instance, row in zip(instances, rows, strict=True):
                setattr(instance, name, row[place])
        return instances

    def statement(self, *wording: Any, **values: Any) -> tuple[str, list[Any]]:
        """The same as a part of a larger statement."""
        _using, made, params = self._asked(wording, values)
        return made.sql, params

    def _asked(
        self, wording: tuple[Any, ...], values: dict[str, Any]
    ) -> tuple[str, _Made, list[Any]]:
        # All public pages are read from one place at a time, whatever they read.
        using = router.db_for_read(Article)
        connection: Any = connections[using]
        key = *wording, get_language(), using, connection.vendor
        made = self._made.get(key)
        if made is None:
            with self._lock:
                made = self._made[key] = self._word(wording, values, using)
        adapt = connection.ops.adapt_datetimefield_value
        given = {
            name: adapt(value) if isinstance(value, datetime) else value
            for name, value in values.items()
        }
        params = [given[p.name] if isinstance(p, _Hole) else p for p in made.params]
        return using, made, params

    def _word(self, wording: tuple[Any, ...], values: dict[str, Any], using: str) -> _Made:
        placeholders = {
            name: _placeholder(place, value) for place, (name, value) in enumerate(values.items())
        }
        queryset = self._build(*wording, **placeholders)
        compiler: Any = queryset.query.get_compiler(using)
        sql, params = compiler.as_sql()
        ops: Any = connections[using].ops
        holes = {
            ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value: (
                _Hole(name)
            )
            for name, value in placeholders.items()
        }
        sql, params = _with_holes(sql, params, holes)
        if connections[using].vendor == "postgresql":
            sql, params = _with_constants(sql, params, ops.compose_sql)
        is_model = queryset._iterable_class is ModelIterable
        return _Made(
            sql,
            params,
            compiler,
            compiler.get_converters([field[0] for field in compiler.select[: compiler.col_count]]),
            dict(compiler.annotation_col_map),
            _shape(compiler.klass_info, compiler.select) if is_model else None,
        )


def _placeholder(place: int, value: Any) -> Any:
    if isinstance(value, datetime):
        return _MOMENT + timedelta(seconds=place)
    if isinstance(value, int):
        return _NUMBER + place
    return f"\x02{place}\x03"


def _with_holes(
    sql: str, params: tuple[Any, ...], holes: dict[Any, _Hole]
) -> tuple[str, tuple[Any, ...]]:
    """Numbers of rows to skip are no parameters of the ORM's: they stand in the text."""
    texts = {str(value): hole for value, hole in holes.items()}
    parts = re.split(f"({'|'.join(map(re.escape, ['%s', *texts]))})", sql)
    found, given = [], iter(params)
    for place in range(1, len(parts), 2):
        if parts[place] == "%s":
            param = next(given)
            hashable = isinstance(param, int | str | datetime)
            found.append(holes.get(param, param) if hashable else param)
        else:
            found.append(texts[parts[place]])
            parts[place] = "%s"
    return "".join(parts), tuple(found)


def _with_constants(
    sql: str, params: tuple[Any, ...], compose: Callable[..., str]
) -> tuple[str, tuple[Any, ...]]:
    """What never changes stands in the statement, so that the server plans for it."""
    first, *rest = sql.split("%s")
    parts = [first]
    for param, after in zip(params, rest, strict=True):
        is_hole = isinstance(param, _Hole)
        parts += ["%s" if is_hole else compose("%s", [param]).replace("%", "%%"), after]
    return "".join(parts), tuple(param for param in params if isinstance(param, _Hole))


def _shape(info: dict[str, Any], select: Any) -> _Shape:
    places = info["select_fields"]
    start, end = places[0], places[-1] + 1
    names = [field[0].target.attname for field in select[start:end]]
    model = info["model"]
    return _Shape(
        model,
        names,
        start,
        end,
        start + names.index(model._meta.pk.attname),
        info.get("local_setter", _to_nothing),
        [_shape(related, select) for related in info.get("related_klass_infos", [])],
    )


def _to_nothing(_instance: Any, _other: Any) -> None:
    """Nothing refers to what was asked for."""


def _instance(shape: _Shape, row: Any, using: str, known: dict[tuple[int, Any], Model]) -> Model:
    instance = shape.model.__new__(shape.model)
    state = ModelState()
    state.adding, state.db = False, using
    instance._state = state
    vars(instance).update(zip(shape.names, row[shape.start : shape.end], strict=True))
    for related in shape.related:
        key = related.start, row[related.key]
        other = known.get(key)
        if other is None and key[1] is not None:
            # Twenty articles lie in four sections.
            other = known[key] = _instance(related, row, using, known)
        related.attach(instance, other)
    return instance
