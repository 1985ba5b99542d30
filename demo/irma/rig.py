"""A running irma server with wallets on call, for the tests of the adapter, of sharing and of the browser."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from demo.wallet.issuing import A_YEAR, Issuer
from demo.wallet.program import Wallet

from .running import Running, running
from .server import ISSUING, IrmaDemo, prepare

Cards = Mapping[str, Sequence[Mapping[str, str]]]


@dataclass
class Rig:
    """The server, and the wallets that were made on it."""

    server: Running
    folder: Path
    _wallets: list[Wallet] = field(default_factory=list)

    @property
    def demo(self) -> IrmaDemo:
        """Addresses and keys."""
        return self.server.demo

    @property
    def issuer(self) -> Issuer:
        """Who may fill wallets."""
        return Issuer(self.demo.url, ISSUING, self.demo.issuing_key, self.demo.scheme)

    def wallet(self, cards: Cards | None = None, *, valid: int = A_YEAR) -> Wallet:
        """A new wallet with these cards; `valid` is in seconds, less than a week means expired."""
        storage = self.folder / f"wallet-{len(self._wallets)}"
        wallet = Wallet(self.demo.programs.wallet, storage, self.demo.schemes_path)
        self._wallets.append(wallet)
        if cards:
            self.issuer.issue(wallet, cards, valid=valid)
        return wallet

    def stop_wallets(self) -> None:
        """End every wallet's program."""
        for wallet in self._wallets:
            wallet.stop()


@contextmanager
def rig(folder: Path, port: int, *, made: Path) -> Iterator[Rig]:
    """Start a server with its state in `folder`; programs and scheme are kept in `made` between runs.

    Raises NoGo, IrmaFailed.
    """
    with running(prepare(folder, port, made=made), folder / "output") as server:
        rigged = Rig(server, folder)
        try:
            yield rigged
        finally:
            rigged.stop_wallets()
