"""Search that knows Kazakh: one engine for the public, for the admin, and for both databases.

``analysis`` (with ``kazakh`` and ``common_words``) turns a text into terms, ``documents`` stores
them per article and language, ``index`` keeps them current, ``matching`` asks the database's
full-text index which documents contain which terms, ``scoring`` puts them in order,
``query.search()`` is what views call, ``highlight`` shows why something was found.
"""
