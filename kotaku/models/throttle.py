"""Failed sign-ins as admins see them; django-axes counts and forgets them."""

from axes.models import AccessAttempt


class FailedSignIn(AccessAttempt):
    """Failures of one account from one address and browser, until the wait is over."""

    class Meta:
        proxy = True
        verbose_name = "kegagalan masuk"
        verbose_name_plural = "kegagalan masuk (kunci sementara)"

    def __str__(self):
        return f"{self.username} dari {self.ip_address}"
