"""The style of every page: components, a base style for all, and one small style per municipality.

A municipality's theme is a folder with `theme.toml`, a logo and perhaps tokens. `python -m themes`
checks the folders, generates the design tokens (`--basis-*` of NL Design System) with readable contrast and
writes one stylesheet each; `themes.compiled.theme(slug)` finds it. Folders are untrusted: values are parsed,
never pasted, and what is refused is not served.
"""
