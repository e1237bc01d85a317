"""Forms that a browser has sent under a key, so that a repeat gets the first result."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

# A phone may be without a line for weeks; a later repeat ends as an outdated form.
KEPT_FOR = timedelta(days=90)


class SentForm(models.Model):
    """The result of one accepted form, written in the transaction of its changes.

    `key` is a UUID that the browser chose. A repeat with the same key redirects to `location` and
    shows `said` again; nothing is written twice.
    """

    # It changes no page (see `kotaku.caching.data_version`).
    is_part_of_record = False

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="sent_forms",
        verbose_name="pengguna",
    )
    key = models.UUIDField("kunci")
    path = models.CharField("alamat formulir", max_length=500)
    location = models.CharField("halaman hasil", max_length=500, blank=True)
    said = models.TextField("pesan", blank=True)
    at = models.DateTimeField("waktu", default=timezone.now)

    class Meta:
        verbose_name = "formulir terkirim"
        verbose_name_plural = "formulir terkirim"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key"],
                name="sent_form_once",
                violation_error_message="Formulir ini sudah terkirim.",
            )
        ]

    def __str__(self):
        return f"{self.path}, {self.at:%Y-%m-%d %H:%M}"

    @classmethod
    def begin(cls, user, key, path: str) -> tuple["SentForm", bool]:
        """Return the row of this key, and whether it is new; deletes the user's old rows.

        Call it in the transaction of the form. On PostgreSQL a simultaneous repeat waits here
        until that transaction has ended; on SQLite it waits for its beginning.
        """
        user.sent_forms.filter(at__lt=timezone.now() - KEPT_FOR).delete()
        return user.sent_forms.get_or_create(key=key, defaults={"path": path})

    def finish(self, location: str, said: str) -> None:
        """Store the result."""
        self.location, self.said = location, said
        self.save(update_fields=["location", "said"])
