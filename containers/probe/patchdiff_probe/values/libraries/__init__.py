"""How the values of widely used libraries are read: by what their users compare, not by a repr that is cut.

One module for each library; ``registry`` finds the one that a class belongs to.
"""
