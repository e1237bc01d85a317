"""Static files whose names contain the hash of their content, so that a copy is good for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Also writes the hashed names into the imports of scripts.

    Otherwise `import … from "./kept-files.js"` would name a file that browsers keep for a year
    although its content changes.
    """

    support_js_module_import_aggregation = True
