"""Files of votes and of statements → ``Ballots``: one vote of each voter on each statement."""
