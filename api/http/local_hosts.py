"""Recognizes the names and addresses of this machine."""

from ipaddress import ip_address


def is_local_host(host: str) -> bool:
    """Return whether a host is `localhost` or a loopback address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
