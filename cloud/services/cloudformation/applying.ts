/** Bringing the resources of a stack to what its template says, each after those that it refers to. */
import { AwsError } from '../../errors.ts';
import type { Process } from '../../process.ts';
import { changedNames, comparable } from '../../templates/differences.ts';
import type { Made, Properties, ResourceType } from '../../templates/resource-type.ts';
import type { Resource } from '../../templates/resources.ts';
import { evaluate } from '../../templates/value.ts';
import { removing } from './removing.ts';
import { makeResource, type Site, updateResource } from './site.ts';
import { isThere, madeOf, propertiesIn, type Undo } from './stack-resources.ts';
import type { StackResourceState } from './state.ts';
import { propertiesOf, type Wanted } from './wanted.ts';

export interface Applied {
  /** Those that the template has, as far as they were come to, in the order in which they are made. */
  readonly resources: readonly StackResourceState[];
  /** In the order in which it was done. */
  readonly undo: readonly Undo[];
  /** Those in whose place there is another now. */
  readonly replaced: readonly StackResourceState[];
  /** The first that failed: nothing is done after it. */
  readonly failed?: { readonly verb: 'create' | 'update'; readonly logicalId: string };
}

/** Whether another value of these properties takes another resource. */
export function isReplacedBy(type: ResourceType, names: readonly string[]): boolean {
  return type.update === undefined || names.some((name) => type.fixed.includes(name));
}

/**
 * @param made what references come to by now; kept up to date
 * @param before the resources of the stack, by logical id
 * @param refusal why a change of a resource is not allowed, as a stack policy says
 */
export function* applying(
  site: Site,
  wanted: Wanted,
  made: Map<string, Made>,
  before: ReadonlyMap<string, StackResourceState>,
  refusal: (logicalId: string, type: string, action: 'Modify' | 'Replace') => string | undefined,
): Process<Applied> {
  const resources: StackResourceState[] = [];
  const undo: Undo[] = [];
  const replaced: StackResourceState[] = [];
  for (const [logicalId, resource] of wanted.resources) {
    const old = before.get(logicalId);
    const verb = isThere(old) ? 'update' : 'create';
    const work = { site, wanted, logicalId, resource, made };
    const properties = workedOut(work, verb);
    const step =
      properties === undefined
        ? undefined
        : isThere(old)
          ? yield* changed(work, old, properties, refusal)
          : yield* created(work, properties);
    if (step?.undo !== undefined) undo.push(step.undo);
    if (step?.replaced !== undefined) replaced.push(step.replaced);
    if (step?.resource !== undefined) resources.push(step.resource);
    if (step === undefined || step.isFailed) {
      return { resources, undo, replaced, failed: { verb, logicalId } };
    }
  }
  return { resources, undo, replaced };
}

interface Work {
  readonly site: Site;
  readonly wanted: Wanted;
  readonly logicalId: string;
  readonly resource: Resource;
  readonly made: Map<string, Made>;
}

interface StepDone {
  readonly resource?: StackResourceState;
  readonly undo?: Undo;
  readonly replaced?: StackResourceState;
  readonly isFailed: boolean;
}

/** The properties; undefined, and told, where they cannot be worked out. */
function workedOut({ site, wanted, logicalId, resource }: Work, verb: 'create' | 'update'): Properties | undefined {
  try {
    return propertiesOf(wanted, resource);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const { name: type } = resource.type;
    site.journal.resource({ logicalId, type }, `${verb.toUpperCase()}_FAILED`, error.message);
    return undefined;
  }
}

function stateOf(
  { site, wanted, logicalId, resource }: Work,
  made: Made | undefined,
  properties: Properties,
  status: string,
): StackResourceState {
  const { type, deletionPolicy, updateReplacePolicy, metadata } = resource;
  return {
    logicalId,
    type: type.name,
    ...(made !== undefined && { physicalId: made.ref }),
    attributes: made?.attributes ?? {},
    properties: JSON.stringify(properties),
    deletionPolicy,
    updateReplacePolicy,
    status,
    at: site.call.now,
    ...(metadata !== undefined && { metadata: JSON.stringify(evaluate(metadata, wanted.names) ?? {}) }),
  };
}

function* created(work: Work, properties: Properties): Process<StepDone> {
  const { site, logicalId, resource, made } = work;
  const { journal } = site;
  const type = resource.type.name;
  journal.resource({ logicalId, type }, 'CREATE_IN_PROGRESS');
  let begun: Made | undefined;
  const outcome = yield* makeResource(site, resource.type, logicalId, properties, (first) => {
    begun = first;
    journal.resource({ logicalId, type, physicalId: first.ref }, 'CREATE_IN_PROGRESS', 'Resource creation Initiated');
  });
  if (outcome.kind === 'failed') {
    const failed = { ...stateOf(work, begun, properties, 'CREATE_FAILED'), statusReason: outcome.reason };
    journal.resource(failed, 'CREATE_FAILED', outcome.reason);
    return {
      resource: failed,
      isFailed: true,
      ...(begun !== undefined && { undo: { kind: 'remove', resource: failed } }),
    };
  }
  made.set(logicalId, outcome.value);
  const state = stateOf(work, outcome.value, properties, 'CREATE_COMPLETE');
  journal.resource(state, 'CREATE_COMPLETE');
  return { resource: state, undo: { kind: 'remove', resource: state }, isFailed: false };
}

