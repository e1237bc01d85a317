"""Failed sign-ins for the admin; django-axes counts and deletes them."""

from axes.models import AccessAttempt


class FailedSignIn(AccessAttempt):
    """Failures of one account from one IP address and browser, until the lock ends."""

    class Meta:
        proxy = True
        verbose_name = "kegagalan masuk"
        verbose_name_plural = "kegagalan masuk (kunci sementara)"

    def __str__(self):
        return f"{self.username} dari {self.ip_address}"
