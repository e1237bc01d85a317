"""Drawings are drawn once per value, and anew for any other."""

from dataclasses import replace

from django.template import Context, Template

from areas.charts.progress_chart import sparkline
from kotaku.templatetags.drawings import _drawn

TEMPLATE = Template('{% load drawings %}{% drawing "charts/sparkline.svg.html" chart=line %}')


def test_equal_values_are_drawn_once_and_others_for_themselves():
    _drawn.cache_clear()
    line = sparkline([3, 2, 1], baseline_ha=4)
    first = TEMPLATE.render(Context({"line": line}))
    assert "<svg" in first
    assert TEMPLATE.render(Context({"line": replace(line)})) == first
    assert (_drawn.cache_info().hits, _drawn.cache_info().misses) == (1, 1)
    assert TEMPLATE.render(Context({"line": replace(line, end_y="1")})) != first
    assert _drawn.cache_info().misses == 2


def test_what_is_drawn_is_escaped():
    line = replace(sparkline([3, 2, 1], baseline_ha=4), end_y='"><script>')
    assert "<script>" not in TEMPLATE.render(Context({"line": line}))
