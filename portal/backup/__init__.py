"""The whole portal in a folder or a bucket, and back: every table, every file, and their hashes.

A backup is written in this order, and only the last step makes it one:

    files/ab/abcd…                   contents of files, named by their SHA-256, shared by all
                                     backups that lie in the same place
    20261123T041652.125Z/tables/*.gz the rows of a table as JSON lines, the same on every database
    20261123T041652.125Z/files.jsonl.gz which file of which storage has which content
    20261123T041652.125Z/manifest.json counts, hashes, migrations, sealed by a hash of its own
"""


class BackupError(Exception):
    """Why a backup cannot be used, in one sentence for the operator."""