function* changed(
  work: Work,
  old: StackResourceState & { readonly physicalId: string },
  properties: Properties,
  refusal: (logicalId: string, type: string, action: 'Modify' | 'Replace') => string | undefined,
): Process<StepDone> {
  const { site, logicalId, resource } = work;
  const { journal } = site;
  if (old.status === 'CREATE_FAILED') return yield* madeAnew(work, old, properties);
  const { name: type } = resource.type;
  const names = changedNames(propertiesIn(old), properties);
  if (old.type === type && names.length === 0) {
    const { statusReason: _, ...kept } = old;
    const state = { ...kept, ...policiesOf(stateOf(work, madeOf(old), properties, old.status)), at: old.at };
    return { resource: state, isFailed: false };
  }
  const isReplaced = old.type !== type || isReplacedBy(resource.type, names);
  const reason =
    refusal(logicalId, type, isReplaced ? 'Replace' : 'Modify') ??
    (isReplaced ? nameTaken(resource.type, old, properties) : undefined);
  if (reason !== undefined) {
    journal.resource(old, 'UPDATE_FAILED', reason);
    return { resource: { ...old, status: 'UPDATE_FAILED', statusReason: reason }, isFailed: true };
  }
  return isReplaced ? yield* replaced(work, old, properties) : yield* updated(work, old, properties);
}

/** What was half made and left so is made once more. */
function* madeAnew(work: Work, old: StackResourceState, properties: Properties): Process<StepDone> {
  const gone = yield* removing(work.site, old, 'Delete');
  return gone.status === 'DELETE_FAILED' ? { resource: gone, isFailed: true } : yield* created(work, properties);
}

function policiesOf({ deletionPolicy, updateReplacePolicy, metadata }: StackResourceState) {
  return { deletionPolicy, updateReplacePolicy, ...(metadata !== undefined && { metadata }) };
}

/** Why a resource with a name of its own cannot make room for another. */
function nameTaken(type: ResourceType, old: StackResourceState, properties: Properties): string | undefined {
  const { named } = type;
  if (named === undefined || old.type !== type.name || properties[named] === undefined) return undefined;
  if (comparable(propertiesIn(old)[named]) !== comparable(properties[named])) return undefined;
  const name = String(properties[named]);
  return `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${name} and update the stack again.`;
}

function* updated(work: Work, old: StackResourceState, properties: Properties): Process<StepDone> {
  const { site, logicalId, resource, made } = work;
  site.journal.resource(old, 'UPDATE_IN_PROGRESS');
  const existing = { ...madeOf(old), properties: propertiesIn(old) };
  const outcome = yield* updateResource(site, resource.type, logicalId, existing, properties);
  const isFailed = outcome.kind === 'failed';
  const now = isFailed ? madeOf(old) : outcome.value;
  const status = isFailed ? 'UPDATE_FAILED' : 'UPDATE_COMPLETE';
  const reason = isFailed ? outcome.reason : undefined;
  const state = { ...stateOf(work, now, properties, status), ...(reason !== undefined && { statusReason: reason }) };
  made.set(logicalId, now);
  site.journal.resource(state, status, reason);
  return { resource: state, undo: { kind: 'restore', before: old, after: state }, isFailed };
}

const replacing = 'Requested update requires the creation of a new physical resource; hence creating one.';

function* replaced(work: Work, old: StackResourceState, properties: Properties): Process<StepDone> {
  const { site, logicalId, resource, made } = work;
  const { journal } = site;
  journal.resource(old, 'UPDATE_IN_PROGRESS', replacing);
  let begun: Made | undefined;
  const type = resource.type.name;
  const outcome = yield* makeResource(site, resource.type, logicalId, properties, (first) => {
    begun = first;
    journal.resource({ logicalId, type, physicalId: first.ref }, 'UPDATE_IN_PROGRESS', 'Resource creation Initiated');
  });
  if (outcome.kind === 'failed') {
    const failed = { ...stateOf(work, begun, properties, 'UPDATE_FAILED'), statusReason: outcome.reason };
    journal.resource(failed, 'UPDATE_FAILED', outcome.reason);
    return {
      resource: old,
      isFailed: true,
      ...(begun !== undefined && { undo: { kind: 'remove', resource: failed } }),
    };
  }
  made.set(logicalId, outcome.value);
  const state = stateOf(work, outcome.value, properties, 'UPDATE_COMPLETE');
  journal.resource(state, 'UPDATE_COMPLETE');
  return { resource: state, undo: { kind: 'remove', resource: state }, replaced: old, isFailed: false };
}
