/** What one caller may do through all layers together, compared for all requests. */
import { decide, subjectOf } from '../decide.ts';
import { askLayer } from '../findings.ts';
import { fixedRule } from '../fixed-rules.ts';
import type { AnyCaller, AnyRequest, ApplicablePolicies, AttachedPolicy, Organization, Tags } from '../model.ts';
import type { Policy } from '../policy.ts';
import { accessFrame, applicableTo, askedBy } from './access-frame.ts';
import { AccessTerms, encryptionKeysIn, hasObjectOwners, readAccess } from './access-terms.ts';
import { actionClasses, hasKey, type KnownActions } from './actions.ts';
import type { Budget } from './boxes.ts';
import { BUDGET, compare } from './compare.ts';
import { type Comparison, contrast, type Question, type Replay } from './contrast.ts';
import { companions } from './dependent-keys.ts';
import { encryptionKeysAskedBy } from './grant-statements.ts';
import { type Reading, readStatements } from './readings.ts';
import type { Term } from './search.ts';
import type { ActionSpace } from './space.ts';
import { type Cell, likelyArn } from './witness.ts';

/** What one caller may do, all layers together. */
export interface Access {
  readonly caller: AnyCaller;
  /** Layers that speak whatever the resource is. */
  readonly policies: Pick<ApplicablePolicies, 'identity' | 'boundary' | 'session' | 'serviceControl' | 'vpcEndpoint'>;
  /** Resources that have layers of their own, the first that covers an ARN counts. What none covers has none, and belongs to the account in its ARN, else to the caller's. */
  readonly resources: readonly ProtectedResource[];
  readonly organization?: Organization;
}

/** Resources with policies, lists or tags of their own. */
export interface ProtectedResource {
  /** As in a Resource element, without variables: `arn:aws:s3:::archive` and `arn:aws:s3:::archive/*` for a bucket; a role's own ARN. */
  readonly arns: readonly string[];
  readonly accountId: string;
  readonly policies: Pick<ApplicablePolicies, 'resource' | 'resourceControl' | 'grants' | 'acl' | 'publicAccessBlocks'>;
  /** `aws:ResourceTag/…`; where absent they are keys as any other. */
  readonly tags?: Tags;
}

/** An upper or lower bound: the requests that these statements allow by themselves, whoever asks. */
export interface Bound {
  readonly bound: readonly Policy[];
}

/** Keys that requests bring with them, as far as they are settled. Those that follow from the caller and the resource are so anyway. */
export interface HeldKeys {
  /** Keys that hold these values, also in place of one that follows from the caller. */
  readonly values: Readonly<Record<string, string | readonly string[]>>;
  /** Keys that may hold whatever AWS could send. Every other key is absent; `all`: none is. */
  readonly open: 'all' | readonly string[];
}

export interface AccessComparisonOptions {
  /** The actions of AWS, for real names, resource types and keys. Without it every name is possible. */
  readonly actions?: KnownActions;
  /** Every key is open where absent. */
  readonly keys?: HeldKeys;
  /** How many boxes, and how many states of one automaton, are looked at before the answer is `unknown`. 20,000 where absent. */
  readonly budget?: number;
  /** All where absent. One that is not asked is answered `unknown`, and costs nothing. */
  readonly questions?: readonly Question[];
  /** Told of each request that the engine answers otherwise than its class: keys that contradict each other, or a bug. */
  readonly onUnreplayed?: (request: AnyRequest) => void;
}

/** One of them, or several: then a request is allowed where one of them allows it. */
export type Side = Access | Bound | readonly (Access | Bound)[];

/**
 * Compares what two sides allow, for all requests. Total. A witness is a request of its side's caller, decided with all its layers
 * before it is returned; the other side is asked for the same request by its own caller. A bound is asked about the caller of the
 * other side; of two bounds, as `compare` asks identity policies.
 */
