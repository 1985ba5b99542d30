"""The gallery: every component in every state and every kind of page, with made-up content, in a theme.

Shown to a designer by `make theme-watch`, to an editor in the CMS before a theme is chosen, and to the tests.
`content` is what it says, `pages` makes them, `states` forces what a mouse and a keyboard do.
"""
