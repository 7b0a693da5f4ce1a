"""What people do together in a space, on their phone: with names by their own link, below their own
page; without names at the one address of the space. The views are the same for both."""
