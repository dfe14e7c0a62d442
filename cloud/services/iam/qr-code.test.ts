import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { qrCodePng } from './qr-code.ts';

/** The picture's rows of pixels, true where dark, as any PNG reader would find them. */
function pixelsOf(png: Uint8Array): boolean[][] {
  const bytes = Buffer.from(png);
  const side = bytes.readUInt32BE(16);
  const chunks: Buffer[] = [];
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT') chunks.push(bytes.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const rows = inflateSync(Buffer.concat(chunks));
  const rowBytes = Math.ceil(side / 8) + 1;
  return Array.from({ length: side }, (_, y) =>
    Array.from({ length: side }, (_, x) => {
      const byte = rows[y * rowBytes + 1 + (x >> 3)] ?? 0;
      return (byte & (0x80 >> (x & 7))) === 0;
    }),
  );
}

test('a PNG with the finder patterns of a QR code in a quiet zone', () => {
  const pixels = pixelsOf(qrCodePng('otpauth://totp/Amazon%20Web%20Services:phone@111122223333?secret=ABCDEFGH'));
  const side = pixels.length;
  const dark = (x: number, y: number) => pixels[y * 4]?.[x * 4] ?? false;
  const modules = side / 4;
  expect(modules % 4).toBe((17 + 8) % 4);
  // Along the top of the left finder pattern: seven dark modules between four and one light ones.
  expect(Array.from({ length: 12 }, (_, x) => dark(x, 4))).toEqual([
    ...Array(4).fill(false),
    ...Array(7).fill(true),
    false,
  ]);
  for (const [x, y] of [
    [4, 4],
    [modules - 11, 4],
    [4, modules - 11],
  ] as const) {
    expect([dark(x + 3, y + 3), dark(x + 1, y + 1), dark(x + 6, y + 6)]).toEqual([true, false, true]);
  }
});
