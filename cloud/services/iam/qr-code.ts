/** QR codes as PNG images: what an authenticator app scans from CreateVirtualMFADevice's answer. */
import { generate } from 'lean-qr';

const scale = 4;
/** The quiet zone that ISO/IEC 18004 asks for, in modules. */
const margin = 4;

/** The text as a QR code, black on white: a PNG of one bit a pixel (ISO/IEC 15948). */
export function qrCodePng(text: string): Uint8Array {
  const code = generate(text);
  const side = (code.size + 2 * margin) * scale;
  const rowBytes = Math.ceil(side / 8);
  const pixels = new Uint8Array(side * (rowBytes + 1));
  for (let y = 0; y < side; y++) {
    // The row's first byte says that no filter is applied.
    const row = y * (rowBytes + 1) + 1;
    for (let x = 0; x < side; x++) {
      const dark = code.get(Math.floor(x / scale) - margin, Math.floor(y / scale) - margin);
      if (!dark) pixels[row + (x >> 3)] = (pixels[row + (x >> 3)] ?? 0) | (0x80 >> (x & 7));
    }
  }
  const bitDepth = 1;
  const header = [...uint32(side), ...uint32(side), bitDepth, 0, 0, 0, 0];
  return Uint8Array.from([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    ...chunk('IHDR', header),
    ...chunk('IDAT', zlibStored(pixels)),
    ...chunk('IEND', []),
  ]);
}

function chunk(type: string, data: readonly number[]): number[] {
  const typed = [...new TextEncoder().encode(type), ...data];
  return [...uint32(data.length), ...typed, ...uint32(crc32(typed))];
}

const storedBlockSize = 65_535;

/** A zlib stream (RFC 1950) of blocks that are stored, not compressed (RFC 1951): a few kilobytes are not worth more. */
function zlibStored(bytes: Uint8Array): number[] {
  const stream = [0x78, 0x01];
  for (let from = 0; from < bytes.length; from += storedBlockSize) {
    const block = bytes.subarray(from, from + storedBlockSize);
    const last = from + storedBlockSize >= bytes.length ? 1 : 0;
    const { length } = block;
    stream.push(last, length & 0xff, length >> 8, ~length & 0xff, (~length >> 8) & 0xff, ...block);
  }
  return [...stream, ...uint32(adler32(bytes))];
}

function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return b * 65_536 + a;
}

function crc32(bytes: readonly number[]): number {
  let crc = 0xffff_ffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb8_8320 : 0);
  }
  return (crc ^ 0xffff_ffff) >>> 0;
}

function uint32(value: number): number[] {
  return [(value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
}
