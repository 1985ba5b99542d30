"""How a resident's cases (zaken) stand: ZGW Zaken 1.5 with Catalogi 1.3.

There is no authorisation per resident in these APIs: our credentials see every case of the municipality.
The rules in `visible.py` are the only guard, and the register's own filter is never trusted.
"""
