"""By which names this server may be addressed: a page of a foreign name that suddenly means this machine gets no answer."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from ipaddress import ip_address

from lingtan.wording import Text, Words
from lingtan.wording.web import WEB_WORDS

LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})


@dataclass(frozen=True)
class Addressed:
    """The names of a server; `any_address` where it listens on all addresses of its machine, which no foreign name can feign."""

    names: frozenset[str]
    any_address: bool

    def fits(self, host: str) -> bool:
        """Whether a host, as a browser names it, is this server.

        >>> everywhere = Addressed(LOCAL, any_address=True)
        >>> [everywhere.fits(host) for host in ("10.0.3.7", "[fe80::1]", "localhost", "evil.example", "127.1", "")]
        [True, True, True, False, False, False]
        """
        return host in self.names or (self.any_address and _is_address(host.removeprefix("[").removesuffix("]")))

    def told(self) -> Text:
        """What a foreign name is answered with."""
        names = ", ".join(sorted(self.names))
        if not self.any_address:
            return names
        word = WEB_WORDS["host.address"]
        return Words(f"{names}, {word.en}", f"{names}、{word.zh}")


def names_of(host: str) -> Addressed:
    """The names of a server that listens at `host`: that one and those of loopback; on all addresses, the machine's own name."""
    if _is_address(host) and ip_address(host).is_unspecified:
        own = socket.gethostname().lower()
        short = own.partition(".")[0]
        return Addressed(LOCAL | {own, short, f"{short}.local"}, any_address=True)
    return Addressed(LOCAL | {f"[{host}]" if ":" in host else host.lower()}, any_address=False)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
