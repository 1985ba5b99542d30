"""`make theme-watch`: the gallery of all themes on this machine, made anew and shown anew at each save.

A server of its own, without a database and with settings of its own; nothing of the portal's addresses leads
here, and it listens to this machine only. Its policy is as strict as the portal's.
"""
