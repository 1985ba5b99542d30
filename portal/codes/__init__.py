"""A code of six digits, sent to an address: who can read it there proves that the address is theirs.

It keeps nothing. Who asks for a code keeps it, encrypted and for minutes, with whatever it is to prove.
"""
