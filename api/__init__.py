"""Every way in: pages, sign-on, command line."""
