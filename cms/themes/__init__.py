"""An editor's pages: which theme the site has, how others would look, choosing now or later, going back."""
