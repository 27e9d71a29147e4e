"""Agreements: what partners and offices have signed."""
