/** `Metadata: Leastwise:` of account.yaml, as far as it tells of the past. */
import type { Template } from '../../cloud/templates/template.ts';
import { readInput } from '../input.ts';
import { offeredOperation } from '../operations.ts';
import { accessKeysIn, namesOfStart } from '../past/names.ts';
import { type HistoryEntry, Past } from '../past/past.ts';
import { SIGN_IN } from '../past/sign-ins.ts';
import type { Problem } from '../problem.ts';
import { unknownNames } from '../variables.ts';
import type { Path, YamlFile } from './document.ts';
import { operationProblems } from './operations.ts';
import { type Fault, faultsOf } from './schema.ts';
import { schemaProblems } from './schema-problems.ts';
import { textsIn } from './texts-in.ts';

/** Where it stands in account.yaml. */
const PLACE: Path = ['Metadata', 'Leastwise'];

export type ReadPast =
  | { readonly kind: 'ok'; readonly past: Past }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** Reads what a start state says of the past; nothing where it says nothing. */
export function readPast(account: YamlFile): ReadPast {
  const found = PLACE.reduce<unknown>((data, step) => (isData(data) ? data[String(step)] : undefined), account.value);
  // What is no mapping the template's reader refuses.
  if (!isData(found)) return { kind: 'ok', past: {} };
  // Read by others.
  const { objects: _objects, neighbours: _neighbours, ...rest } = found;
  const faults = faultsOf(Past, rest).map((fault): Fault => ({ ...fault, path: [...PLACE, ...fault.path] }));
  return faults.length === 0
    ? { kind: 'ok', past: rest as Past }
    : { kind: 'invalid', problems: schemaProblems(account, faults) };
}

/** What a schema cannot say of it: names, calls and what goes together. */
export function pastProblems(
  account: YamlFile,
  past: Past,
  template: Template,
  known: readonly string[],
): readonly Problem[] {
  const keys = accessKeysIn(template);
  const names = [...known, ...namesOfStart(template, past)];
  return [
    ...textsIn(past, []).flatMap(([path, text]) =>
      unknownNames(text, names).map((name) =>
        account.problem(
          'unknown_name',
          [...PLACE, ...path],
          `\${${name}} is no name: the names here are ${names.join(', ')}.`,
        ),
      ),
    ),
    ...Object.keys(past.credentials ?? {}).flatMap((principal) => credentialProblems(account, principal, past, keys)),
    ...(past.history ?? []).flatMap((entry, n) =>
      historyProblems(account, entry, [...PLACE, 'history', n], past, keys),
    ),
  ];
}

function credentialProblems(
  account: YamlFile,
  principal: string,
  past: Past,
  keys: readonly string[],
): readonly Problem[] {
  const path = [...PLACE, 'credentials', principal];
  const [kind = '', name = ''] = principal.split('/');
  const { [kind]: takes = [] } = takenBy;
  const given = past.credentials?.[principal] ?? {};
  const extra = Object.keys(given).filter((member) => !takes.includes(member));
  return [
    ...extra.map((member) =>
      account.keyProblem(
        'unknown_field',
        [...path, member],
        `${principal} takes ${takes.join(', ')}, and no ${member}.`,
      ),
    ),
    ...(kind === 'key' && !keys.includes(name)
      ? [account.keyProblem('unknown_name', path, `${name} is no AWS::IAM::AccessKey of this template${nearby(keys)}.`)]
      : []),
    ...(kind !== 'root' && given.password === 'none'
      ? [
          account.problem(
            'wrong_value',
            [...path, 'password'],
            'none is of the root user alone: leave the LoginProfile out.',
          ),
        ]
      : []),
  ];
}

/** What can be said of each kind of principal. */
const takenBy: Readonly<Record<string, readonly string[]>> = {
  user: ['age', 'password', 'mfa'],
  role: ['age', 'used', 'region'],
  key: ['age', 'used', 'service', 'region'],
  root: ['password', 'mfa', 'key', 'region'],
};

function historyProblems(
  account: YamlFile,
  entry: HistoryEntry,
  path: Path,
  { sessions = {} }: Past,
  keys: readonly string[],
): readonly Problem[] {
  const { who, key, times, every, answer, call } = entry;
  const session = typeof who === 'string' && who.startsWith('session/') ? who.slice('session/'.length) : undefined;
  const isSignIn = call === SIGN_IN;
  const found: Problem[] = isSignIn ? [] : [...operationProblems(account, path, entry)];
  for (const member of ['with', 'answer', 'key'] as const) {
    if (!isSignIn || entry[member] === undefined) continue;
    found.push(account.keyProblem('unknown_field', [...path, member], `A sign-in takes no ${member}: leave it out.`));
  }
  if (isSignIn && (typeof who !== 'string' || !/^(user\/|root$)/.test(who))) {
    found.push(
      account.problem('wrong_value', [...path, 'who'], 'Users and root sign in with a password, and nobody else.'),
    );
  }
  if (session !== undefined && !Object.hasOwn(sessions, session)) {
    const message = `There is no session ${session}${nearby(Object.keys(sessions))}: say it under sessions.`;
    found.push(account.problem('unknown_name', [...path, 'who'], message));
  }
  if (key !== undefined && !keys.includes(key)) {
    const message = `${key} is no AWS::IAM::AccessKey of this template${nearby(keys)}.`;
    found.push(account.problem('unknown_name', [...path, 'key'], message));
  }
  if ((times === undefined) !== (every === undefined)) {
    found.push(account.problem('missing_field', path, 'times and every go together: how often, and how long apart.'));
  }
  const offered = offeredOperation(call);
  const read = offered && readInput(offered.model.output, answer ?? {});
  if (read?.kind === 'wrong') {
    found.push(account.problem('wrong_value', [...path, 'answer', ...read.path], `${call}: ${read.message}`));
  }
  return found;
}

function nearby(known: readonly string[]): string {
  return known.length === 0 ? '' : ` (there are ${known.join(', ')})`;
}

function isData(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
