"""What other sites are told about a page: its one address, and the card that previews show."""

from dataclasses import dataclass
from urllib.parse import urlencode

from kotaku.phones import whatsapp_url
from kotaku.requests.site_address import site_address

# Only these name other content of the same page; everything else filters or sorts it.
NAMING = ("wilayah", "periode", "hal")


@dataclass(frozen=True)
class Social:
    """A page as previews show it; `url` and `image` are absolute, `image` names its version."""

    title: str
    description: str
    url: str
    image: str
    kind: str = "website"

    @property
    def whatsapp(self) -> str:
        """The address that opens WhatsApp with headline and link as a message."""
        return whatsapp_url("", f"{self.title}\n{self.url}")


def canonical(request) -> str:
    """Return the one address of a public page, without filters and order; "" for other pages."""
    match = getattr(request, "resolver_match", None)
    if match is None or getattr(match.func, "login_required", True):
        return ""
    named = {name: request.GET[name] for name in NAMING if request.GET.get(name)}
    return site_address() + request.path + (f"?{urlencode(named)}" if named else "")
