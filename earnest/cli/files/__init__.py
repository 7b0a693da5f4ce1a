"""What the verbs that read and write files share: bad rows, progress, writing beside."""
