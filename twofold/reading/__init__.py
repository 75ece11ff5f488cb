"""Markdown into chapters: the only importer of markdown-it.

grammar makes tokens of text; inlines, blocks, directives and fences make the document tree of tokens; chapters
puts chapters together from files.
"""
