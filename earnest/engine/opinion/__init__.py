"""Votes → common ground: where people stand together, what unites all of them and what divides.

Pure: no Django, no clock, no files; NumPy alone. Nothing is imported here, so that the web process, which
needs only ``next`` and ``where`` (plain Python), never loads NumPy for them.

    votes       the votes, one row after another per voter              ``Votes``, ``votes_from_rows``
    maps        the whole map in one call                                ``opinion_map``, ``OpinionMap``
    found       what a map is: the frozen results, with their shapes     ``Axes``, ``Tally``, ``Told``, …
    steps       the same map in steps over blocks of participants        ``Sums``, ``tally_of``, …
    plan        how places become groups, for every block alike          ``plan_from``, ``seats_of``
    axes        two principal components of what nobody need fill in
    bases       at most 100 base clusters: what a picture may show
    groups      k-means for k = 2 … 5, k by silhouette, kept stable
    told        representative of a group, uniting, dividing
    sure        how sure: the bootstrap
    next        which statement to show next                             ``next_statement``
    where       where one person sits, as facts and in English           ``where_do_i_sit``
    polis       the numbers as Polis itself computes them, to compare
    picture     a map as shapes, to be drawn by whoever has the words    ``picture``
    exchange    Polis' own CSV, read and written line by line
"""
