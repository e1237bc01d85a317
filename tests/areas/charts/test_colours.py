"""The colours of charts are those of the style sheet in light mode."""

import re
from pathlib import Path

from django.conf import settings

from kotaku.colours import PAGE

STYLES = (Path(settings.BASE_DIR) / "static/css/app.css").read_text()


def test_tokens_of_the_page_have_the_same_colours():
    light = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", STYLES.partition("@media")[0]))
    assert {name: light[name] for name in PAGE} == PAGE
