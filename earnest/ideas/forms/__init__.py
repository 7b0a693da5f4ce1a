"""What is typed in spaces, one file a theme."""

__all__ = []
