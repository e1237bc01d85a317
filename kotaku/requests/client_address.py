"""From which address somebody asks; a header of a proxy counts only where settings say so."""

import ipaddress

from django.conf import settings


def client_address(request) -> str | None:
    """Return the address of who asks, or None where it is not known (a socket without a proxy).

    Every proxy appends the address that it saw to X-Forwarded-For, so with `TRUSTED_PROXIES`
    of our own the one that counts stands that far from the end; what is left of it is hearsay.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if count := settings.TRUSTED_PROXIES:
        seen = [part for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part]
        address = seen[-count] if len(seen) >= count else address
    try:
        return str(ipaddress.ip_address(address.strip()))
    except ValueError:
        return None


def throttled_address(request) -> str | None:
    """Return the address that failures are counted under; for IPv6 a subscriber's whole network."""
    address = client_address(request)
    if address is None or ":" not in address:
        return address
    seen = ipaddress.IPv6Address(address)
    if seen.ipv4_mapped:
        return str(seen.ipv4_mapped)
    return str(ipaddress.ip_network(f"{seen}/64", strict=False).network_address)
