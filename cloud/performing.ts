/**
 * A call on its way: decided, carried out step by step, its inner calls through the same door. It stops where code must run, and
 * goes on with the code's result; who drives it has stored by then what was changed before.
 */
import { accountModel } from './account-model.ts';
import type { Call } from './call.ts';
import { Course } from './course.ts';
import { denial } from './denial.ts';
import { AwsError } from './errors.ts';
import { tellListeners } from './hearing.ts';
import { innerRequest, type Outer } from './inner-call.ts';
import { limits } from './limits.ts';
import { own } from './own.ts';
import type { CallRequest, Cloud, InnerPerformed, Performed } from './perform.ts';
import { type Asker, ask, type DecidedPermission } from './permissions/ask.ts';
import { ownerByRule, permissionsOf } from './permissions/by-rule.ts';
import { sessionLimit } from './permissions/session-limits.ts';
import type {
  BytesRead,
  InnerCall,
  Process,
  ReadOrder,
  Recalled,
  RecallOrder,
  RunOrder,
  RunResult,
  Step,
} from './process.ts';
import { newRequestId } from './request-id.ts';
import type { AnyOperation, PermissionFacts, Service } from './service.ts';
import { endpointFor } from './services/ec2/outgoing.ts';
import { controlsOf } from './services/organizations/controls.ts';
import { stateSize } from './state-size.ts';
import { checkInput } from './validation.ts';
import { unknownOperation } from './wire/errors.ts';
import type { World } from './world.ts';

/** A call that waits for code to run, for calls to be looked up, or for a body to be read. What it has changed so far must be stored before. */
export interface Suspended extends Pick<Performed, 'world' | 'patches' | 'newBlobs' | 'inner'> {
  readonly order: RunOrder | RecallOrder | ReadOrder;
}

/** What a suspended call goes on with: the result of the code, or why it could not be run; the calls that were looked up; the bytes. */
export interface Resumed {
  readonly ran: RunResult | Recalled | BytesRead | AwsError;
  /** The sandbox by now. Absent where what was changed before was not stored: it stands with what comes. */
  readonly world?: World;
}

/** Something that goes its way through a sandbox, and stops where code must run. */
export type Driven<Result> = Generator<Suspended, Result, Resumed>;

/** What all calls of one course have in common. */
export interface Ground {
  readonly cloud: Cloud;
  readonly course: Course;
}

/** A call, from its decision to its outcome. See `perform`. */
export function* performing(cloud: Cloud, world: World, request: CallRequest): Driven<Performed> {
  const course = new Course(world);
  const done = yield* callOn({ cloud, course }, request, 0);
  tellListeners(cloud, course, [{ request, ...done }]);
  const { patches, newBlobs, inner } = course;
  return { ...done, world: course.world, patches, newBlobs, inner };
}

/** Whether a call has let a full sandbox grow. */
function isOverfull(after: World, before: World): boolean {
  return after !== before && stateSize(after) > Math.max(limits.sandbox.stateBytes, stateSize(before));
}

/** As most services say it: IAM by its own name, the others by the common one. */
function tooMuch({ name }: Service): AwsError {
  const text = 'The sandbox is full. Delete something, and try again.';
  return name === 'iam'
    ? new AwsError('LimitExceeded', text, { status: 409 })
    : new AwsError('LimitExceededException', text, { status: 400 });
}

type Done = Pick<Performed, 'decisions' | 'outcome' | 'accountId'>;

function* callOn(ground: Ground, request: CallRequest, depth: number): Driven<Done> {
  const { course } = ground;
  const before = course.mark();
  const decisions: DecidedPermission[] = [];
  let accountId = accountOfCaller(request) ?? course.world.primaryAccountId;
  try {
    const { service, operation, asker, owner } = decided(ground, request, decisions, (owner) => {
      accountId = owner;
    });
    accountId = owner;
    const view = viewOf(ground, request, service, asker, decisions);
    const output = yield* carriedOut(ground, operation, accountId, request, view, depth);
    if (isOverfull(course.world, before.world)) throw tooMuch(service);
    return { decisions, outcome: { kind: 'ok', output }, accountId };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    course.backTo(before);
    return { decisions, outcome: { kind: 'error', error }, accountId };
  }
}

interface Decided {
  readonly service: Service;
  readonly operation: AnyOperation;
  readonly asker: Asker;
  /** The account to work on. */
  readonly owner: string;
}

