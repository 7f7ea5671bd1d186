"""Words and punctuation marks of English text, as the UD English treebanks EWT and GUM cut them.

Counted in their training halves, and followed here:

- hyphens are words of their own ("long - term", "al - Qaeda", "T - 72", "12 - year - old", "15 - 20"), but for words with a
  prefix that cannot stand alone ("co-founder", "anti-government", "mid-August"), telephone numbers and dates;
- so are slashes between words ("and / or"), but not in dates, fractions and "w/o"; dashes always are;
- contractions are cut ("do n't", "can not", "it 's", "gon na", also "do nt"), apostrophes inside names are not ("Qa'ida");
- the full stop stays with initials and abbreviations ("U.S.", "Gen.", "No." before a number);
- a unit is cut from its number ("5 pm", "155 mm", "$ 2 m", "5 %"), an ordinal or a decade is not ("3rd", "1980s").

One pattern is tried at each place, its alternatives in order. It looks at one run of non-white characters, and where that
ends in a full stop at the kind of the character that follows; so most runs come from a
cache. Runs of letters that no table speaks of, alone or before one mark, are cut without it. Offsets are code points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

Span = tuple[int, int]

_LONGEST_WORD = 200  # longer runs are no words of any text: they are cut without looking ahead, in one pass
_REMEMBERED = 32_768  # runs of characters whose cuts are kept: a few megabytes

# Combining marks and the signs of the Indic and South-East Asian scripts, which `\w` leaves out.
_MARKS = (
    r"\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u1dc0-\u1dff"
    r"\u0900-\u0963\u0966-\u0e3a\u0e40-\u109f"
)
_W = rf"[\w{_MARKS}]"
_END = r"(?!\w)"
_START = r"(?<!\w)"
_QUOTE = "['’]"

# First letters in either case. "UN-led" is not "un-", "E-J" not "e-".
_PREFIXES = """
    anti arch bi bio co counter cross cyber de dis ex extra geo hyper inter intra macro mega micro mini mis multi neo
    non over para post pre pro pseudo psycho re semi socio sub super trans tri ultra un uni
"""
_SUFFIXES = "esque wise"
_ONE_WORD = "uh-oh uh-huh un-unh nun-unh mm-hm mm-hmm hm-m m-m m-mm co-op"

# Where the second word starts. The forms without an apostrophe are no other English word.
_JOINED = """
    can|not gon|na got|ta wan|na out|ta gim|me lem|me a|lot
    do|nt ca|nt wo|nt did|nt does|nt is|nt was|nt are|nt were|nt have|nt has|nt had|nt could|nt would|nt should|nt ai|nt
    that|s what|s there|s you|re they|re he|s
"""
_JOINED_CASED = "i|m i|ve I|ve Let|s"  # "Im" is a Korean surname, "lets" a verb

_TITLES = """
    Mr Mrs Ms Mx Dr Drs Prof Rev Fr Hon Messrs Mlle Mme Jr Sr St Sts Ste
    Gen Lt Col Maj Capt Cpt Cmdr Cdr Adm Brig Sgt Cpl Pvt Supt Insp
    Sen Sens Rep Reps Gov Pres Atty Esq Inc Corp Ltd Bros Dept
    Jan Feb Apr Jul Aug Sept Sep Oct Nov Dec Tues Thurs
"""
_NEVER_CAPITALS = """
    Tue Wed Thu Thur Fri Sat Amb Assn Attn Ave Blvd Co Conf Ed Eds Ft Mt Rd Univ Vol
    Ala Ariz Ark Calif Colo Conn Fla Ga Ky Md Mich Minn Mont Nev Okla Ont Pa Penn Que Tenn Tex Va Vt Wis Wyo
"""  # "PA" and "GA" are bodies
_LOWER = "vs approx ca al esp ext incl dept govt ed eds vol lb lbs oz yrs"
_BEFORE_NUMBER = (
    "No Nos Art Arts Sec Secs Fig Figs Para Paras Ch Pt Mar Jun Mon Sun no nos art fig figs p pp c b d m ch para paras div r"
)
_NOT_LAST = "etc"  # keeps its full stop but at the end of a sentence
_DEGREES = r"Ph\.?D B\.?Sc M\.?Sc D\.?Phil Ph"

_UNITS = r"""
    am pm AM PM a\.m p\.m hrs? h mins? secs? days? k K m M mn b bn B tn percent x p
    mm cm km ft miles? meters? metres? g kg lbs? tons? tonnes? sq cc hh
    hz Hz kHz MHz GHz kb KB MB GB gb mph kph watt kW MW GW C F
