"""Who used my data: every reading of a resident's data, with purpose and ground, in plain words."""
