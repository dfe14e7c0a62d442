import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ask } from './testing/ask.ts';

const page = readFileSync(new URL('../docs/command.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/```jsonl ([a-z][^\n]*)\n(.*?)```\n\n```jsonl answers\n(.*?)```/gs)].map(
  ([, words = '', lines = '', shown = '']) => ({ words, lines, shown }),
);

describe('docs/command.md', () => {
  it('has an example of each verb', () => {
    expect(examples.map(({ words }) => words)).toEqual([
      'decide',
      'decide --explain',
      'compare',
      'check',
      'who-can',
      'reach',
    ]);
  });

  it.each(examples)('shows what leastwise iam $words answers', async ({ words, lines, shown }) => {
    const { status, answers } = await ask(['iam', ...words.split(' ')], lines);
    expect(status).toBe(0);
    const expected = shown.trim().split('\n');
    expect(answers.map(withoutWitnesses)).toEqual(expected.map((line) => withoutWitnesses(JSON.parse(line))));
  });
});

/** Any request that tells the sides apart is as good as another; compare.test.ts plays them back. */
function withoutWitnesses({ witnessA: _a, witnessB: _b, ...answer }: Record<string, unknown>) {
  return answer;
}
