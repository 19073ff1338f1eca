"""Statistics: releases by period, returns by person, ratings by film."""
