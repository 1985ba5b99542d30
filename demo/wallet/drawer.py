"""All wallets of the demo together: opened when first used, filled when new."""

import hashlib
import shutil
import threading
from collections.abc import Sequence
from pathlib import Path

from .holders import Holder
from .issuing import Issuer
from .program import Wallet


class Drawer:
    """The wallets by holder's key."""

    def __init__(
        self, holders: Sequence[Holder], issuer: Issuer, *, program: Path, schemes: Path, state: Path
    ) -> None:
        self.holders = {holder.key: holder for holder in holders}
        self._issuer, self._program, self._schemes, self._state = issuer, program, schemes, state
        self._open: dict[str, Wallet] = {}
        self._locks = {key: threading.Lock() for key in self.holders}

    def wallet(self, key: str) -> Wallet:
        """The wallet of a holder, filled. Raises KeyError for an unknown one, WalletBroken."""
        with self._locks[key]:
            if key not in self._open:
                self._open[key] = self._filled(self.holders[key])
            return self._open[key]

    def opened(self) -> list[tuple[Holder, Wallet]]:
        """The wallets that were used so far."""
        return [(self.holders[key], wallet) for key, wallet in self._open.copy().items()]

    def stop(self) -> None:
        """End every wallet's program."""
        for wallet in self._open.values():
            wallet.stop()

    def _filled(self, holder: Holder) -> Wallet:
        folder = self._state / holder.key
        stamp, wanted = folder / "filled", holder.contents + self._scheme_mark()
        wallet = Wallet(self._program, folder / "storage", self._schemes)
        if stamp.exists() and stamp.read_text() == wanted:
            return wallet
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, mode=0o700)
        if holder.credentials:
            try:
                self._issuer.issue(wallet, holder.credentials)
            except BaseException:
                wallet.stop()
                raise
        stamp.write_text(wanted)
        return wallet

    def _scheme_mark(self) -> str:
        """Changes when the scheme was made anew: credentials under old keys are worth nothing."""
        keys = sorted(self._schemes.glob("*/*/PublicKeys/*.xml"))
        return hashlib.sha256(b"".join(key.read_bytes() for key in keys)).hexdigest()
