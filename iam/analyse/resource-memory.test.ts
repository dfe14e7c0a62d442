import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compileGlob, matchGlob } from '../glob.ts';
import { inOrder } from './alphabet.ts';
import { literal, oneOrMore, type Pattern } from './language.ts';
import { classMembers } from './members.ts';
import { resourcePattern } from './patterns.ts';
import { ResourceMemory } from './resource-memory.ts';

const BUDGET = 10_000;
const BUCKETS: Pattern = [...literal('s:'), ...oneOrMore({ not: false, chars: 'xyzab' })];
const OBJECTS: Pattern = [...BUCKETS, ...literal('/'), ...oneOrMore({ not: true, chars: '' })];
const QUEUES: Pattern = [...literal('q:'), ...oneOrMore({ not: true, chars: ':' })];
const UNIVERSES = [BUCKETS, OBJECTS, QUEUES];

const tail = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*', '?'), minLength: 1, maxLength: 4 });
const patterns = fc.uniqueArray(
  fc.tuple(fc.constantFrom('s:', 'q:', '*'), tail).map(([head, rest]) => head + rest),
  { minLength: 1, maxLength: 4 },
);

it('finds in one universe after the other what is found in all at once', () => {
  fc.assert(
    fc.property(patterns, (drawn) => {
      const globs = drawn.map((pattern) => compileGlob([{ pattern }], 'arn'));
      const accepting = (text: string) => globs.map((glob) => matchGlob(glob, text)).join();
      const firsts = (texts: readonly string[]) => {
        const first = new Map<string, string>();
        for (const text of [...texts].sort(inOrder)) if (!first.has(accepting(text))) first.set(accepting(text), text);
        return first;
      };
      const all = drawn.map((pattern) => resourcePattern([{ pattern }]));
      const memory = new ResourceMemory([]);
      const apart = UNIVERSES.flatMap((universe) => memory.textsIn(universe, all, BUDGET) ?? []);
      const together = classMembers(all, UNIVERSES, BUDGET)?.map(({ text }) => text) ?? [];
      expect(firsts(apart)).toEqual(firsts(together));
    }),
    { numRuns: 100 },
  );
});

it('gives up past its budget, for the universe at hand', () => {
  const memory = new ResourceMemory([]);
  const pattern = resourcePattern([{ pattern: 's:*a*b' }]);
  expect(memory.textsIn(BUCKETS, [pattern], 3)).toBeUndefined();
  expect(memory.textsIn(QUEUES, [pattern], 3)).toEqual(['q:x']);
});
