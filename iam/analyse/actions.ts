/**
 * Actions: a finite set. Those of the catalogue, those that a service may get in future, and one of a service that nobody knows.
 * A service that the catalogue lacks has any action whose name its policies can tell from others.
 */
import { matchGlob } from '../glob.ts';
import { isOfObjects, OF_OBJECTS } from '../s3-access.ts';
import { suppliedResource } from '../supplied-resource.ts';
import { FUTURE_ACTION, namesOf, namesToCome } from './action-names.ts';
import { goesWithAction, isListOfBucket, LISTS_OF_BUCKETS } from './known-keys.ts';
import type { Pattern } from './language.ts';
import { ANYTHING } from './patterns.ts';
import type { Reading } from './readings.ts';
import { arnsOfAccount, formatsTold } from './resources.ts';

/** An action as the Service Authorization Reference has it. What an entry does not say is not known. */
export interface KnownAction {
  /** Without the service: `GetObject`. */
  readonly name: string;
  /** ARN formats of the resources that it is asked on: `arn:${Partition}:s3:::${BucketName}/${ObjectName}`. None: on `*`. */
  readonly resourceTypes?: readonly { readonly arn: string }[];
  /** The service's own condition keys, and `aws:RequestTag/…`, `aws:TagKeys`, `aws:ResourceTag/…`, that its requests can have. */
  readonly conditionKeys?: readonly { readonly name: string }[];
}

/** The actions of each service by the prefix that policies use, `s3`, and by their names in lower case. */
export type KnownActions = ReadonlyMap<string, { readonly actions: ReadonlyMap<string, KnownAction> }>;

/** Actions that no statement tells apart, with the same resources and keys: one for all. */
export interface ActionClass {
  readonly service: string;
  /** `s3:GetObject`. */
  readonly action: string;
  /** Bit `i`: the action is one that statement `i` speaks of. */
  readonly statements: bigint;
  readonly resources: readonly string[] | undefined;
  /** Whether AWS has no such action yet, as far as is known. */
  readonly isToCome: boolean;
  /** In lower case. */
  readonly keys: readonly string[] | undefined;
}

export interface ActionClasses {
  readonly classes: readonly ActionClass[];
  readonly exact: boolean;
}

/** Any place at all: only whether a resource is supplied, and which, is asked of it. */
const ANYWHERE = { partition: 'aws', accountId: '' };
const UNKNOWN_SERVICE = 'service-to-come';
/**
 * Small services that people know. Where the catalogue has one that no statement names, its actions stand for those of all such services:
 * they exist, those of a service to come do not.
 */
export const FAMILIAR_SERVICES: readonly string[] = ['sqs', 'sns', 'kms', 'lambda'];

/**
 * Actions of which the engine knows more than policies say, by service: those that need a role's trust, those that some credentials can
 * never call, those that others need no permission for. One of them never stands for an action that is not among them.
 */
const WITH_RULES: Readonly<Record<string, readonly string[]>> = {
  iam: ['PassRole'],
  kms: ['RetireGrant'],
  sts: [
    'AssumeRole',
    'AssumeRoleWithSAML',
    'AssumeRoleWithWebIdentity',
    'AssumeRoot',
    'GetCallerIdentity',
    'GetFederationToken',
    'GetSessionToken',
    'SetSourceIdentity',
    'TagSession',
  ],
};
/** Root keeps these on its own buckets, whatever the bucket's policy denies. */
const OF_ROOT: readonly string[] = ['GetBucketPolicy', 'PutBucketPolicy', 'DeleteBucketPolicy'];
const RULES: ReadonlySet<string> = new Set(
  Object.entries({ ...WITH_RULES, s3: OF_ROOT }).flatMap(([service, names]) =>
    names.map((name) => `${service}:${name}`.toLowerCase()),
  ),
);

/** The action itself, in lower case, where the engine knows more of it than policies say; else nothing. */
export function ruleOf(action: string): string {
  const known = action.toLowerCase();
  return RULES.has(known) ? known : '';
}

/** What is told of actions besides what statements tell. */
export interface ActionsTold {
  /** Whether actions are of interest that no statement speaks of. */
  readonly unspoken: 'left-out' | 'kept';
  /** What tells resources apart besides Resource elements, and the services that it is about. */
  readonly patterns: readonly Pattern[];
  readonly services: readonly string[];
  /** Whether S3 objects have owners of their own, who have their say of some actions. */
  readonly objects: 'of-their-bucket' | 'of-their-owner';
  /** Whether a service is thought to get one more action, or one for each class of names that patterns tell apart. */
  readonly toCome: 'one' | 'one-a-class';
  /** Those of the statements that make a difference about an action of which they speak. All of them where absent. */
  readonly telling?: (statements: bigint) => bigint;
}

/** What is told where nothing is but by statements. */
export const TOLD_BY_STATEMENTS: ActionsTold = {
  unspoken: 'left-out',
  patterns: [],
  services: [],
  objects: 'of-their-bucket',
  toCome: 'one-a-class',
};

