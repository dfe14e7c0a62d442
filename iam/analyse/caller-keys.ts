/** The keys that name the caller: its ARN settles its name and its account, so they are told apart together. */
import { type KeyValue, type PlacedClause, textPatterns } from './key-values.ts';
import { ACCOUNT, PATH_CHARS, universeOf, type Who } from './known-keys.ts';
import { literal, type Pattern } from './language.ts';
import { classMembers } from './members.ts';
import { intersects } from './overlap.ts';
import { ANYTHING } from './patterns.ts';

const ARN = 'aws:principalarn';
const NAME = 'aws:username';
const ACCOUNT_ID = 'aws:principalaccount';

export function isOfCallersName(key: string): boolean {
  return key === ARN || key === NAME || key === ACCOUNT_ID;
}

/** Joint values of the keys, in their order. Undefined past the budget. */
export function callersNamed(
  keys: readonly string[],
  clausesOn: (key: string) => readonly PlacedClause[],
  known: ReadonlyMap<string, KeyValue>,
  who: Who,
  budget: number,
): readonly (readonly KeyValue[])[] | undefined {
  const kind = who.kind === 'user' ? 'user' : 'role';
  const patternsOn = (key: string) => clausesOn(key).flatMap(({ clause, context }) => textPatterns(clause, context));
  const patterns = [
    ...patternsOn(ARN),
    ...patternsOn(NAME).flatMap((name) => arnsNamed(kind, ACCOUNT, withoutSlash(name))),
    ...patternsOn(ACCOUNT_ID).map((account) => [
      ...literal('arn:aws:iam::'),
      ...account,
      ...literal(`:${kind}/`),
      ...ANYTHING,
    ]),
  ];
  const excluded = who.unlike ?? [];
  const members = classMembers([...patterns, ...excluded.map(literal)], callerArns(kind, known, who), budget);
  return members
    ?.map(({ text }) => text)
    .filter((text) => !excluded.includes(text))
    .map((arn) => keys.map((key) => keyIn(arn, key, kind)))
    .filter((point) => keys.every((key, i) => !known.has(key) || known.get(key) === point[i]));
}

function keyIn(arn: string, key: string, kind: 'user' | 'role'): KeyValue {
  if (key === ARN) return arn;
  if (key === ACCOUNT_ID) return arn.split(':')[4];
  return kind === 'user' ? arn.slice(arn.lastIndexOf('/') + 1) : undefined;
}

/** The ARNs of such callers, as far as variables have not settled them. */
function callerArns(kind: 'user' | 'role', known: ReadonlyMap<string, KeyValue>, who: Who): readonly Pattern[] {
  const [arn, name, account] = [known.get(ARN), known.get(NAME), known.get(ACCOUNT_ID)];
  if (typeof arn === 'string') return [literal(arn)];
  const all = universeOf(ARN, who);
  if (typeof name !== 'string' && typeof account !== 'string') return all;
  const accountId = typeof account === 'string' ? literal(account) : ACCOUNT;
  const named = arnsNamed(kind, accountId, typeof name === 'string' ? literal(name) : ANY_NAME);
  return named.filter((pattern) => all.some((possible) => intersects(pattern, possible)));
}

const ANY_NAME: Pattern = [
  { run: false, not: false, chars: PATH_CHARS.replace('/', '') },
  { run: true, not: false, chars: PATH_CHARS.replace('/', '') },
];

/** ARNs whose last part is such a name, with a path and without. */
function arnsNamed(kind: 'user' | 'role', account: Pattern, name: Pattern): readonly Pattern[] {
  const before = [...literal('arn:aws:iam::'), ...account, ...literal(`:${kind}/`)];
  return [
    [...before, ...name],
    [...before, { run: true, not: false, chars: PATH_CHARS }, ...literal('/'), ...name],
  ];
}

function withoutSlash(pattern: Pattern): Pattern {
  return pattern.map((token) => (token.not ? { ...token, chars: `${token.chars}/` } : token));
}
