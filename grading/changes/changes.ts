/** What differs between two moments of a sandbox, as its learner may see it: "what did I change". */
import type { World } from '../../cloud/world.ts';
import type { Caller } from '../../iam/model.ts';
import { Reading } from '../matrix/readable.ts';
import type { Platform } from '../requests.ts';
import { flagName, type Variables } from '../variables.ts';
import { policyTexts } from './documents.ts';
import { type ChangedThing, changedThings } from './things.ts';

/** More than a page can show. */
const MOST = 200;

/** A policy whose text is another, or that is new (before: null) or gone (after: null). */
export interface ChangedDocument {
  readonly accountId: string;
  readonly title: string;
  readonly before: string | null;
  readonly after: string | null;
  /** The permissions that the learner's keys lack to read it; the texts are null then. */
  readonly needs: readonly string[];
}

export interface Changes {
  readonly things: readonly (ChangedThing & { readonly accountId: string })[];
  readonly documents: readonly ChangedDocument[];
  /** How many differences there are besides. */
  readonly leftOff: number;
}

/** What a comparison is made of. */
export interface ChangesGrounds extends Platform {
  readonly before: World;
  /** The sandbox as it is. */
  readonly world: World;
  /** As drawn for this learner. */
  readonly variables: Variables;
  /** The learner: every caller whose keys they have. */
  readonly learner: readonly Caller[];
}

/** Compares. No secret is told, no document that the learner's keys may not read, and the flag stands nowhere. */
export function changesBetween(grounds: ChangesGrounds): Changes {
  const { before, world, variables } = grounds;
  const reading = new Reading(grounds);
  const accountIds = [...new Set([...Object.keys(world.accounts), ...Object.keys(before.accounts)])];
  const things = accountIds.flatMap((accountId) =>
    changedThings(before.accounts[accountId], world.accounts[accountId]).map((thing) => ({ accountId, ...thing })),
  );
  const documents = accountIds.flatMap((accountId) => changedDocuments(grounds, accountId, reading));
  const changes = {
    things: things.slice(0, MOST),
    documents: documents.slice(0, MOST),
    leftOff: Math.max(0, things.length - MOST) + Math.max(0, documents.length - MOST),
  };
  const text = JSON.stringify(changes);
  const flag = variables[flagName];
  return flag !== undefined && text.includes(flag) ? JSON.parse(text.replaceAll(flag, 'flag{…}')) : changes;
}

function changedDocuments(
  { before, world }: ChangesGrounds,
  accountId: string,
  reading: Reading,
): readonly ChangedDocument[] {
  const [was, is] = [policyTexts(before, accountId), policyTexts(world, accountId)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((title): readonly ChangedDocument[] => {
    const [old, now] = [was.get(title), is.get(title)];
    if (old?.text === now?.text) return [];
    const needs = reading.wanting([...((now ?? old)?.reads ?? [])]);
    if (needs.length > 0) return [{ accountId, title, before: null, after: null, needs }];
    return [{ accountId, title, before: old?.text ?? null, after: now?.text ?? null, needs }];
  });
}