/** The classes of actions, a known action before one to come; those that no statement speaks of only where they are to be kept. */
export function actionClasses(
  readings: readonly Reading[],
  catalogue: KnownActions,
  budget: number,
  told: ActionsTold = TOLD_BY_STATEMENTS,
): ActionClasses {
  const { unspoken, patterns, services: more, objects, telling = (statements) => statements } = told;
  /** By the statements that speak of it, and what else tells it apart. */
  const found = new Map<bigint, Map<string, ActionClass>>();
  const classes: ActionClass[] = [];
  let exact = true;
  const mentioned = [...new Set(readings.flatMap(({ compiled }) => compiled.clauses.map(({ key }) => key)))];
  const isTold = formatsTold(
    readings,
    mentioned.includes('aws:resourceaccount') ? [...patterns, arnsOfAccount(ANYTHING)] : patterns,
  );
  const tellsLists = mentioned.some((key) => !goesWithAction(key, ''));
  // Keys that go with every action tell none of them apart.
  const limited = mentioned.filter((key) => !goesWithEveryAction(key));
  const add = (service: string, entry: KnownAction) => {
    const { name, resourceTypes } = entry;
    const action = `${service}:${name}`;
    const statements = telling(statementsOn(readings, action.toLowerCase()));
    if (statements === 0n && unspoken === 'left-out') return;
    const types = resourceTypes?.map(({ arn }) => arn);
    const typesTold = types?.filter(isTold);
    // Of resources that no statement tells apart, any one will do.
    const others = types?.length === typesTold?.length ? 'none' : 'any';
    const kind =
      types?.length === 0 ? `untyped ${suppliedResource(action, ANYWHERE)}` : `${typesTold?.join(' ')} ${others}`;
    const keys = keysOf(entry);
    const keysTold = keys === undefined ? '' : limited.filter((key) => hasKey(keys, key)).join(' ');
    const isList = tellsLists && isListOfBucket(action.toLowerCase());
    const rule = objects === 'of-their-owner' && isOfObjects(action) ? 'of-objects' : ruleOf(action);
    const key = `${service} ${kind} ${keys !== undefined} ${keysTold} ${isList} ${rule}`;
    const alike = found.get(statements) ?? new Map<string, ActionClass>();
    found.set(statements, alike);
    if (alike.has(key)) return;
    const made = { service, action, statements, resources: types, keys, isToCome: name.includes(FUTURE_ACTION) };
    alike.set(key, made);
    classes.push(made);
  };
  // Keys of lists alone name the service whose lists have them.
  const services = new Set([...servicesOf(readings, catalogue), ...(tellsLists ? ['s3'] : []), ...more]);
  for (const service of services) {
    const known = catalogue.get(service);
    for (const entry of known?.actions.values() ?? []) add(service, entry);
    if (known !== undefined) {
      const names = told.toCome === 'one' ? [FUTURE_ACTION] : namesToCome(service, readings, budget);
      if (names === undefined) exact = false;
      for (const name of names ?? []) add(service, { name });
      continue;
    }
    const ruled = [
      ...(WITH_RULES[service] ?? []),
      ...(unspoken === 'kept' && service === 's3' ? OF_ROOT : []),
      ...(objects === 'of-their-owner' && service === 's3' ? OF_OBJECTS : []),
    ];
    const names = namesOf(service, readings, budget, ruled);
    if (names === undefined) exact = false;
    for (const name of names ?? []) add(service, { name });
    if (service === 's3' && tellsLists) for (const name of LISTS_OF_BUCKETS) add(service, { name });
    for (const name of ruled) add(service, { name });
  }
  add(UNKNOWN_SERVICE, { name: FUTURE_ACTION });
  const unnamed = FAMILIAR_SERVICES.find((service) => !services.has(service)) ?? '';
  for (const entry of catalogue.get(unnamed)?.actions.values() ?? []) {
    if (statementsOn(readings, `${unnamed}:${entry.name}`.toLowerCase()) !== 0n) add(unnamed, entry);
  }
  return { classes, exact };
}

/** In lower case. */
const keysOfEntries = new WeakMap<KnownAction, readonly string[]>();

function keysOf(entry: KnownAction): readonly string[] | undefined {
  if (entry.conditionKeys === undefined) return undefined;
  const keys = keysOfEntries.get(entry) ?? entry.conditionKeys.map(({ name }) => name.toLowerCase());
  keysOfEntries.set(entry, keys);
  return keys;
}

/** Keys of AWS itself that are of no resource and no tag. */
function goesWithEveryAction(key: string): boolean {
  return key.startsWith('aws:') && !/^aws:(requesttag\/|resourcetag\/|tagkeys$)/.test(key);
}

/** Whether an action with these keys can have the key. */
export function hasKey(keys: readonly string[], key: string): boolean {
  if (goesWithEveryAction(key)) return true;
  const slash = key.indexOf('/');
  const stem = slash < 0 ? key : key.slice(0, slash + 1);
  return keys.some((known) => (slash < 0 ? known === stem : known.startsWith(stem)));
}

function statementsOn(readings: readonly Reading[], action: string): bigint {
  let bits = 0n;
  for (const [i, { compiled }] of readings.entries()) {
    if (compiled.actions.length === 0) continue;
    const listed = compiled.actions.some((glob) => matchGlob(glob, action));
    if (listed !== compiled.notAction) bits |= 1n << BigInt(i);
  }
  return bits;
}

/** Services that an Action or a Resource names; all of the catalogue where a pattern leaves the service open. */
function servicesOf(readings: readonly Reading[], catalogue: KnownActions): readonly string[] {
  const services = new Set<string>();
  let anyService = false;
  for (const { compiled } of readings) {
    for (const value of compiled.statement.action.values) {
      const service = value.slice(0, Math.max(0, value.indexOf(':'))).toLowerCase();
      if (service.includes('*') || service.includes('?')) anyService = true;
      else if (service !== '') services.add(service);
      else if (value !== '*') anyService = true;
    }
    for (const value of compiled.statement.resource?.values ?? []) {
      const service = value.split(':')[2];
      if (service !== undefined && /^[a-z0-9-]+$/.test(service)) services.add(service);
    }
  }
  if (anyService) for (const service of catalogue.keys()) services.add(service);
  return [...services].sort();
}
