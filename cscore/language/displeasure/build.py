"""Trains the shipped model from our own lines: python -m cscore.language.displeasure.build"""

from cscore.language.displeasure import lines
from cscore.language.displeasure.artefact import save
from cscore.language.displeasure.model import Displeasure
from cscore.language.displeasure.shipped import FILE
from cscore.language.displeasure.training import train


def built() -> Displeasure:
    """The model of our own lines alone."""
    return train(list(lines.examples()))


if __name__ == "__main__":
    FILE.write_bytes(save(built()))
