import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JsonNode, readJson } from './json.ts';

function plain(node: JsonNode): unknown {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries(node.members.map(({ key, value }) => [key, plain(value)]));
    case 'array':
      return node.items.map(plain);
    case 'number':
      return Number(node.text);
    case 'null':
      return null;
    default:
      return node.value;
  }
}

describe('readJson', () => {
  it('reads what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(undefined, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const reading = readJson(text);
        expect(reading.kind === 'read' ? plain(reading.root) : reading).toEqual(JSON.parse(text));
      }),
    );
  });

  it('reads exactly what JSON.parse reads', () => {
    const text = fc.string({ unit: fc.constantFrom(...'{}[]",:0123-+.eE \n\\utrfalsn'), maxLength: 14 });
    const isJson = (candidate: string) => {
      try {
        JSON.parse(candidate);
        return true;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(text, (candidate) => (readJson(candidate).kind === 'read') === isJson(candidate)),
      { numRuns: 5000 },
    );
  });

  it('knows the place of every node', () => {
    const reading = readJson('{"a": [1, "xy"]}');
    const root = reading.kind === 'read' ? reading.root : undefined;
    const list = root?.kind === 'object' ? root.members[0]?.value : undefined;
    expect(list).toMatchObject({ kind: 'array', from: 6, to: 15 });
    expect(list?.kind === 'array' ? list.items[1] : undefined).toMatchObject({ from: 10, to: 14, value: 'xy' });
  });

  it('survives any depth', () => {
    expect(readJson('['.repeat(100_000))).toMatchObject({ kind: 'fault' });
    expect(readJson('{"a":'.repeat(100_000))).toMatchObject({ kind: 'fault' });
  });
});
