"""Remission of municipal taxes (kwijtschelding): Gemeentewet 255, Invorderingswet 1990 art. 26.

Asked are household, income, possessions and account. Who somebody is, the BRP tells; how to reach them the
register of contacts; whose the house is the WOZ. Its value is never asked: the municipality knows it.
"""
