"""A page that waits for an app, and the wallet that answers: whatever it is asked for."""

from threading import Event
from time import monotonic

from demo.wallet.pointer import read_pointer
from demo.wallet.program import State, Wallet, WalletSession
from tests.irma.conftest import PATIENCE
from tests.sharing.browser import Browser

AGAIN = "Kijk of er iets veranderd is"


def pointer(screen: Browser) -> dict:
    """What the code or the link on the page says."""
    demo = screen.page.links.get("Open de demo-wallet (nieuw tabblad)")
    return dict(read_pointer(demo or screen.page.links["Open de app"]))


def scans(by: Wallet, of: Browser | dict) -> WalletSession:
    """The wallet looks at what is on the page, or was."""
    scanned = by.scan(of if isinstance(of, dict) else pointer(of))
    by.wait(scanned, lambda state: state.restful, PATIENCE)
    return scanned


def pairs(screen: Browser, by: Wallet, scanned: WalletSession) -> None:
    assert scanned.state is State.PAIRING, scanned
    until(screen, "Vul de code uit de app in").presses("Klaar", code=scanned.pairing_code)
    by.wait(scanned, lambda state: state.restful and state is not State.PAIRING, PATIENCE)


def answers(by: Wallet, scanned: WalletSession, agree: bool = True) -> State:
    assert scanned.state is State.ASKING, scanned
    by.answer(scanned, agree=agree)
    return by.wait(scanned, lambda state: state.final, PATIENCE)


def until(screen: Browser, h1: str) -> Browser:
    """Look again until the page is another: by the link for who has no script, where there is one."""
    end = monotonic() + PATIENCE
    while screen.h1 != h1:
        assert monotonic() < end, f"still {screen.h1}: {screen.text}"
        if AGAIN in screen.page.links:
            screen.follows(AGAIN)
        else:
            screen.reloads()
        Event().wait(0.02)
    return screen
