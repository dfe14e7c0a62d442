/** The statements of all layers that can speak about a request, and when each does, where some keys of the request are open. */
import { type CompiledStatement, compilePolicy } from '../compile.ts';
import type { ApplicablePolicies, AttachedPolicy } from '../model.ts';
import type { PrincipalElement, Statement } from '../policy.ts';
import { type Addressing, askPrincipal, type Subject } from '../statement.ts';
import { whenAmongNamed } from './among-named.ts';
import { aclOf, grantsOf, listsAndGrants, placeOf, whenNotCutOff } from './beside-policies.ts';
import { ALWAYS, all, any, type Formula, NEVER, not } from './formula.ts';
import type { Knowledge } from './knowledge.ts';
import { clauseFormula } from './partial-clause.ts';
import { resourceFormula } from './partial-resource.ts';

type Layers =
  | 'identity'
  | 'boundary'
  | 'session'
  | 'resource'
  | 'acl'
  | 'grant'
  | 'serviceControl'
  | 'resourceControl'
  | 'vpcEndpoint';

/** The layers from whose Allow statements a permission can come. */
const GRANTING: ReadonlySet<Layers> = new Set(['identity', 'resource', 'acl', 'grant']);

/** A statement that can speak. */
export interface Speaking {
  readonly layer: Layers;
  /** Place of the level in layers that have levels; of lists and grants by whom they name. */
  readonly level: number;
  readonly attached: AttachedPolicy;
  readonly isDeny: boolean;
  /** When an Allow applies; when a Deny does. What AWS leaves open does not let an Allow apply, and does a Deny. */
  readonly when: Formula;
  /** The statement for the request's action and resource, with the part of its conditions that is known to be met. */
  readonly settled: Statement;
}

/** The Allow statements that a permission can come from: what other layers allow only lets pass. */
export function grantsIn(policies: ApplicablePolicies, subject: Subject, knowledge: Knowledge): readonly Speaking[] {
  return speakingIn(policies, subject, knowledge, isGranting);
}

/** All other statements that can speak. */
export function limitsIn(policies: ApplicablePolicies, subject: Subject, knowledge: Knowledge): readonly Speaking[] {
  return speakingIn(policies, subject, knowledge, (layer, statement) => !isGranting(layer, statement));
}

function isGranting(layer: Layers, { isDeny }: CompiledStatement): boolean {
  return !isDeny && GRANTING.has(layer);
}

function speakingIn(
  policies: ApplicablePolicies,
  subject: Subject,
  knowledge: Knowledge,
  isAsked: (layer: Layers, statement: CompiledStatement) => boolean,
): readonly Speaking[] {
  const speaking: Speaking[] = [];
  const kept = whenNotCutOff(subject, policies, knowledge);
  for (const { layer, level, attached, addressing } of layersOf(policies)) {
    for (const statement of compilePolicy(attached.policy).statementsOn(subject.action)) {
      if (!isAsked(layer, statement)) continue;
      const spoken = whenSpeaking(statement, layer, subject, addressing, knowledge);
      if (spoken === undefined) continue;
      const { isDeny } = statement;
      const when = layer === 'resource' && !isDeny ? all([spoken.when, kept]) : spoken.when;
      if (when.kind === 'never') continue;
      const place = layer === 'acl' || layer === 'grant' ? placeOf(statement.statement, subject) : level;
      speaking.push({ layer, level: place, attached, isDeny, settled: spoken.settled, when });
    }
  }
  return speaking;
}

interface Place {
  readonly layer: Layers;
  readonly level: number;
  readonly attached: AttachedPolicy;
  readonly addressing: Addressing;
}

function layersOf(policies: ApplicablePolicies): readonly Place[] {
  const { boundary, resource } = policies;
  const beside = listsAndGrants(policies);
  const places = (layer: Layers, addressing: Addressing, levels: readonly (readonly AttachedPolicy[])[]) =>
    levels.flatMap((list, level) => list.map((attached) => ({ layer, level, attached, addressing })));
  return [
    ...places('resourceControl', 'by-principal', policies.resourceControl ?? []),
    ...places('serviceControl', 'by-attachment', policies.serviceControl ?? []),
    ...places('vpcEndpoint', 'as-limit', [policies.vpcEndpoint ?? []]),
    ...places('resource', 'by-principal', [resource === undefined ? [] : [resource]]),
    ...(['acl', 'grant'] as const).flatMap((layer) =>
      places(layer, 'by-principal', [beside.filter((attached) => attached.layer === layer)]),
    ),
    ...places('identity', 'by-attachment', [policies.identity]),
    ...places('boundary', 'by-attachment', [boundary === undefined ? [] : [boundary]]),
    ...places('session', 'by-attachment', [policies.session ?? []]),
  ];
}

