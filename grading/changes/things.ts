/** What differs between two states of an account, thing by thing: users, roles, buckets, keys, whatever a service keeps in a table. */
import { nameOfKey } from '../../cloud/state-key.ts';
import type { Account } from '../../cloud/world.ts';
import { isTold, kindOf, tellingOf, wordsOf } from './words.ts';

/** A thing that was made, taken away or changed. */
export interface ChangedThing {
  readonly service: string;
  /** `user`, `bucket`, `access key`. */
  readonly kind: string;
  readonly name: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** What of it is another now, in words: `+ groups: Admins`, `status: Active → Inactive`, `tags`. */
  readonly facts: readonly string[];
}

type Data = Readonly<Record<string, unknown>>;

/** Objects of a bucket and the like: things in a thing, told by their names. */
const inside: Readonly<Record<string, string>> = { objects: 'object', items: 'item', messages: 'message' };

/** The changes of an account, service by service in their order. An account that was not there before is one with nothing in it. */
export function changedThings(before: Account | undefined, after: Account | undefined): readonly ChangedThing[] {
  const services = Object.keys(after ?? before ?? {}).filter((service) => service !== 'id');
  return services.flatMap((service) => {
    const [was, is] = [sliceOf(before, service), sliceOf(after, service)];
    if (was === is) return [];
    return namesOf(was, is)
      .filter((table) => isTold(service, table))
      .flatMap((table) => changesOfTable(service, table, was[table], is[table]));
  });
}

function sliceOf(account: Account | undefined, service: string): Data {
  const slice: unknown = account === undefined ? undefined : (account as unknown as Data)[service];
  return isData(slice) ? slice : {};
}

function changesOfTable(service: string, table: string, was: unknown, is: unknown): readonly ChangedThing[] {
  if (was === is) return [];
  const isTable = [was, is].every(
    (value) => value === undefined || (isData(value) && Object.values(value).every(isData)),
  );
  if (!isTable) return changeOf({ service, kind: 'setting', name: wordsOf(table) }, [table, was], [table, is]);
  const [before, after] = [isData(was) ? was : {}, isData(is) ? is : {}];
  const kind = kindOf(service, table);
  return namesOf(before, after).flatMap((key): readonly ChangedThing[] => {
    const [old, now] = [before[key], after[key]];
    const name = nameOfThing(key, isData(now) ? now : isData(old) ? old : {});
    return changeOf({ service, kind, name }, [table, old], [table, now]);
  });
}

type Placed = readonly [table: string, value: unknown];

/** None where nothing differs that is anybody's change. */
function changeOf(
  thing: Pick<ChangedThing, 'service' | 'kind' | 'name'>,
  [table, was]: Placed,
  [, is]: Placed,
): readonly ChangedThing[] {
  if (isSame(was, is)) return [];
  if (was === undefined || is === undefined) {
    return [{ ...thing, change: was === undefined ? 'added' : 'removed', facts: [] }];
  }
  if (!isData(was) || !isData(is)) return [{ ...thing, change: 'changed', facts: factsOf(table, was, is) }];
  const members = namesOf(was, is).filter((member) => !isSame(was[member], is[member]));
  const told = members.filter((member) => tellingOf(member) !== 'not');
  if (told.length === 0) return [];
  return [{ ...thing, change: 'changed', facts: told.flatMap((member) => factsOf(member, was[member], is[member])) }];
}

function factsOf(member: string, was: unknown, is: unknown): readonly string[] {
  const words = wordsOf(member);
  const telling = tellingOf(member);
  if (telling === 'documents' || telling === 'not') return [];
  if (telling === 'values') return [`${words}: ${shown(was)} → ${shown(is)}`];
  const what = inside[member];
  if (what !== undefined && isData(was) && isData(is)) return factsOfInside(what, was, is);
  if (isTexts(was ?? []) && isTexts(is ?? [])) {
    const [old, now] = [(was ?? []) as readonly string[], (is ?? []) as readonly string[]];
    return [
      ...now.filter((text) => !old.includes(text)).map((text) => `+ ${words}: ${text}`),
      ...old.filter((text) => !now.includes(text)).map((text) => `− ${words}: ${text}`),
    ];
  }
  return [words];
}

function factsOfInside(what: string, was: Data, is: Data): readonly string[] {
  return namesOf(was, is).flatMap((key) => {
    if (isSame(was[key], is[key])) return [];
    const sign = was[key] === undefined ? '+ ' : is[key] === undefined ? '− ' : '';
    return [`${sign}${what}: ${nameOfKey(key)}`];
  });
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return 'none';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A thing's own name; ids and ARNs where it has none. With its region where the table keeps things of several. */
function nameOfThing(key: string, thing: Data): string {
  const { name, arn, region } = thing;
  const own = typeof name === 'string' ? name : typeof arn === 'string' ? arn : nameOfKey(key);
  return typeof region === 'string' && key.includes(region) && !own.includes(region) ? `${own} (${region})` : own;
}

function namesOf(was: Data, is: Data): readonly string[] {
  return [...new Set([...Object.keys(was), ...Object.keys(is)])];
}

function isSame(was: unknown, is: unknown): boolean {
  return was === is || JSON.stringify(was) === JSON.stringify(is);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
