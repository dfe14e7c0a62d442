/** Condition keys by name: which exist, how they are written, and how many values of which type they have. */
import type { ActionCatalogue, ConditionKey } from './catalogue.ts';
import { GLOBAL_KEYS } from './known-services.ts';

/** What is known of a key. `unknown` where its service is known in detail, and has no such key. */
export type KeyKnowledge =
  | { readonly kind: 'known'; readonly key: ConditionKey; readonly name: string }
  | { readonly kind: 'unknown' | 'unknown-global' | 'unknown-service' | 'not-looked-up' };

/** The fixed part of a documented key, in lower case: `aws:requesttag/`. The whole key where nothing is to be filled in. */
function fixedPart({ name }: ConditionKey): { readonly start: string; readonly open: boolean } {
  const variable = name.search(/[$<]/);
  const at = variable >= 0 ? variable : name.endsWith('/tag-key') ? name.length - 'tag-key'.length : -1;
  return at < 0 ? { start: name.toLowerCase(), open: false } : { start: name.slice(0, at).toLowerCase(), open: true };
}

const matches = (key: ConditionKey, lower: string) => {
  const { start, open } = fixedPart(key);
  return open ? lower.startsWith(start) && lower.length > start.length : lower === start;
};

/** A key as it is documented: the given letters only where the documentation leaves them open. */
function rightName(key: ConditionKey, text: string): string {
  const { start, open } = fixedPart(key);
  return open ? key.name.slice(0, start.length) + text.slice(start.length) : key.name;
}

/** Keys that are used as they stand here, though lists of keys have them otherwise or not at all. */
const EXTRA: readonly ConditionKey[] = [
  { name: 'aws:PrincipalOrgMasterAccountId', type: 'String' },
  { name: 'aws:MultiFactorAuthAge', type: 'Numeric' },
];

/** Prefixes of keys that belong to identity providers. */
const PROVIDER_PREFIXES = new Set(['saml', 'ldap', 'graph.facebook.com', 'accounts.google.com', 'www.amazon.com']);

/** What is known of a key. Without the prefixes of all services none is unknown. */
export function lookUpKey(catalogue: ActionCatalogue, text: string, services?: ReadonlySet<string>): KeyKnowledge {
  const lower = text.toLowerCase();
  const global = [...GLOBAL_KEYS, ...EXTRA].find((key) => matches(key, lower));
  if (global !== undefined) return { kind: 'known', key: global, name: rightName(global, text) };
  const prefix = lower.slice(0, lower.indexOf(':'));
  if (prefix === 'aws') return { kind: 'unknown-global' };
  if (prefix.includes('.') || PROVIDER_PREFIXES.has(prefix)) return { kind: 'not-looked-up' };
  if (
    services?.has(prefix) === false &&
    ![...catalogue.values()].some(({ conditionKeys }) =>
      conditionKeys.some((key) => key.name.toLowerCase().startsWith(`${prefix}:`)),
    )
  )
    return { kind: 'unknown-service' };
  const service = catalogue.get(prefix);
  if (service === undefined) return { kind: 'not-looked-up' };
  const found = service.conditionKeys.find((key) => matches(key, lower));
  return found === undefined ? { kind: 'unknown' } : { kind: 'known', key: found, name: rightName(found, text) };
}

/** Whether the list of an action's keys has a key. */
export function hasKey(keys: readonly ConditionKey[], text: string): boolean {
  const lower = text.toLowerCase();
  return keys.some((key) => matches(key, lower));
}

/** Keys of EventBridge are documented as arrays, and AWS's own policies compare them as single values. */
export function isMultivalued({ name, type }: ConditionKey): boolean {
  return type.startsWith('ArrayOf') && !name.startsWith('events:');
}

/** Which operators a key's type takes: their families by the start or the end of their names. */
export function operatorFamilies({ type }: ConditionKey): readonly string[] {
  const single = type.startsWith('ArrayOf') ? type.slice('ArrayOf'.length) : type;
  // AWS compares ARNs as strings where a string operator asks, booleans and numbers too, but those not as they are meant.
  return (
    {
      ARN: ['Arn', 'String'],
      Bool: ['Bool'],
      Numeric: ['Numeric'],
      Date: ['Date', 'Numeric'],
      IPAddress: ['IpAddress'],
    }[single] ?? ['String', 'Arn']
  );
}

/** The family of an operator: `String`, `Arn`, `Bool`, `Numeric`, `Date`, `IpAddress`, `Binary`, `Null`. */
export function familyOf(operator: string): string {
  if (operator.endsWith('IpAddress')) return 'IpAddress';
  return (
    ['String', 'Arn', 'Bool', 'Numeric', 'Date', 'Binary', 'Null'].find((family) => operator.startsWith(family)) ??
    operator
  );
}