export function compareAccess(a: Side, b: Side, options: AccessComparisonOptions = {}): Comparison {
  const [ofA, ofB] = [membersOf(a), membersOf(b)];
  const speakers = [...ofA, ...ofB].filter(isAccess);
  const [first] = speakers;
  if (first === undefined) {
    const bounds = [ofA, ofB].map((members) => members.flatMap((member) => (isAccess(member) ? [] : member.bound)));
    return compare(bounds[0] ?? [], bounds[1] ?? [], options);
  }
  const { budget = BUDGET, actions = new Map(), keys, onUnreplayed } = options;
  const readings: Reading[] = [];
  const contextKeys = new Set(
    [...ofA, ...ofB].flatMap((member) =>
      isAccess(member) ? encryptionKeysIn(member) : member.bound.flatMap(encryptionKeysAskedBy),
    ),
  );
  const partIn = (member: Access | Bound) =>
    partOf(member, isAccess(member) ? speakers.indexOf(member) : 0, readings, contextKeys);
  const partsA = ofA.map(partIn);
  const fromB = readings.length;
  const partsB = ofB.map(partIn);
  const [onlyB, ...moreB] = ofB;
  const isAboutA = options.questions?.every((question) => question === 'aInB') === true;
  const isBoundB = onlyB !== undefined && !isAccess(onlyB) && moreB.length === 0;
  const open = isAboutA && isBoundB ? openIn(readings, fromB) : undefined;
  // Root needs no statement.
  const unspoken = speakers.some(({ caller }) => caller.kind === 'root') ? 'kept' : 'left-out';
  const frame = accessFrame(speakers, keys);
  const patterns = [...actions.keys()].flatMap((service) => frame.resourcePatterns(service));
  const services = speakers.flatMap(({ resources }) => resources.flatMap(({ arns }) => arns.map(serviceIn)));
  const objects = speakers.some(hasObjectOwners) ? 'of-their-owner' : 'of-their-bucket';
  const classes = actionClasses(readings, actions, budget, { unspoken, patterns, services, objects, toCome: 'one' });
  const hasTags = (action: string) => bringsTags(action, actions);
  const replays = [ofA, ofB].map((members): Replay => {
    const asked = members.map((member) => replayOf(member, first, hasTags));
    return (request) => asked.some((allows) => allows(request));
  });
  const found = contrast({
    readings,
    frames: [frame],
    exact: classes.exact,
    actions: classes.classes,
    isOpen: ({ action, statements }, { subjects }) =>
      open?.(statements) !== 'to-everything' &&
      subjects.every(
        ({ request }) => fixedRule({ ...request, action }, action.toLowerCase())?.kind !== 'needs-no-permission',
      ),
    termsIn: (space, spent) => ({
      a: partsA.flatMap((part) => part(space, spent)),
      b: partsB.flatMap((part) => part(space, spent)),
    }),
    requestsOf: (cell) => requestsOf(cell, first),
    replays: [{ a: replays[0] ?? never, b: replays[1] ?? never }],
    budget,
    questions: options.questions,
    onUnreplayed,
  });
  const { witnessA, witnessB, ...answers } = found;
  const asBy = (members: readonly (Access | Bound)[], request: AnyRequest) =>
    askedBy(members.find(isAccess) ?? first, request, hasTags(request.action));
  return {
    ...answers,
    ...(witnessA === undefined ? {} : { witnessA: asBy(ofA, witnessA) }),
    ...(witnessB === undefined ? {} : { witnessB: asBy(ofB, witnessB) }),
  };
}

/** The terms of one member of a side, in a space. */
type MemberTerms = (space: ActionSpace, budget: Budget) => readonly Term[];