/** Undefined: it never speaks. */
function whenSpeaking(
  compiled: CompiledStatement,
  layer: Layers,
  subject: Subject,
  addressing: Addressing,
  knowledge: Knowledge,
): Pick<Speaking, 'when' | 'settled'> | undefined {
  const { isDeny, statement } = compiled;
  const about = whenAboutCaller(compiled, subject, addressing, knowledge);
  if (about.kind === 'never') return undefined;
  const resource = resourceFormula(compiled, subject, knowledge);
  if (resource.kind === 'never') return undefined;
  const parts = [about, resource];
  const settled = [];
  for (const clause of compiled.clauses) {
    const part = isDeny ? not(clauseFormula(clause, knowledge, ['unmet'])) : clauseFormula(clause, knowledge, ['met']);
    if (part.kind === 'never') return undefined;
    if (part.kind === 'always') settled.push(clause.clause);
    else parts.push(part);
  }
  // What is known to match is not asked again.
  const on = statement.resource === undefined ? {} : { resource: ANY };
  // In a resource control policy it matters how the action is named.
  const action = layer === 'resourceControl' ? statement.action : { not: false, values: [subject.request.action] };
  // When it is about the caller is asked of keys, so that it names whoever has them.
  const of = about.kind === 'always' ? {} : { principal: EVERYONE };
  return { when: all(parts), settled: { ...statement, ...on, ...of, action, conditions: settled } };
}

/** A Deny that names others than the caller is about it as far as nobody knows who it is. */
function whenAboutCaller(
  compiled: CompiledStatement,
  subject: Subject,
  addressing: Addressing,
  knowledge: Knowledge,
): Formula {
  const { isDeny, statement } = compiled;
  const outcome = askPrincipal(compiled, subject, addressing);
  if (outcome === 'applies' || (outcome === 'doubtful' && isDeny)) return ALWAYS;
  const { principal } = statement;
  if (!isDeny || addressing !== 'by-principal' || principal === undefined || principal.not) return NEVER;
  return whenAmongNamed(principal, subject.request.caller, knowledge);
}

const ANY = { not: false, values: ['*'] };
const EVERYONE: PrincipalElement = {
  not: false,
  everyone: true,
  aws: [],
  service: [],
  federated: [],
  canonicalUser: [],
};

/** When none of the statements speaks. */
export function whenSilent(speaking: readonly Speaking[]): Formula {
  return not(any(speaking.map(({ when }) => when)));
}

/**
 * The policies with the chosen statements alone, of which each speaks whatever the open keys. What Block Public Access and its like keep
 * back is not among them.
 */
export function policiesOf(policies: ApplicablePolicies, chosen: readonly Speaking[]): ApplicablePolicies {
  const chosenOf = (layer: Layers, level: number, attached: AttachedPolicy): AttachedPolicy => ({
    ...attached,
    policy: {
      version: attached.policy.version,
      statements: chosen
        .filter((one) => one.layer === layer && one.level === level && one.attached === attached)
        .map(({ settled }) => settled),
    },
  });
  const list = (layer: Layers, attached: readonly AttachedPolicy[], level = 0) =>
    attached.map((policy) => chosenOf(layer, level, policy));
  const chosenIn = (layer: Layers) => chosen.filter((one) => one.layer === layer);
  const { boundary, session, resource, serviceControl, resourceControl, vpcEndpoint } = policies;
  return {
    ...aclOf(policies, chosenIn('acl')),
    ...grantsOf(policies, chosenIn('grant')),
    identity: list('identity', policies.identity),
    ...(boundary === undefined ? {} : { boundary: chosenOf('boundary', 0, boundary) }),
    ...(session === undefined ? {} : { session: list('session', session) }),
    ...(resource === undefined ? {} : { resource: chosenOf('resource', 0, resource) }),
    ...(serviceControl === undefined
      ? {}
      : { serviceControl: serviceControl.map((level, at) => list('serviceControl', level, at)) }),
    ...(resourceControl === undefined
      ? {}
      : { resourceControl: resourceControl.map((level, at) => list('resourceControl', level, at)) }),
    ...(vpcEndpoint === undefined ? {} : { vpcEndpoint: list('vpcEndpoint', vpcEndpoint) }),
  };
}
