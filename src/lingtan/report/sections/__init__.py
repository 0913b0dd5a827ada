"""The sections of the report, one a file: each takes a study and gives markup."""
