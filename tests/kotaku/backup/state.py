"""What an installation holds, in a form that can be compared."""

import hashlib

from django.core.files.storage import default_storage

from areas.models import Evidence
from kotaku.backup import record
from kotaku.models import DataVersion


def rows():
    """Every row of every table, in no particular order; not the version, which is never the same."""
    return {
        model._meta.db_table: sorted(map(repr, model._base_manager.values_list()))
        for model in record.all_models()
        if model is not DataVersion
    }


def media():
    """The checksum of every file that evidence names; missing files fail."""
    found = {}
    for evidence in Evidence.objects.all():
        with default_storage.open(evidence.file.name) as content:
            found[evidence.file.name] = hashlib.file_digest(content, "sha256").hexdigest()
            assert found[evidence.file.name] == evidence.sha256
    return found
