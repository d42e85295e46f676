"""Families of lives: one file each, and the chapters that several of them share."""
