"""What is shared where an article has no picture: any headline fits, every letter is there."""

import pytest

from news import share_picture

HOSTILE = "</script><b>\"quotes\" & 'more' ]]> <!-- \u2028 \ufffe\uffff"


@pytest.mark.parametrize(
    "headline",
    ["Қ", "Ұ" * 180, "Премьер-Министр Қазақстан " * 7, HOSTILE, "🎉", "", "\u200fمرحبا", "W " * 90,
     "й" * 200],
)  # fmt: skip
def test_any_headline_fits(headline):
    lines, size = share_picture.fit(headline)
    assert lines
    assert all(
        share_picture._font(size).getlength(line) <= share_picture.WIDTH - 2 * share_picture.MARGIN
        for line in lines
    )
    room = share_picture.HEADLINE_BOTTOM - share_picture.HEADLINE_TOP
    assert len(lines) * size * 1.24 <= room
    drawn = share_picture.draw(headline, "Бөлім", "2018", "Портал")
    assert drawn == share_picture.draw(headline, "Бөлім", "2018", "Портал")


def test_the_font_has_every_letter_of_the_three_languages():
    font = share_picture._font(40)
    missing = bytes(font.getmask("\uf8ff"))
    for letter in "ӘәҒғҚқҢңӨөҰұҮүҺһІіЁёЪъЭэАяAzÄ«»–—…№₸":
        assert bytes(font.getmask(letter)) != missing, letter
        assert share_picture._drawable(letter) == letter
