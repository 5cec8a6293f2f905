"""Bar charts drawn on the server: a picture for those who look, a table for those who read.

Series differ by pattern as well as by colour; colours come from the style sheet, so that each
colour scheme has its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, log10

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

WIDTH, HEIGHT = 720, 240
LEFT, RIGHT, TOP, BOTTOM = 48, 8, 12, 28
PLOT = HEIGHT - TOP - BOTTOM
MOST_LABELS = 12
LINES = 4


@dataclass(frozen=True)
class Series:
    name: str
    values: Sequence[int]


@dataclass(frozen=True)
class Chart:
    """Columns side by side, one for each series, over a row of labels."""

    name: str  # unique on its page; ids are made from it
    title: str
    heading: str  # of the labels, in the table
    labels: Sequence[str]
    series: Sequence[Series]
    more: Sequence[Series] = ()  # in the table only

    @property
    def has_figures(self) -> bool:
        return any(any(one.values) for one in self.in_table)

    @property
    def in_table(self) -> list[Series]:
        return [*self.series, *self.more]

    @property
    def rows(self) -> list[tuple[str, list[int]]]:
        return [
            (label, [one.values[place] for one in self.in_table])
            for place, label in enumerate(self.labels)
        ]

    @property
    def key(self) -> list[tuple[SafeString, str]]:
        """A sample of each series' pattern, and its name."""
        return [
            (
                mark_safe(  # noqa: S308  (numbers and our own ids)
                    '<svg class="chart__swatch" viewBox="0 0 16 16" aria-hidden="true"'
                    f' focusable="false">{self._bar(number, 0, 0, 16, 16)}</svg>'
                ),
                one.name,
            )
            for number, one in enumerate(self.series, 1)
        ]

    @property
    def svg(self) -> SafeString:
        name = escape(self.name)
        parts = [
            f'<svg class="chart__picture" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
            f' aria-labelledby="{name}-title {name}-description" focusable="false">',
            f'<title id="{name}-title">{escape(self.title)}</title>',
            f'<desc id="{name}-description">{escape(self._description())}</desc>',
            f"<defs>{self._patterns()}</defs>",
            *self._scale(),
            *self._columns(),
            "</svg>",
        ]
        return mark_safe("".join(parts))  # noqa: S308  (escaped piece by piece)

    def _description(self) -> str:
        return " ".join(
            _("%(name)s: %(total)d in all, %(most)d at most.")
            % {"name": one.name, "total": sum(one.values), "most": max(one.values, default=0)}
            for one in self.series
        )

    def _patterns(self) -> str:
        """Stripes for the second series, dots for the third."""
        stripes = '<rect class="chart__ink chart__ink--2" width="4" height="8"/>'
        dots = '<circle class="chart__ink chart__ink--3" cx="4" cy="4" r="2.4"/>'
        return "".join(
            f'<pattern id="{escape(self.name)}-{number}" width="8" height="8"'
            f' patternUnits="userSpaceOnUse" patternTransform="rotate({turn})">'
            f'<rect class="chart__paper" width="8" height="8"/>{drawn}</pattern>'
            for number, drawn, turn in ((2, stripes, 45), (3, dots, 0))
        )

    def _scale(self) -> list[str]:
        top, step = self._top()
        lines = []
        for value in range(0, top + 1, step):
            y = TOP + PLOT - PLOT * value / top
            lines.append(
                f'<line class="chart__line" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}"'
                f' y2="{y:.1f}"/><text class="chart__label" x="{LEFT - 6}" y="{y + 4:.1f}"'
                f' text-anchor="end">{value}</text>'
            )
        return lines

    def _top(self) -> tuple[int, int]:
        """A round number that no column is higher than, and the step between two lines."""
        most = max((max(one.values, default=0) for one in self.series), default=0)
        rough = max(most, 1) / LINES
        power = 10 ** max(0, int(log10(rough)) if rough >= 1 else 0)
        step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
        return step * max(1, ceil(most / step)), step

    def _columns(self) -> list[str]:
        top, _step = self._top()
        room = (WIDTH - LEFT - RIGHT) / max(1, len(self.labels))
        width = room * 0.76 / max(1, len(self.series))
        every = ceil(len(self.labels) / MOST_LABELS)
        drawn = []
        for place, label in enumerate(self.labels):
            left = LEFT + room * place + room * 0.12
            for number, one in enumerate(self.series, 1):
                height = PLOT * one.values[place] / top
                x = left + width * (number - 1)
                drawn.append(self._bar(number, x, TOP + PLOT - height, width * 0.92, height))
            # The last one is always named; the others at equal distance before it.
            if (len(self.labels) - 1 - place) % every == 0:
                drawn.append(
                    f'<text class="chart__label" x="{LEFT + room * (place + 0.5):.1f}"'
                    f' y="{HEIGHT - 8}" text-anchor="middle">{escape(label)}</text>'
                )
        return drawn

    def _bar(self, number: int, x: float, y: float, width: float, height: float) -> str:
        fill = f' fill="url(#{escape(self.name)}-{number})"' if number > 1 else ""
        return (
            f'<rect class="chart__bar chart__bar--{number}"{fill} x="{x:.1f}" y="{y:.1f}"'
            f' width="{width:.1f}" height="{height:.1f}"/>'
        )
