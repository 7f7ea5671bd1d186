"""Which language a text is in."""

from __future__ import annotations

import pytest

from whoholds.articles import from_text

LONG = {
    "en": "The army said on Wednesday that its troops had entered the town and that the road was being cleared of mines.",
    "fr": "L'armée a annoncé mercredi que ses troupes étaient entrées dans la "
    "ville et que la route était en cours de déminage.",
    "es": "El ejército informó el miércoles de que sus tropas habían entrado en "
    "la ciudad y que la carretera está siendo desminada.",
    "de": "Die Armee teilte am Mittwoch mit, dass ihre Truppen in die Stadt "
    "eingerückt sind und die Straße von Minen geräumt wird.",
    "pt": "O exército informou na quarta-feira que as suas tropas entraram na cidade e que a estrada está a ser desminada.",
    "it": "L'esercito ha annunciato mercoledì che le sue truppe sono entrate "
    "nella città e che la strada è in corso di sminamento.",
    "nl": "Het leger meldde woensdag dat zijn troepen de stad zijn binnengetrokken en dat de weg van mijnen wordt ontdaan.",
    "tr": "Ordu çarşamba günü birliklerinin kente girdiğini ve yolun mayınlardan "
    "temizlenmekte olduğunu açıkladı, bu bir ilk oldu.",
    "id": "Tentara mengatakan pada hari Rabu bahwa pasukannya telah memasuki "
    "kota itu dan jalan tersebut sedang dibersihkan dari ranjau.",
    "pl": "Wojsko poinformowało w środę, że jego oddziały wkroczyły do miasta i "
    "że trwa oczyszczanie drogi z min, jak się okazało.",
    "ru": "Армия сообщила в среду, что её войска вошли в город и что дорогу очищают от мин.",
    "uk": "Армія повідомила в середу, що її війська увійшли до міста і що дорогу очищають від мін.",
    "ar": "قال الجيش يوم الأربعاء إن قواته دخلت المدينة وإنه يجري تطهير الطريق من الألغام.",
    "fa": "ارتش روز چهارشنبه گفت که نیروهایش وارد شهر شده‌اند و پاکسازی جاده از مین‌ها در جریان است.",
    "he": "הצבא הודיע ביום רביעי כי כוחותיו נכנסו לעיר וכי הדרך מפונה ממוקשים.",
    "hy": "Բանակը չորեքշաբթի օրը հայտնեց, որ իր զորքերը մտել են քաղաք։",
    "ka": "არმიამ ოთხშაბათს განაცხადა, რომ მისი ჯარები ქალაქში შევიდნენ.",
    "zh": "军队周三表示，其部队已进入该镇，道路正在清除地雷。",
    "ja": "軍は水曜日、部隊が町に入り、道路の地雷が除去されていると述べた。",
    "ko": "군은 수요일 부대가 마을에 진입했다고 밝혔다.",
}


@pytest.mark.parametrize("language", LONG)
def test_a_sentence_tells(language: str) -> None:
    assert from_text(LONG[language]).language == language


@pytest.mark.parametrize(
    "text",
    [
        "Azerbaijani army enters Kalbajar",
        "Ukraine war live: Kherson falls",
        "U.S. military gives medical equipment to Nicaragua.",
        "In all, 30,000 Irish soldiers served in Lebanon over 23 years.",
        "Gen. Muhammad Mansur Hadi, Ayatollah Ali Khamenei, Recep Tayyip Erdoğan and Volodymyr Zelensky met in Ankara.",
        "He quoted the mayor: “La guerra no ha terminado.” The army said that the war was over and that it would leave.",
    ],
)
def test_short_or_foreign_sounding_english_is_english(text: str) -> None:
    assert from_text(text).language == "en"


@pytest.mark.parametrize("text", ["", "1994 – 2020", "\x00\n", "👩‍🚀"])
def test_nothing_to_go_by(text: str) -> None:
    assert from_text(text).language is None


def test_a_foreign_tongue_that_is_not_listed_is_not_english() -> None:
    text = "Þjóðverjar hafa löngum þótt nákvæmir í öllum sínum störfum, líkt og Íslendingar þykja stundum óstýrilátir í sínum."
    assert from_text(text).language not in ("en", None)
