/** A journal as a release wrote it: a snapshot, the rows after it, and the state that they come to. */
import { createHash } from 'node:crypto';
import type { World } from '../../cloud/world.ts';

/** By account id, by slice, its tables: what the release that wrote the journal knew. */
type Shape = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

export interface JournalFixture {
  readonly primaryAccountId: string;
  readonly snapshot: { readonly seq: number; readonly world: unknown };
  readonly rows: readonly {
    readonly seq: number;
    readonly name: string;
    readonly requestId: string | null;
    readonly call: unknown;
    readonly patches: unknown;
  }[];
  readonly shape: Shape;
  /** SHA-256 of the state after the last row, as far as its shape goes; lower-case hex. */
  readonly digest: string;
}

/** The slices and tables of a state. */
export function shapeOf(world: World): Shape {
  return mapped(world.accounts, (account) =>
    mapped(account as unknown as Readonly<Record<string, unknown>>, (slice) =>
      typeof slice === 'object' && slice !== null ? Object.keys(slice) : [],
    ),
  );
}

/** The digest of a state without slices and tables that came later: a release may add some, and fills them in when it loads. */
export function digestOf(world: World, shape: Shape): string {
  const accounts = mapped(shape, (slices, id) => {
    const account = world.accounts[id] as unknown as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    return mapped(slices, (tables, name) => {
      const slice = account[name];
      return typeof slice === 'object' ? Object.fromEntries(tables.map((table) => [table, slice[table]])) : slice;
    });
  });
  return createHash('sha256')
    .update(JSON.stringify({ ...world, accounts }, sorted))
    .digest('hex');
}

/** For `JSON.stringify`: the members of objects in one order, whatever order they came in. */
function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function mapped<From, To>(
  record: Readonly<Record<string, From>>,
  to: (value: From, name: string) => To,
): Readonly<Record<string, To>> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, to(value, name)]));
}
