/** Where the resources of a stack are made, changed and removed: by whose rights, and what their handlers say when they fail. */
import type { Call } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import { type ActingAs, calling, type Process } from '../../process.ts';
import type { Existing, Made, Making, Properties, ResourceType, Steps } from '../../templates/resource-type.ts';
import { makeWhole } from '../../templates/resource-type.ts';
import { generatedName } from '../../templates/working-out.ts';
import { assuming } from '../sts/assuming.ts';
import { isMissing, validationError } from './errors.ts';
import { handlerMessage } from './handlers.ts';
import { uuidOf } from './ids.ts';
import { StackJournal } from './journal.ts';
import { principal } from './sources.ts';
import type { StackState } from './state.ts';

export interface Site {
  readonly accountId: string;
  readonly stack: Pick<StackState, 'id' | 'name' | 'region'>;
  readonly acting: ActingAs;
  readonly call: Call;
  readonly journal: StackJournal;
  /** `all`: what was just made is removed when it is taken back, whatever its deletion policy (`RetainExceptOnCreate` of the call). */
  readonly takesBack: 'all' | 'as-declared';
}

/** What became of the work on one resource. */
export type Outcome<Value> =
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'failed'; readonly reason: string };

/** What a call says of how the work is done. */
export interface WorkInput {
  readonly ClientRequestToken?: string | undefined;
  readonly RetainExceptOnCreate?: boolean | undefined;
}

/**
 * Whose rights count: the role's where there is one, else the caller's.
 * @throws ValidationError where CloudFormation cannot assume the role
 */
export function* siteFor(
  accountId: string,
  stack: Site['stack'],
  roleArn: string | undefined,
  { ClientRequestToken, RetainExceptOnCreate }: WorkInput,
  call: Call,
): Process<Site> {
  return {
    accountId,
    stack,
    acting: yield* actingFor(roleArn, stack.id, accountId, call),
    call,
    journal: new StackJournal(stack, call, ClientRequestToken),
    takesBack: RetainExceptOnCreate === true ? 'all' : 'as-declared',
  };
}

function* actingFor(roleArn: string | undefined, stackId: string, accountId: string, { now }: Call): Process<ActingAs> {
  if (roleArn === undefined) return { kind: 'caller' };
  const source = { arn: stackId, accountId };
  const assumed = yield* assuming({ by: principal, roleArn, sessionName: 'AWSCloudFormation', source, now });
  if (assumed.kind === 'refused') throw validationError(`Role ${roleArn} is invalid or cannot be assumed`);
  return { kind: 'session', caller: assumed.caller };
}

/** Makes a resource; what was begun and failed is told, so that it can be removed. */
export function* makeResource(
  site: Site,
  type: ResourceType,
  logicalId: string,
  properties: Properties,
  began: (made: Made) => void,
): Process<Outcome<Made>> {
  return yield* worked(site, makeWhole(type, properties, makingOf(site, logicalId), began));
}

/** Brings a resource to other properties. */
export function* updateResource(
  site: Site,
  type: ResourceType,
  logicalId: string,
  existing: Existing,
  properties: Properties,
): Process<Outcome<Made>> {
  if (type.update === undefined) throw new Error(`${type.name} cannot be updated in place`);
  return yield* worked(site, type.update(existing, properties, makingOf(site, logicalId)));
}

/** Removes a resource. What is no longer there is as good as removed. */
export function* removeResource(
  site: Site,
  type: ResourceType,
  logicalId: string,
  existing: Existing,
): Process<Outcome<void>> {
  return yield* worked(site, type.remove(existing, makingOf(site, logicalId)), isMissing);
}

function makingOf({ accountId, stack, call }: Site, logicalId: string): Making {
  const digest = call.random.bytes(12);
  return {
    accountId,
    region: stack.region,
    generatedName: (longest) => generatedName(stack.name, logicalId, digest, longest),
  };
}

/** @param isDone errors by which a call counts as one that answered nothing */
function* worked<Value>(
  site: Site,
  steps: Steps<Value>,
  isDone: (error: AwsError) => boolean = () => false,
): Process<Outcome<Value>> {
  let service = '';
  try {
    let next = steps.next();
    while (!next.done) {
      const { operation, input } = next.value;
      service = next.value.service;
      const { region } = site.stack;
      const outcome = yield* calling({ by: principal, as: site.acting, service, operation, input, region });
      if (outcome.kind === 'ok') next = steps.next(outcome.output);
      else next = isDone(outcome.error) ? steps.next({}) : steps.throw(outcome.error);
    }
    return { kind: 'done', value: next.value };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { kind: 'failed', reason: handlerMessage(error, service, uuidOf(site.call.random)) };
  }
}
