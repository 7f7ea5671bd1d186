"""Which addresses of the network may be asked for what others name: public ones, and none of this machine."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from dataclasses import dataclass

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
_NEVER = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",  # this machine
        "10.0.0.0/8",
        "100.64.0.0/10",  # behind a carrier's NAT (RFC 6598); some clouds keep their metadata here
        "127.0.0.0/8",
        "168.63.129.16/32",  # the host of Azure's machines, though the address is a public one
        "169.254.0.0/16",  # link-local; most clouds keep their metadata here
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "fc00::/7",
        "fe80::/10",
        "fec0::/10",
    )
)


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of a host, all checked, in the order in which they are to be tried."""

    all: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unreachable:
    """A host that is not asked: `code` is `private`, or `unknown` where its name means nothing."""

    code: str
    why: str


async def addresses_of(host: str, port: int, *, allow_private: bool = False) -> Addresses | Unreachable:
    """The addresses that a host name (ASCII) or address has now, if each of them is public.

    Numbers that systems take for addresses (2130706433, 0x7f.1) are what the system takes them for.
    """
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return Unreachable("unknown", f"nothing on the network is called {host}")
    addresses = tuple(dict.fromkeys(str(where[0]) for *_, where in found))
    if allow_private:
        return Addresses(addresses)
    for address in addresses:
        if not is_public(address) or _is_ours(address, port):
            return Unreachable("private", f"{host} is not on the public network, and is not asked")
    return Addresses(addresses)


def is_public(address: str) -> bool:
    """Whether an address is one of the public network, whatever it is wrapped in; one with a zone never is."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if "%" in address:
        return False
    return all(_is_public(one) for one in (found, *_inside(found)))


def _is_public(address: Address) -> bool:
    if any(address in network for network in _NEVER if network.version == address.version):
        return False
    if isinstance(address, ipaddress.IPv6Address) and (address in _NAT64 or address.ipv4_mapped):
        return True  # as public as what is inside
    special = address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback
    return address.is_global and not special


def _inside(address: Address) -> list[ipaddress.IPv4Address]:
    """The IPv4 addresses that an IPv6 address stands for: mapped, translated (NAT64), 6to4 and Teredo."""
    if isinstance(address, ipaddress.IPv4Address):
        return []
    inside = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64:
        inside.append(ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF))
    return [one for one in inside if one is not None]


def _is_ours(address: str, port: int) -> bool:
    """Whether an address is one of this machine's own: what goes to it leaves from it. Nothing is sent to find out."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as trial:
            trial.connect((address, port))
            return bool(trial.getsockname()[0] == address)
    except OSError:
        return False
