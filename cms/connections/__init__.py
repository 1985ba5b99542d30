"""An administrator's pages: a municipality's connections to registers, how they are, and what they show."""
