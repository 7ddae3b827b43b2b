"""Who is next: ranks the likely other side of "subject, relation, ?" on a day from all that was told before that day.

This is the protocol of the literature on temporal knowledge graphs, with entities of any kind and relations of any
number. The forecast for a user's own record, with probabilities, is `relating.forecast` itself.
"""
