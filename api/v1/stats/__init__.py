"""Numbers over many films: releases by period, returns by person, ratings by film."""
