"""Calls to the portal's consumers' API, with the desk's own key."""

import httpx

from demo.consumer import Api

SLUG = "demo-balie"


class Portal(Api):
    """The portal as the desk reaches it."""

    def read(self, municipality: str, grant: str) -> httpx.Response:
        """Ask what is shared under a grant."""
        return self.call(municipality, "POST", f"toestemmingen/{grant}/gebruik")

    def confirm_erased(self, municipality: str, grant: str) -> httpx.Response:
        """Tell that what we had is erased."""
        return self.call(municipality, "POST", f"toestemmingen/{grant}/gewist")
