"""Bytes to documents, and documents to blocks: files, standard input, saved web pages, JSON lines."""

from whoholds.articles.blocks import blocks
from whoholds.articles.days import parse_day
from whoholds.articles.documents import from_text
from whoholds.articles.files import from_bytes, load
from whoholds.articles.records import from_record, read_jsonl
from whoholds.articles.roles import Block, Role

__all__ = ["Block", "Role", "blocks", "from_bytes", "from_record", "from_text", "load", "parse_day", "read_jsonl"]
