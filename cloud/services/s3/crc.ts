/**
 * Cyclic redundancy checks as S3's checksums use them, all reflected: CRC-32 (ISO-HDLC), CRC-32C (iSCSI) and CRC-64/NVME.
 * Values are kept as two unsigned 32-bit halves, because JavaScript's bit operators know no more.
 */

export type CrcAlgorithm = 'CRC32' | 'CRC32C' | 'CRC64NVME';

const polynomials: Readonly<Record<CrcAlgorithm, bigint>> = {
  CRC32: 0xedb88320n,
  CRC32C: 0x82f63b78n,
  CRC64NVME: 0x9a6c9329ac4bc9b5n,
};

const widths: Readonly<Record<CrcAlgorithm, number>> = { CRC32: 32, CRC32C: 32, CRC64NVME: 64 };

/** Bytes that are taken in one step: each has a table, of what it comes to when that many others follow it in the step. */
const AT_ONCE = 8;

interface Table {
  readonly high: Uint32Array;
  readonly low: Uint32Array;
}

const tables = new Map<CrcAlgorithm, Table>();

function tableOf(algorithm: CrcAlgorithm): Table {
  const known = tables.get(algorithm);
  if (known !== undefined) return known;
  const polynomial = polynomials[algorithm];
  const table = { high: new Uint32Array(AT_ONCE * 256), low: new Uint32Array(AT_ONCE * 256) };
  for (let byte = 0; byte < 256; byte++) {
    let value = BigInt(byte);
    for (let place = 0; place < AT_ONCE; place++) {
      for (let bit = 0; bit < 8; bit++) value = value & 1n ? (value >> 1n) ^ polynomial : value >> 1n;
      table.high[place * 256 + byte] = Number(value >> 32n);
      table.low[place * 256 + byte] = Number(value & 0xffffffffn);
    }
  }
  tables.set(algorithm, table);
  return table;
}

/** An entry that is there. */
function at(table: Uint32Array | Uint8Array, index: number): number {
  return table[index] as number;
}

/** Four bytes, the first one lowest. */
function word(bytes: Uint8Array, from: number): number {
  return at(bytes, from) | (at(bytes, from + 1) << 8) | (at(bytes, from + 2) << 16) | (at(bytes, from + 3) << 24);
}

/** The checksum as big-endian bytes, 4 or 8. */
export function crc(algorithm: CrcAlgorithm, bytes: Uint8Array): Uint8Array {
  const { high, low } = tableOf(algorithm);
  const wide = widths[algorithm] === 64;
  let h = wide ? 0xffffffff : 0;
  let l = 0xffffffff;
  const whole = bytes.length - (bytes.length % AT_ONCE);
  /** Of the bytes of a step, by their place: the first have the most after them. */
  const step = (table: Uint32Array, first: number, second: number) =>
    at(table, 1792 + (first & 0xff)) ^
    at(table, 1536 + ((first >>> 8) & 0xff)) ^
    at(table, 1280 + ((first >>> 16) & 0xff)) ^
    at(table, 1024 + (first >>> 24)) ^
    at(table, 768 + (second & 0xff)) ^
    at(table, 512 + ((second >>> 8) & 0xff)) ^
    at(table, 256 + ((second >>> 16) & 0xff)) ^
    at(table, second >>> 24);
  for (let from = 0; from < whole; from += AT_ONCE) {
    const first = l ^ word(bytes, from);
    const second = h ^ word(bytes, from + 4);
    l = step(low, first, second);
    h = wide ? step(high, first, second) : 0;
  }
  for (let from = whole; from < bytes.length; from++) {
    const index = (l ^ at(bytes, from)) & 0xff;
    l = ((l >>> 8) | (h << 24)) ^ at(low, index);
    h = (h >>> 8) ^ at(high, index);
  }
  const value = (BigInt((wide ? ~h : 0) >>> 0) << 32n) | BigInt(~l >>> 0);
  return toBytes(value, widths[algorithm]);
}

/**
 * The checksum of two texts one after the other, from the checksum of each and the length of the second: what S3 answers
 * for a whole object whose parts it knows only one by one.
 */
export function combineCrc(
  algorithm: CrcAlgorithm,
  first: Uint8Array,
  second: Uint8Array,
  secondLength: number,
): Uint8Array {
  const width = widths[algorithm];
  // Appending a zero byte is linear over GF(2): apply its matrix once for each byte of the second text, by squaring.
  let matrix = zeroByteMatrix(algorithm, width);
  let value = toBigInt(first);
  for (let length = secondLength; length > 0; length = Math.floor(length / 2)) {
    if (length % 2 === 1) value = times(matrix, value);
    matrix = matrix.map((column) => times(matrix, column));
  }
  return toBytes(value ^ toBigInt(second), width);
}

/** Columns: where each bit goes when eight zero bits follow. */
function zeroByteMatrix(algorithm: CrcAlgorithm, width: number): readonly bigint[] {
  return Array.from({ length: width }, (_, bit) => {
    let value = 1n << BigInt(bit);
    for (let step = 0; step < 8; step++) value = value & 1n ? (value >> 1n) ^ polynomials[algorithm] : value >> 1n;
    return value;
  });
}

function times(matrix: readonly bigint[], vector: bigint): bigint {
  let sum = 0n;
  let rest = vector;
  for (let bit = 0; rest > 0n; bit++, rest >>= 1n) if (rest & 1n) sum ^= matrix[bit] ?? 0n;
  return sum;
}

function toBigInt(bytes: Uint8Array): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

function toBytes(value: bigint, width: number): Uint8Array {
  const bytes = new Uint8Array(width / 8);
  for (let place = bytes.length - 1, rest = value; place >= 0; place--, rest >>= 8n)
    bytes[place] = Number(rest & 0xffn);
  return bytes;
}
