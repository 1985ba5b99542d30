"""`make mutate`: how many faults, put into the sharing core on purpose, its tests find.

mutmut writes the mutants; its own runner would make a database for each of them, so ours keeps one: a plugin
of pytest that runs the chosen tests once, and then for each mutant, in a fork, those that reach it.
"""
