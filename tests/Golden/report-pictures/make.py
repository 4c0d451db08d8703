"""Makes the pictures that stand in for sample grids in the golden report: 5 x 5 blobs of 28 x 28 grey pixels.

Needs nothing beside Python 3. The bytes in the repository are the ones that the golden report embeds.
"""

import math
import struct
import zlib
from pathlib import Path

SIDE, CELLS = 28, 5


def pixel(kind, cell, x, y):
    u, v = (x - 13.5) / 13.5, (y - 13.5) / 13.5
    turn = cell * 0.7 + 0.3
    shape = math.exp(-8 * (math.hypot(u - 0.2 * math.cos(turn), v - 0.2 * math.sin(turn)) - 0.45) ** 2)
    shape += math.exp(-20 * (u * math.cos(turn) + v * math.sin(turn)) ** 2 - 2 * (u * u + v * v))
    grain = math.sin(12.9898 * x + 78.233 * y + 37.719 * cell) * 43758.5453 % 1
    weight = {"real": 0.0, "samples": 0.12, "samples_fresh": 0.55}[kind]
    return max(0, min(255, round(255 * ((1 - weight) * 0.8 * shape + weight * grain))))


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(kind):
    width = SIDE * CELLS
    rows = b"".join(
        b"\0" + bytes(pixel(kind, (r // SIDE) * CELLS + c // SIDE, c % SIDE, r % SIDE) for c in range(width))
        for r in range(width))
    head = struct.pack(">IIBBBBB", width, width, 4, 0, 0, 0, 0)
    grey = bytearray()
    for r in range(width):
        row = rows[r * (width + 1) + 1:(r + 1) * (width + 1)]
        grey += b"\0" + bytes((row[i] & 0xF0) | (row[i + 1] >> 4) for i in range(0, width, 2))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(grey), 9)) + chunk(b"IEND", b"")


for name in ("real", "samples", "samples_fresh"):
    (Path(__file__).parent / f"{name}.png").write_bytes(png(name))
