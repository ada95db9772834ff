"""The backoffice. What every process of it asks of its libraries before any is loaded stands here."""

import os

# Pinyin is asked of single characters only: without its phrases the dictionary takes 45 MB less of every process.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
