/** Values between code and gateway as JSON: bytes and times have marks, as function-guest.js reads and writes them. */

/** What code asked for. Throws for what is no JSON. */
export function unpack(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value;
    const { $bytes: bytes, $date: date } = value as Readonly<Record<string, unknown>>;
    if (typeof bytes === 'string') return new Uint8Array(Buffer.from(bytes, 'base64'));
    if (typeof date === 'number') return new Date(date);
    return value;
  });
}

export function pack(value: unknown): string {
  return JSON.stringify(packed(value));
}

function packed(value: unknown): unknown {
  if (value instanceof Date) return { $date: value.getTime() };
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') };
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(packed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, packed(member)]));
}
