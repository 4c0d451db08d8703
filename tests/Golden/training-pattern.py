#!/usr/bin/python3
"""Writes training-pattern.png: 16 x 8 gray levels 16 * column + row, as the PNG specification has it.

The pattern does not compress, so that its deflate stream is one stored block whatever the compressor.
"""

import pathlib
import struct
import zlib


def chunk(kind, content):
    body = kind + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))


raw = b"".join(bytes([0]) + bytes(16 * column + row for column in range(16)) for row in range(8))
stored = b"\x01" + struct.pack("<HH", len(raw), len(raw) ^ 0xFFFF) + raw
packed = b"\x78\x9c" + stored + struct.pack(">I", zlib.adler32(raw))
png = (b"\x89PNG\r\n\x1a\n"
       + chunk(b"IHDR", struct.pack(">IIBBBBB", 16, 8, 8, 0, 0, 0, 0))
       + chunk(b"IDAT", packed)
       + chunk(b"IEND", b""))
pathlib.Path(__file__).with_suffix(".png").write_bytes(png)
