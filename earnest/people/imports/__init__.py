"""What a file of people passes through, in order: sheets, columns, rows, plan, write.

A folder of its own below actions and jobs: the job that checks, the job that writes and the
command line all take the same path.
"""
