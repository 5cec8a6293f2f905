"""From where a comment came: known only as a keyed hash, which tells equal senders apart from
others and leads back to no address without the key."""

import hashlib
import hmac
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address of the connection, or what the outermost trusted proxy says of it."""
    proxies = settings.TRUSTED_PROXIES
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if proxies and len(forwarded) >= proxies and _parse(forwarded[-proxies]):
        return forwarded[-proxies]
    return request.META.get("REMOTE_ADDR", "")


def keyed_hash(address: str) -> str:
    """One value per IPv4 address or IPv6 subscriber, who owns a whole /64."""
    parsed = _parse(address)
    if isinstance(parsed, IPv6Address):
        name = str(ip_network((parsed, 64), strict=False))
    else:
        name = str(parsed or "")
    key = settings.COMMENTS_SENDER_KEY.encode()
    return hmac.new(key, name.encode(), hashlib.sha256).hexdigest()


def _parse(address: str) -> IPv4Address | IPv6Address | None:
    address = address.strip()
    if address.startswith("["):  # [2001:db8::1]:443, as some proxies write
        address = address[1:].partition("]")[0]
    elif address.count(":") == 1:
        address = address.partition(":")[0]
    try:
        parsed = ip_address(address)
    except ValueError:
        return None
    return getattr(parsed, "ipv4_mapped", None) or parsed
