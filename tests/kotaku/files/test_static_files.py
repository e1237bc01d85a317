"""Scripts that import each other, under the hashed names that a server hands out."""

import re

from kotaku.files.static_files import HashedFiles

SCRIPT = 'import { shrink } from "./shrink.js";\nshrink();\n'


def written(folder, **scripts):
    """Return hashed name → text of the scripts as `collectstatic` writes them."""
    storage = HashedFiles(location=folder, base_url="/static/")
    for name, text in scripts.items():
        (folder / f"{name}.js").write_text(text)
    found = {f"{name}.js": (storage, f"{name}.js") for name in scripts}
    for _, _, processed in storage.post_process(found):
        if isinstance(processed, Exception):
            raise processed
    return {path.name: path.read_text() for path in folder.glob("*.*.js")}


def test_import_names_the_hashed_file_and_changes_with_it(tmp_path):
    texts = written(tmp_path, form=SCRIPT, shrink="export const shrink = () => 1;")
    (first,) = (text for name, text in texts.items() if name.startswith("form."))
    imported = re.search(r'from "\./(shrink\.\w+\.js)"', first)[1]
    assert imported in texts
    again = tmp_path / "again"
    again.mkdir()
    texts = written(again, form=SCRIPT, shrink="export const shrink = () => 2;")
    (second,) = (text for name, text in texts.items() if name.startswith("form."))
    assert second != first