/** Asks for every permission of a call. @throws AwsError where one is missing, or the call is not a good one */
function decided(
  { cloud, course: { world } }: Ground,
  request: CallRequest,
  decisions: DecidedPermission[],
  about: (accountId: string) => void,
): Decided {
  const { input, caller } = request;
  const service = own(cloud.services, request.service);
  if (service === undefined) throw new Error(`The cloud has no service ${request.service}`);
  const operation = own(service.operations, request.operation);
  if (operation === undefined) throw unknownOperation(service.model, request.operation);
  const invalid = checkInput(request.service, request.operation, input);
  if (invalid?.incomplete) throw invalid.error;

  const now = request.realNow + world.clockOffset;
  const facts: PermissionFacts = {
    world,
    callerAccountId: accountOfCaller(request) ?? world.primaryAccountId,
    region: request.request.region,
    caller,
    now,
    hashes: cloud.hashes,
    ...(request.by && { by: request.by }),
  };
  const model = accountModel(world, cloud.managedPolicies);
  const organization = controlsOf(world)?.organization;
  const { from, region } = request.request;
  const through = from && endpointFor(world, from, service.model.signingName ?? service.name, region);
  const asker: Asker = {
    caller,
    request: request.request,
    now,
    model,
    ...(request.by && { by: request.by }),
    ...(through && { through }),
    ...(organization && { organization }),
  };
  const limit = sessionLimit(caller, service.prefix ?? service.name, request.operation);
  if (limit !== undefined) {
    const action = `${service.prefix ?? service.name}:${request.operation}`;
    decisions.push(ask({ action, resource: '*', resourceAccountId: facts.callerAccountId, context: {} }, asker));
    throw limit;
  }
  const told = operation.owner?.(input, facts);
  if (told !== undefined) about(told);
  const permissions = permissionsOf(service, request.operation, operation, input, facts);
  const isByRule = operation.permissions === undefined;
  const owner = told ?? (isByRule ? ownerByRule(permissions, facts) : facts.callerAccountId);
  about(owner);
  for (const permission of permissions) {
    const answer = ask(permission, asker);
    decisions.push(answer);
    if (answer.decision.verdict !== 'allowed') throw denial(service, permission, answer);
  }
  if (invalid !== undefined) throw invalid.error;
  return { service, operation, asker, owner };
}

/** What the operation sees of its call. */
function viewOf(
  { cloud, course }: Ground,
  request: CallRequest,
  service: Service,
  asker: Asker,
  decisions: DecidedPermission[],
): Call {
  return {
    caller: request.caller,
    ...(request.by && { by: request.by }),
    request: request.request,
    requestId: request.requestId,
    now: asker.now,
    realNow: request.realNow,
    random: cloud.random,
    hashes: cloud.hashes,
    managedPolicies: cloud.managedPolicies,
    world: course.world,
    refusal(permission) {
      const answer = ask(permission, asker);
      decisions.push(answer);
      return answer.decision.verdict === 'allowed' ? undefined : denial(service, permission, answer);
    },
    keepBlob: (bytes) => course.keepBlob(bytes, cloud.hashes),
  };
}

function* carriedOut(
  ground: Ground,
  operation: AnyOperation,
  accountId: string,
  request: CallRequest,
  view: Call,
  depth: number,
): Driven<unknown> {
  const { course } = ground;
  const account = own(course.world.accounts, accountId);
  if (account === undefined) {
    throw new AwsError('InvalidClientTokenId', `The sandbox has no account ${accountId}.`, { status: 403 });
  }
  switch (operation.kind) {
    case 'read':
      return operation.handle(account, request.input, view);
    case 'change':
      return course.change(accountId, (draft) => operation.handle(draft, request.input, view));
    case 'process':
      return yield* followed(ground, operation.run(account, request.input, view), request, depth);
  }
}

/** Goes through a process, step by step. */
export function* followed<Output>(
  ground: Ground,
  process: Process<Output>,
  outer: Outer,
  depth: number,
): Driven<Output> {
  let next = process.next();
  while (!next.done) {
    let answer: unknown;
    try {
      answer = yield* answered(ground, next.value, outer, depth);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      next = process.throw(error);
      continue;
    }
    next = process.next(answer);
  }
  return next.value;
}

function* answered(ground: Ground, step: Step, outer: Outer, depth: number): Driven<unknown> {
  const { course } = ground;
  switch (step.kind) {
    case 'seeing':
      return course.world;
    case 'changing':
      return course.change(step.accountId, step.change);
    case 'calling':
      return yield* innerCall(ground, step.call, outer, depth + 1);
    case 'running':
      return yield* suspended(ground, step.order);
    case 'reading': {
      const read = yield* suspended(ground, { kind: 'read', blob: step.blob });
      if (read.kind !== 'bytes') throw new Error('A body was asked for, and something else came');
      return read.bytes;
    }
    case 'keeping':
      return course.keepBlob(step.bytes, ground.cloud.hashes);
    case 'recalling': {
      const recalled = yield* suspended(ground, { kind: 'recall', query: step.query });
      return recalled.kind === 'recalled' ? recalled.calls : [];
    }
  }
}

function* suspended({ cloud, course }: Ground, order: Suspended['order']): Driven<RunResult | Recalled | BytesRead> {
  tellListeners(cloud, course, []);
  const { world, patches, newBlobs, inner } = course;
  const resumed = yield { order, world, patches, newBlobs, inner };
  if (resumed.world !== undefined) course.goOn(resumed.world);
  if (resumed.ran instanceof AwsError) throw resumed.ran;
  return resumed.ran;
}

function* innerCall(ground: Ground, inner: InnerCall, outer: Outer, depth: number): Driven<Done['outcome']> {
  const { cloud, course } = ground;
  if (depth > limits.sandbox.callDepth || course.calls >= limits.sandbox.callsWithinCall) return endless;
  course.beginCall();
  const request = innerRequest(inner, outer, newRequestId(cloud.random));
  const done = yield* callOn(ground, request, depth);
  course.endCall({ request, ...done } satisfies InnerPerformed);
  return done.outcome;
}

/** Services that call each other in a circle are stopped, as Lambda's recursive loop detection does. */
const endless: Done['outcome'] = {
  kind: 'error',
  error: new AwsError('ThrottlingException', 'Rate exceeded', { status: 429 }),
};

/** The account that a call is made from, or for; undefined for anonymous ones. */
function accountOfCaller({ caller, by }: CallRequest): string | undefined {
  return 'accountId' in caller ? caller.accountId : by?.source?.accountId;
}
