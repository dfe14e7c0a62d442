import { afterAll, describe, expect, it } from 'vitest';

const nodes = globalThis.Buffer;
const { PageBuffer } = await import('./buffer.ts');

describe('PageBuffer', () => {
  afterAll(() => Object.assign(globalThis, { Buffer: nodes }));

  it('reads and writes as Node does', () => {
    const bytes = new Uint8Array([0, 255, 195, 169]);
    for (const encoding of ['latin1', 'base64', 'utf8'] as const) {
      expect(PageBuffer.from(bytes).toString(encoding)).toBe(nodes.from(bytes).toString(encoding));
    }
    expect([...PageBuffer.from('aGk=', 'base64')]).toEqual([104, 105]);
    expect([...PageBuffer.from('é')]).toEqual([195, 169]);
    expect([...PageBuffer.from('é', 'latin1')]).toEqual([233]);
  });
});
