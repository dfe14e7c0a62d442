#!/usr/bin/python3
"""Writes shell/generated/content-types.ts: the media types that `aws s3` guesses, which are those that Python knows by itself.

    /usr/bin/python3 scripts/generate/cli-content-types.py
"""
import json
import mimetypes
import pathlib

known = mimetypes.MimeTypes(filenames=())
types = dict(sorted(known.types_map[1].items()))
out = pathlib.Path(__file__).resolve().parents[2] / 'shell' / 'generated' / 'content-types.ts'
out.write_text(
    '// Written by scripts/generate/cli-content-types.py; not to be edited.\n'
    '/** Media type by file extension. */\n'
    f'export const CONTENT_TYPES: Readonly<Record<string, string>> = {json.dumps(types, indent=2)};\n\n'
    '/** Extensions that stand for two: an archive and its compression. */\n'
    f'export const DOUBLE_EXTENSIONS: Readonly<Record<string, string>> = {json.dumps(known.suffix_map, indent=2)};\n\n'
    '/** Extensions of compressions, which are looked through. */\n'
    f'export const COMPRESSIONS: readonly string[] = {json.dumps(list(known.encodings_map))};\n'
)
