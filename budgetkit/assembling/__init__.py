"""Grids in, figures out: join pages, read headers, recognise tables, place every amount."""
