/** The names that differ from learner to learner: how they are drawn, and how they come into a text. */
import type { Random } from '../cloud/call.ts';
import type { Challenge } from './challenge.ts';
import { words } from './words.ts';

/** Values by name, as drawn for one learner. */
export type Variables = Readonly<Record<string, string>>;

const token = /\{(word|digits|letters)(?::(\d+))?\}/g;

/**
 * Draws the names of `vary` for one learner, and `Flag`, which every challenge has: `flag{…}` with 128 random bits.
 * `{word}` is one of a list, `{digits:n}` n decimal digits, `{letters:n}` n lower-case letters.
 */
export function drawVariables(challenge: Pick<Challenge, 'vary'>, random: Random): Record<string, string> {
  const drawn: Record<string, string> = {};
  for (const [name, pattern] of Object.entries(challenge.vary)) {
    drawn[name] = pattern.replace(token, (_, kind: string, length: string | undefined) =>
      kind === 'word' ? pick(words, random) : draw(kind === 'digits' ? digits : letters, Number(length), random),
    );
  }
  drawn[flagName] = `flag{${draw(hexadecimal, 32, random)}}`;
  return drawn;
}

/** The name of the text that every challenge may plant and ask for. */
export const flagName = 'Flag';

/** The learner’s variables together with what is known of their account. */
export function withAccount(variables: Variables, account: { accountId: string; region: string }): Variables {
  return { ...variables, [accountNames.accountId]: account.accountId, [accountNames.region]: account.region };
}

const accountNames = { accountId: 'AWS::AccountId', region: 'AWS::Region' } as const;

/** The names that a challenge’s texts may use. */
export function knownNames(vary: Readonly<Record<string, string>>): readonly string[] {
  return [...Object.keys(vary), flagName, ...Object.values(accountNames)];
}

const placeholder = /\$\{([^{}]*)\}/g;

/** `${Name}` replaced for the names given; every other `${…}` stays as it is. */
export function substitute(text: string, variables: Variables): string {
  return text.replace(placeholder, (whole, name: string) =>
    Object.hasOwn(variables, name) ? (variables[name] ?? whole) : whole,
  );
}

/** The same for every text inside plain data, its keys included. */
export function substituteAll<T>(data: T, variables: Variables): T {
  return replaced(data, variables) as T;
}

function replaced(data: unknown, variables: Variables): unknown {
  if (typeof data === 'string') return substitute(data, variables);
  if (Array.isArray(data)) return data.map((item) => replaced(item, variables));
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [substitute(key, variables), replaced(value, variables)]),
  );
}

/**
 * The names in a text that neither the challenge knows nor IAM. IAM’s policy variables have a single colon
 * (`${aws:username}`) or are one of its escapes (`${*}`, `${?}`, `${$}`).
 */
export function unknownNames(text: string, known: readonly string[]): readonly string[] {
  return [...text.matchAll(placeholder)]
    .map(([, name]) => name ?? '')
    .filter((name) => !known.includes(name) && !/^(\*|\?|\$|[A-Za-z0-9-]+:[^:].*)$/.test(name));
}

const digits = '0123456789';
const letters = 'abcdefghijklmnopqrstuvwxyz';
const hexadecimal = '0123456789abcdef';

function draw(alphabet: string, length: number, random: Random): string {
  return Array.from({ length }, () => pick(alphabet, random)).join('');
}

function pick(choices: ArrayLike<string>, random: Random): string {
  return choices[below(choices.length, random)] ?? '';
}

/** A number from 0 to `limit` − 1, each as likely: bytes that would favour the low ones are thrown away. */
function below(limit: number, random: Random): number {
  const fair = 256 - (256 % limit);
  for (;;) {
    const [byte = 0] = random.bytes(1);
    if (byte < fair) return byte % limit;
  }
}
