import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.charts import PLOT, TOP, Chart, Series

numbers = st.lists(st.integers(0, 10**9), min_size=1, max_size=40)


def chart(*series):
    labels = [str(place) for place in range(len(series[0]))]
    named = [Series(f"series {number}", values) for number, values in enumerate(series)]
    return Chart("some", "Title <&>", "Label", labels, named)


@given(numbers)
def test_no_column_leaves_the_picture_and_the_scale_is_short(values):
    svg = chart(values).svg
    columns = re.findall(
        r'chart__bar--1" x="[\d.]+" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', svg
    )
    assert len(columns) == len(values)
    for y, width, height in columns:
        assert float(y) >= TOP - 0.1
        assert float(y) + float(height) <= TOP + PLOT + 0.1
        assert float(width) > 0
    assert 2 <= svg.count("chart__line") <= 7


def test_what_it_is_called_cannot_break_out_of_the_picture():
    svg = chart([1]).svg
    assert "Title &lt;&amp;&gt;" in svg
    assert "<&>" not in svg


@pytest.mark.parametrize("values", [[0], [0, 0]])
def test_nothing_at_all_is_no_figure(values):
    assert not chart(values).has_figures
    assert chart(values).svg
