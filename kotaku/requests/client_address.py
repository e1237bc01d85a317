"""The client's IP address; a proxy's header is trusted only if the settings say so."""

import ipaddress

from django.conf import settings


def client_address(request) -> str | None:
    """Return the client's address, or None if unknown (a Unix socket without a proxy).

    Every proxy appends the address it saw to X-Forwarded-For. So the client is entry number
    `TRUSTED_PROXIES` from the end; entries before it can be forged.
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
    """Return the address under which failures are counted; for IPv6 the subscriber's network."""
    address = client_address(request)
    if address is None or ":" not in address:
        return address
    seen = ipaddress.IPv6Address(address)
    if seen.ipv4_mapped:
        return str(seen.ipv4_mapped)
    return str(ipaddress.ip_network(f"{seen}/64", strict=False).network_address)
