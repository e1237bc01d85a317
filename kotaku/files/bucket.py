"""Evidence in a bucket that several servers share. Needs boto3, which only a site with a bucket has."""

from botocore.config import Config
from storages.backends.s3 import S3Storage

# A bucket that has vanished from the network is an answer too, and sooner than gunicorn gives up.
PATIENCE = Config(connect_timeout=3, read_timeout=15, retries={"total_max_attempts": 2})


class Bucket(S3Storage):
    """The bucket that MEDIA_BUCKET names."""

    def __init__(self, **settings):
        super().__init__(**settings)
        self.client_config = self.client_config.merge(PATIENCE)
