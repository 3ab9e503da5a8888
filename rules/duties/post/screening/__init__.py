"""Screening report (二): its figures counted, its supplements, and the city's sheet of all towns."""
