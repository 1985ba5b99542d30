"""A network with nothing but loopback, and a list of hosts of its own; both gone when the check ends."""

import fcntl
import os
import socket
import struct
import subprocess
from pathlib import Path

from . import HOSTS, INSIDE, OUTSIDE

UP, GET_FLAGS, SET_FLAGS = 0x1, 0x8913, 0x8914  # IFF_UP, SIOCGIFFLAGS, SIOCSIFFLAGS
SET_ADDRESS = 0x8916  # SIOCSIFADDR


class NotAllowed(RuntimeError):
    """This machine gives us no namespaces; the text says what to do."""


def command() -> list[str]:
    """What runs a command in namespaces of its own, for root and, where the machine lets them, for others."""
    if os.geteuid() == 0:
        return ["unshare", "--mount", "--net", "--"]
    return ["unshare", "--user", "--map-current-user", "--keep-caps", "--mount", "--net", "--"]


def settle(folder: Path) -> None:
    """From the inside: wake loopback, and let our names lead to it. Raises NotAllowed."""
    names = folder / "hosts"
    names.write_text(
        "127.0.0.1 localhost\n"
        + "".join(f"{INSIDE if host in OUTSIDE else '127.0.0.1'} {host}\n" for host in HOSTS)
    )
    try:
        _wake_loopback()
        subprocess.run(["mount", "--bind", str(names), "/etc/hosts"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as trouble:
        raise NotAllowed(f"No namespaces for us here ({trouble}). Run this as root.") from None


def _wake_loopback() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        asked = struct.pack("16sh", b"lo", 0)
        flags = struct.unpack("16sh", fcntl.ioctl(any_socket, GET_FLAGS, asked))[1]
        fcntl.ioctl(any_socket, SET_FLAGS, struct.pack("16sh", b"lo", flags | UP))
        second = struct.pack("HH4s8x", socket.AF_INET, 0, socket.inet_aton(INSIDE))
        fcntl.ioctl(any_socket, SET_ADDRESS, struct.pack("16s16s8x", b"lo:1", second))
