"""The assignment's questions, with their paths, parameters and answers in Spanish.

"Consigna" is Spanish for "assignment".
"""