/** Adds the member's statements to the others, and says how they are found again. */
function partOf(
  member: Access | Bound,
  speaker: number,
  readings: Reading[],
  contextKeys: ReadonlySet<string>,
): MemberTerms {
  const from = readings.length;
  if (isAccess(member)) {
    const own = readAccess(member, speaker, contextKeys);
    readings.push(...own.map(({ reading }) => reading));
    const terms = new AccessTerms(member, own, from);
    return (space, budget) => terms.in(space, budget);
  }
  const own = readStatements(member.bound, 'by-attachment', speaker);
  readings.push(...own);
  return ({ boxes }) => {
    const spoken = own.map(({ compiled }, i) => ({ isDeny: compiled.isDeny, box: boxes[from + i] }));
    const of = (isDeny: (one: { isDeny: boolean }) => boolean) =>
      spoken.filter(isDeny).flatMap(({ box }) => (box === undefined ? [] : [box]));
    return [{ allows: of((one) => !one.isDeny), delegates: [], denies: of((one) => one.isDeny) }];
  };
}

function serviceIn(arn: string): string {
  return arn.split(':')[2] ?? '';
}

/**
 * By the statements that speak of an action, whether a bound, the readings from there on, leaves it open to every request: then nothing
 * lies beyond it.
 */
function openIn(readings: readonly Reading[], from: number): (statements: bigint) => 'to-everything' | 'to-some' {
  let unlimited = 0n;
  let denies = 0n;
  for (const [i, { compiled }] of readings.entries()) {
    if (i < from) continue;
    const bit = 1n << BigInt(i);
    const { resource } = compiled.statement;
    if (compiled.isDeny) denies |= bit;
    else if (compiled.clauses.length === 0 && resource?.not === false && resource.values.includes('*'))
      unlimited |= bit;
  }
  return (statements) =>
    (statements & unlimited) !== 0n && (statements & denies) === 0n ? 'to-everything' : 'to-some';
}

function membersOf(side: Side): readonly (Access | Bound)[] {
  return isList(side) ? side : [side];
}

function isList(side: Side): side is readonly (Access | Bound)[] {
  return Array.isArray(side);
}

function isAccess(member: Access | Bound): member is Access {
  return 'caller' in member;
}

const never: Replay = () => false;

/** Whether requests for the action can bring the tags of their resource; of an action that is not known, they can. */
function bringsTags(action: string, actions: KnownActions): boolean {
  const [service = '', name = ''] = action.split(':');
  const keys = actions.get(service.toLowerCase())?.actions.get(name.toLowerCase())?.conditionKeys;
  return (
    keys === undefined ||
    hasKey(
      keys.map((key) => key.name.toLowerCase()),
      'aws:resourcetag/',
    )
  );
}

function replayOf(member: Access | Bound, first: Access, hasTags: (action: string) => boolean): Replay {
  if (isAccess(member)) {
    return (request) => {
      const asked = askedBy(member, request, hasTags(request.action));
      return decide(asked, applicableTo(member, asked)).verdict === 'allowed';
    };
  }
  const attached = member.bound.map(
    (policy, i): AttachedPolicy => ({
      layer: 'identity',
      name: `Bound${i + 1}`,
      kind: 'managed',
      attachedTo: 'analysis',
      policy,
    }),
  );
  return (request) => {
    const asked = askedBy(first, request, hasTags(request.action));
    const { allows, denies } = askLayer(attached, subjectOf(asked, first.policies), 'by-attachment');
    return allows.length > 0 && denies.length === 0;
  };
}

/** Requests of a class. What the caller and the resource settle is derived again by who is asked. */
function requestsOf({ frame, action, resource, values, names }: Cell, { caller }: Access): readonly AnyRequest[] {
  const held = frame.subjects[0]?.request.context ?? {};
  const context: Record<string, string | readonly string[]> = { ...held };
  for (const [key, value] of values) {
    if (value !== undefined && key !== 'aws:resourceaccount') context[names.get(key) ?? key] = value;
  }
  const known = new Set(Object.keys(held).map((key) => key.toLowerCase()));
  for (const [name, value] of companions(values)) {
    if (!known.has(name.toLowerCase()) && frame.standing(name.toLowerCase()) === 'open') context[name] = value;
  }
  const arns = new Set([likelyArn(resource.arn), resource.arn]);
  return [...arns].map((arn) => ({
    caller,
    action,
    resource: arn,
    resourceAccountId: resource.accountId ?? '',
    context,
  }));
}
