# Seconds for which a query is waited for; None in commands, some of which take hours. A little more
# than statement_timeout (portal/env.py), which a server that is well keeps by itself.
WHILE_SERVING = 7.0
patience: float | None = None
