"""Values: read without running their code, and written in a canonical form.

``kinds`` says which rule applies to a class, ``rules`` has them.
"""
