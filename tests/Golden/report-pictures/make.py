"""Makes the pictures that stand in for sample grids in the golden report: 5 x 5 blobs of 28 x 28 grey pixels, and
for a strip of chains: six of them in eleven states from noise to blob, and for samples above their nearest images.

Needs nothing beside Python 3. The bytes in the repository are the ones that the golden report embeds.
"""

import math
import struct
import zlib
from pathlib import Path

SIDE, CELLS = 28, 5


STRIP = (11, 6)
NEAREST = (8, 4)


def pixel(weight, cell, x, y):
    u, v = (x - 13.5) / 13.5, (y - 13.5) / 13.5
    turn = cell * 0.7 + 0.3
    shape = math.exp(-8 * (math.hypot(u - 0.2 * math.cos(turn), v - 0.2 * math.sin(turn)) - 0.45) ** 2)
    shape += math.exp(-20 * (u * math.cos(turn) + v * math.sin(turn)) ** 2 - 2 * (u * u + v * v))
    grain = math.sin(12.9898 * x + 78.233 * y + 37.719 * cell) * 43758.5453 % 1
    return max(0, min(255, round(255 * ((1 - weight) * 0.8 * shape + weight * grain))))


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(columns, rows, level):
    """4-bit grey; level(column, row, x, y) is 0 to 255 at a pixel of a cell."""
    width, height = SIDE * columns, SIDE * rows
    grey = bytearray()
    for r in range(height):
        row = [level(c // SIDE, r // SIDE, c % SIDE, r % SIDE) for c in range(width)]
        grey += b"\0" + bytes((row[i] & 0xF0) | (row[i + 1] >> 4) for i in range(0, width, 2))
    head = struct.pack(">IIBBBBB", width, height, 4, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(grey), 9)) + chunk(b"IEND", b"")


def grid(weight):
    return png(CELLS, CELLS, lambda column, row, x, y: pixel(weight, row * CELLS + column, x, y))


def strip():
    return png(*STRIP, lambda column, row, x, y: pixel(0.95 - 0.08 * column, row, x, y))


def nearest():
    return png(*NEAREST, lambda column, row, x, y: pixel(0.0 if row else 0.12, 8 * row + column, x, y))


for name, bytes_of in {
        "real": grid(0.0), "samples": grid(0.12), "samples_fresh": grid(0.55), "chains": strip(),
        "nearest": nearest()}.items():
    (Path(__file__).parent / f"{name}.png").write_bytes(bytes_of)
