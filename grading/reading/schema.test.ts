import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ChallengeFile } from '../challenge.ts';
import { pointerOf } from './document.ts';
import { faultsOf } from './schema.ts';

const challenge = (name: string): Record<string, unknown> =>
  parse(readFileSync(new URL(`../../challenges/foundations/${name}/challenge.yaml`, import.meta.url), 'utf8'));

const check = { id: 'lists', title: 'Bea can list', access: { who: 'user/Bea', can: 's3:ListBucket' } };

function faults(change: Record<string, unknown>): readonly string[] {
  return faultsOf(ChallengeFile, { ...challenge('first-policy'), ...change }).map(
    (fault) => `${pointerOf(fault.path)} ${fault.message}`,
  );
}

describe('faults of a file against its schema', () => {
  it('has nothing to say of the challenges that stand here', () => {
    for (const name of ['first-policy', 'deny-wins', 'managed-too-wide', 'self-service-admin', 'playground']) {
      expect(faultsOf(ChallengeFile, challenge(name))).toEqual([]);
    }
  });

  it('says which field is missing, and what it takes', () => {
    expect(faults({ title: undefined })).toEqual(['/title title is missing: it takes a title.']);
  });

  it('says which fields there are where one is unknown', () => {
    expect(faults({ you: [{ profile: 'a', principal: 'user/A', color: 'red' }] })).toEqual([
      '/you/0/color color is no field of this: the fields here are profile, principal.',
    ]);
  });

  it('says what a wrong value would have to be', () => {
    expect(faults({ level: 9 })).toEqual(['/level level is 9; it takes from 1 (first hour) to 5 (expert).']);
    expect(faults({ type: 'quiz' })).toEqual([
      '/type type is "quiz"; it takes fix, write, attack-then-fix, investigate, decide or free.',
    ]);
    expect(faults({ objectives: 'all of it' })).toEqual([
      '/objectives objectives is "all of it"; it takes a value of type array.',
    ]);
    expect(faults({ title: '' })).toEqual(['/title title is empty.']);
    expect(faults({ checks: [] })).toEqual(['/checks checks has 0 entries; it needs at least 1.']);
  });

  it('looks into the form of a check that was meant', () => {
    expect(faults({ checks: [{ ...check, access: { who: 'users/Bea', can: 's3:ListBucket' } }] })).toEqual([
      '/checks/0/access/who who is "users/Bea"; it takes role/Name, user/Name, root, anonymous, session/name or key/ with the name of an access key.',
    ]);
    expect(faults({ checks: [{ ...check, access: { who: { assume: 'role/A' }, can: 's3:ListBucket' } }] })).toEqual([
      '/checks/0/access/who/by by is missing: it takes role/Name or user/Name.',
    ]);
  });

  it('says what a check is where none was meant', () => {
    expect(faults({ checks: [{ id: 'a', title: 'Not yet' }] })).toEqual([
      '/checks/0 entry 1 of checks is a mapping of id, title; it takes a check: id, title, and one of access, bounds, reach, call, state, flag.',
    ]);
  });

  it('agrees with TypeBox on what is valid, whatever one value is changed to', () => {
    const base = challenge('self-service-admin');
    const places = placesIn(base, []);
    const wrong = fc.oneof(fc.jsonValue(), fc.constantFrom('user/Bea', 's3:GetObject', 'a', {}, [], true, 3));
    fc.assert(
      fc.property(fc.constantFrom(...places), wrong, (path, value) => {
        const changed = structuredClone(base);
        put(changed, path, value);
        expect(faultsOf(ChallengeFile, changed).length === 0).toBe(Value.Check(ChallengeFile, changed));
      }),
      { numRuns: 1500 },
    );
  });
});

type Place = readonly (string | number)[];

function placesIn(data: unknown, path: Place): readonly Place[] {
  if (typeof data !== 'object' || data === null) return [path];
  const inner = Object.entries(data).flatMap(([key, value]) =>
    placesIn(value, [...path, Array.isArray(data) ? Number(key) : key]),
  );
  return [...(path.length === 0 ? [] : [path]), ...(Array.isArray(data) ? [] : [[...path, 'extra']]), ...inner];
}

function put(data: unknown, path: Place, value: unknown): void {
  const [step, ...rest] = path;
  const holder = data as Record<string | number, unknown>;
  if (step === undefined) return;
  if (rest.length === 0) holder[step] = value;
  else put(holder[step], rest, value);
}
