import { describe, expect, test } from 'vitest';
import { fullResult, paginate, textParts } from './paginate.ts';
import type { Paginator } from './service-description.ts';
import { recorded } from './testing/recorded.ts';
import type { ValueMap } from './value.ts';

const paginator: Paginator = {
  input_token: ['Marker'],
  output_token: ['Marker'],
  more_results: 'IsTruncated',
  limit_key: 'MaxItems',
  result_key: ['Users', 'Groups'],
  non_aggregate_keys: ['Owner'],
};

/** Three pages of two users each; the first has a group. */
async function pageOf(input: ValueMap): Promise<ValueMap> {
  const at = Number(input['Marker'] ?? 0);
  return {
    Users: [`u${at}`, `u${at + 1}`],
    Groups: at === 0 ? ['g'] : [],
    Owner: { ID: `from ${at}` },
    IsTruncated: at < 4,
    ...(at < 4 && { Marker: String(at + 2) }),
  };
}

const run = (options: Parameters<typeof paginate>[2]) => paginate(paginator, { Path: '/' }, options, pageOf);
const decoded = (token: string | undefined) => JSON.parse(Buffer.from(token ?? '', 'base64').toString());

describe('pages', () => {
  test('are joined under their result keys; other members are those of the first', async () => {
    expect(fullResult(await run({}))).toEqual({
      Users: ['u0', 'u1', 'u2', 'u3', 'u4', 'u5'],
      Groups: ['g'],
      Owner: { ID: 'from 0' },
    });
  });

  test('end after so many items, in the middle of a page', async () => {
    const cut = await run({ maxItems: 3 });
    expect(fullResult(cut)).toMatchObject({ Users: ['u0', 'u1', 'u2'] });
    expect(decoded(cut.nextToken)).toEqual({ Marker: '2', boto_truncate_amount: 1 });
  });

  test('end after so many items, between two pages', async () => {
    expect(decoded((await run({ maxItems: 2 })).nextToken)).toEqual({ Marker: '2' });
  });

  test('go on where they ended, without what was seen', async () => {
    const { nextToken = '' } = await run({ maxItems: 3 });
    const rest = await run({ startingToken: nextToken });
    expect(fullResult(rest)).toEqual({ Users: ['u3', 'u4', 'u5'], Groups: [], Owner: { ID: 'from 2' } });
  });

  test('take the older form of a token', async () => {
    expect(fullResult(await run({ startingToken: '2___1', maxItems: 1 }))).toMatchObject({ Users: ['u3'] });
  });

  test('are printed one after the other as text', async () => {
    const parts = textParts(await run({ maxItems: 3 }));
    expect(parts.map((part) => part['Users'])).toEqual([['u0', 'u1'], ['u2'], undefined]);
    expect(parts[0]).toHaveProperty('Owner');
    expect(parts[1]).not.toHaveProperty('Owner');
    expect(parts[2]).toHaveProperty('NextToken.NextToken');
  });

  test('that repeat themselves are an error, not a loop', async () => {
    const stuck = async () => ({ Users: ['u'], IsTruncated: true, Marker: 'same' });
    await expect(paginate(paginator, {}, {}, stuck)).rejects.toThrow('The same next token was received twice');
  });
});

test.each(recorded.tokens.filter(([token]) => Object.keys(token).length === 1))(
  'the token of %j is written as AWS CLI v2 writes it',
  async (token, text) => {
    const [name = '', value = null] = Object.entries(token)[0] ?? [];
    const found = await paginate(
      { input_token: [name], output_token: ['Next'], result_key: ['Items'] },
      {},
      { maxItems: 1 },
      async () => ({ Items: [1], Next: value }),
    );
    expect(found.nextToken).toBe(text);
  },
);
