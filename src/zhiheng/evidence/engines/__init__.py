"""Which engines run a query over the records of a register as known at a position?"""
