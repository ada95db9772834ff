"""What the knowledge base announces to the floors above, after commit.

Both carry `shop_id`, `release` and `article_ids`; one signal per release, however many articles moved.
"""

from django.dispatch import Signal

article_published = Signal()
article_withdrawn = Signal()
# A question upwards: who keeps people's verdicts on the answers of `shop_id` returns those since `since`, as a list of
# kb.matching.Verdict. Sent before a training.
verdicts_wanted = Signal()
