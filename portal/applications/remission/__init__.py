"""Remission of municipal taxes (kwijtschelding): Gemeentewet 255, Invorderingswet 1990 art. 26.

Asked are household, income, possessions and account; who somebody is, the BRP tells. The value of an own
house is never asked: the municipality knows it.
"""