"""
_WITH_SLASH = "w/out w/o w/ b/c l/c b/t I/C L/C s/he n/a"
_EXTENSIONS = "docx? pdf xlsx? html? txt jpe?g png gif csv pptx? zip exe mp[34] url"
_DOMAINS = "com org net gov edu mil info biz tv io eu uk ru ua by pl de fr ch il ir sy iq tr tw"


def _any(words: str) -> str:
    """An alternation of the words, longest first."""
    return "|".join(sorted(words.split(), key=len, reverse=True))


def _capitalised(words: str) -> str:
    """The same, first letter as given and the rest in lower or all in upper case."""
    return _any(f"{words} {words.upper()}")


def _either(words: str) -> str:
    """An alternation of lower-case words, first letters in either case."""
    return "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in sorted(words.split(), key=len, reverse=True))


def _joined() -> str:
    cuts = [rf"(?i:{left})(?=(?i:{right}){_END})" for left, right in (pair.split("|") for pair in _JOINED.split())]
    cuts += [rf"{left}(?={right}{_END})" for left, right in (pair.split("|") for pair in _JOINED_CASED.split())]
    return rf"{_START}(?:{'|'.join(cuts)})"


_CLITIC = rf"{_QUOTE}(?i:s|m|d|ll|ve|re){_END}|(?<=\w)[`´‘]s{_END}"
_NOT = rf"(?i:n{_QUOTE}t){_END}"
_WORD = rf"{_W}+(?:{_QUOTE}(?!(?i:s|m|d|ll|ve|re){_END}){_W}+)*"
_PATH = r"""[^\s<>"“”]+(?<![.,;:!?'’")\]])"""
_NUMBER = r"\d+(?:[.:]\d+|,\d{3}(?!\d)|(?:,\d\d)+(?=,\d{3}(?!\d)))*"

# Tried in this order at each place of a run.
_ALTERNATIVES = {
    "address": rf"(?:https?|ftp)://{_PATH}|(?<!\w)www\.{_PATH}",
    "mail": r"(?<![\w.])(?:mailto:)?[\w.%+-]*\w\.*@\w[\w.-]*(?<![.-])|(?<!\w)@\w[\w-]*\.\w[\w.-]*(?<![.-])",
    "site": rf"(?<![\w.])(?:\w[\w-]*\.)+(?i:{_any(_DOMAINS)})(?![\w-])(?:/(?:{_PATH})?)?",
    "file": rf"(?:(?<![\w.])[\w~#][\w.~#-]*|(?<![\w.]))\.(?i:{_any(_EXTENSIONS)}){_END}",
    "newsgroup": rf"(?<![\w.])[a-z]{{2,}}(?:\.[a-z][a-z-]+){{2,}}{_END}",
    "handle": rf"(?<!\w)[@#](?=[^\W\d_])\w+{_END}",
    "face": r"[:;=]['’]?-?[)(\]\[](?![\w(])|(?<!\w)(?:[:;=]-?[DPpO/\\|]|<3|:-\*)(?!\w)|\^_+\^",
    "negated": rf"[^\W\d_]+?(?={_NOT})",
    "not": rf"(?<=[^\W\d_]){_NOT}",
    "decade": rf"{_START}(?:{_QUOTE}\d\ds?|‘\d0s){_END}|{_START}\d+0{_QUOTE}s{_END}",
    "clitic": _CLITIC,
    "elided": rf"{_START}{_QUOTE}(?i:em|til|cause|bout|n){_END}",
    "you all": rf"{_START}[Yy]{_QUOTE}(?=all{_END})",
    "joined": _joined(),
    "slashed": rf"{_START}(?:{_any(_WITH_SLASH)}){_END}",
    "telephone": (
        r"(?<![\w/-])(?:(?:\d-)?\d{3}-\d{3}-\d{4}|\d{3}/\d{3}-\d{4}|\d{3}-\d{2}(?!00)\d\d|x?\d-\d{4}|\d{5}-\d{4}"
        r"|\d{1,2}-\d{1,2}-\d{2,4}|\d{4}-\d\d-\d\d)(?![\w-])"
    ),
    "day": r"(?<![\w/.-])(?:[01]?\d/\d\d?|\d\d?/[01]?\d)(?:/\d{2,4})?(?![\w/])",
    "money": rf"{_START}(?:USD|EUR|GBP|UAH|RUB|Rs)(?=\d)|{_START}[A-Za-z]{{2,4}}(?=\d+[.,]\d)",
    "broken off": rf"{_START}(?:[A-Za-z]|[B-DF-HJ-NP-TV-Zb-df-hj-np-tv-z][b-df-hj-np-tv-z]{{1,2}})-(?=[\s,.])",
    "prefixed": (
        rf"(?<![\w-])(?:(?:{_either(_PREFIXES)})-(?=[^\W\d_])|[Ee]-(?=[a-z])|[Mm]id-(?=\w)){_W}+(?!-\w){_END}"
        rf"|{_START}{_W}+-(?:{_any(_SUFFIXES)}){_END}|{_START}(?i:{_any(_ONE_WORD)}){_END}"
    ),
    "degree": rf"{_START}(?:{_any(_DEGREES)})\.{_END}",
    "initials": rf"{_START}[^\W\d_](?:\.[^\W\d_])+(?:\.|{_END})|{_START}(?:[A-Z]\.)+(?=[A-Z][a-z])",
    "initial": rf"{_START}[A-HJ-Z]\.(?=\s+[A-Z0-9]|[,)\]])",
    "abbreviation": (
        rf"{_START}(?:(?:{_capitalised(_TITLES)}|{_any(_NEVER_CAPITALS)})\.(?![a-z])|(?:{_any(_LOWER)})\.{_END}"
        rf"|(?:{_any(_BEFORE_NUMBER)})\.(?=\s*\d)|{_NOT_LAST}\.(?=[^\w\s.\"”]|\s+[^A-Z\s]))"
    ),
    "measured": rf"(?:{_NUMBER}|{_START}\.\d+)(?=(?:{_any(_UNITS)})(?:{_END}|\.{_END}))",
    "number": rf"(?:{_START}\+)?{_NUMBER}{_W}*|{_START}\.\d+{_END}",
    "firm": r"(?<!\w)[A-Za-z]{1,3}&[A-Za-z]{1,2}(?!\w)|(?<!\w)(?:US|U|A|C|NZ|HK)\$",
    "word": _WORD,
    "stops": r"\.{2,}|…\.*|![.!?]+|\?[!?]+|[.,:]\?",
    "rule": r"[-=*+~<>|{}_^]{4,}|([-=*+~$#<>/\\])\1+|''|``|‘‘|’’|‘’",
    "flag": r"[\U0001F1E6-\U0001F1FF]{2}",
    "mark": rf"[^\w\s][\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff{_MARKS}]*",
}
_CLOSING = frozenset('.,;:?!)]"”')
_TABLES = (_JOINED, _JOINED_CASED, _TITLES, _NEVER_CAPITALS, _LOWER, _BEFORE_NUMBER, _NOT_LAST, _DEGREES)
_TABLED = frozenset(re.sub(r"[|.?\\]", "", " ".join(_TABLES)).lower().split())
_PATTERN = re.compile("|".join(_ALTERNATIVES.values()))
_PLAIN = re.compile(rf"{_W}+|(\S)\1*")
_RUN = re.compile(r"\S+")
_NEXT = re.compile(r"\S")


def tokenize(text: str) -> list[Span]:
    """The words and punctuation marks of a text: half-open code-point offsets, in order; none for an empty text.

    Together they cover every character that is not white space, and no white space. Takes time in proportion to the text.
    """
    spans: list[Span] = []
    for run in _RUN.finditer(text):
        characters = run[0]
        start, end = run.span()
        if _is_word(characters):
            spans.append((start, end))
        elif characters[-1] in _CLOSING and len(characters) > 2 and _is_word(characters[:-1]):
            spans += [(start, end - 1), (end - 1, end)]
        else:
            follows = _kind_of_next(text, end) if characters[-1] == "." else ""
            for first, last in _pieces(characters, follows):
                spans.append((start + first, start + last))
    return spans


def _is_word(characters: str) -> bool:
    """Whether these are letters that no table speaks of."""
    return characters.isalpha() and characters.lower() not in _TABLED


def _kind_of_next(text: str, end: int) -> str:
    """A character that stands for the kind of the next one that is not white; the empty string at the end of the text."""
    following = _NEXT.search(text, end)
    if following is None:
        return ""
    character = following[0]
    if character.isdigit():
        return "0"
    if character.isalpha():
        return "A" if character.isupper() else "a"
    return ","


def _pieces(run: str, follows: str) -> Iterable[Span]:
    """The cuts of a run of non-white characters before a character of the kind of `follows`."""
    if len(run) > _LONGEST_WORD:
        return (found.span() for found in _PLAIN.finditer(run))
    return _remembered(run, follows)


@lru_cache(maxsize=_REMEMBERED)
def _remembered(run: str, follows: str) -> tuple[Span, ...]:
    spans = (found.span() for found in _PATTERN.finditer(f"{run} {follows}"))
    return tuple(span for span in spans if span[1] <= len(run))
