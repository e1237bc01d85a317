"""Uploaded files in a bucket shared by several servers; needs the optional boto3."""

from botocore.config import Config
from storages.backends.s3 import S3Storage

# Fail fast when the bucket is unreachable, before gunicorn's timeout.
PATIENCE = Config(connect_timeout=3, read_timeout=15, retries={"total_max_attempts": 2})


class Bucket(S3Storage):
    """The bucket that MEDIA_BUCKET names."""

    def __init__(self, **settings):
        super().__init__(**settings)
        self.client_config = self.client_config.merge(PATIENCE)
