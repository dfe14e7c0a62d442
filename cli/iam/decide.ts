/** `leastwise iam decide`: one request, the policies that can speak about it, and the answer. */
import {
  type AnyRequest,
  type ApplicablePolicies,
  type AttachedPolicy,
  type Decision,
  type DecisiveStatement,
  decide,
  explain,
  type Layer,
  parseArn,
  suppliedResource,
} from '../../iam/index.ts';
import { LineFault } from '../line-fault.ts';
import { readBeside } from './beside-policies.ts';
import { readCaller } from './caller.ts';
import { contextOf } from './context-keys.ts';
import { type ReadDocument, readDocument, readDocuments } from './documents.ts';
import { explanationLine } from './explanation.ts';
import { readLine } from './line.ts';
import { layerName, lineWord } from './line-words.ts';
import { readOrganization } from './organization.ts';
import { DecideLine } from './schemas.ts';
import type { VerbSetting } from './verbs.ts';

/** Answers lines of `decide`; with `explain` the whole explanation. */
export function startDecide({ explain, now }: VerbSetting): (line: unknown) => unknown {
  return (input) => {
    const line = readLine(DecideLine, input);
    const request = readRequest(line, now());
    const attached = new Attachments(line);
    const policies = attached.policies();
    const decision = decide(request, policies);
    const answer = {
      decision: lineWord(decision.verdict),
      layer: layerName(decision.layer),
      statements: decision.statements.map((statement) => attached.describe(statement)),
      basis: attached.areSaved() ? decision.basis : 'assumed',
    };
    return explain ? { ...answer, explanation: explanationOf(decision, request, policies, attached) } : answer;
  };
}

function explanationOf(decision: Decision, request: AnyRequest, policies: ApplicablePolicies, attached: Attachments) {
  const explanation = explain(request, policies);
  const { reason, awsMessage } = explanation;
  return {
    reason,
    ...(awsMessage === undefined ? {} : { awsMessage }),
    near: decision.near.map(({ statement, element, because }) => ({
      ...attached.describe(statement),
      element,
      because,
    })),
    ...explanationLine(explanation),
  };
}

/** The resource's account is its ARN's, else the principal's. */
function readRequest(line: DecideLine, now: number): AnyRequest {
  const caller = readCaller(line, now);
  const own = 'accountId' in caller ? caller.accountId : '';
  const inArn = parseArn(line.resource)?.accountId ?? '';
  const { organization: given } = line;
  return {
    caller,
    action: line.action,
    resource: line.resource === '*' ? suppliedTo(line) : line.resource,
    resourceAccountId: line.resourceAccount ?? (/^[0-9]{12}$/.test(inArn) ? inArn : own),
    context: contextOf(line.context ?? {}),
    ...(line.resourceTags === undefined ? {} : { resourceTags: line.resourceTags }),
    ...(given === undefined ? {} : { organization: readOrganization(given, caller) }),
  };
}

/** What AWS asks policies about where a request names no resource. */
function suppliedTo({ principal, principalAccount, action }: DecideLine): string {
  const arn = typeof principal === 'string' ? parseArn(principal) : undefined;
  const accountId = principalAccount ?? arn?.accountId ?? '';
  return suppliedResource(action, { partition: arn?.partition ?? 'aws', accountId });
}

/** The documents of a line where they apply, and their places in it. */
class Attachments {
  readonly #line: DecideLine;
  /** The place of each policy among those of its layer. */
  readonly #places = new Map<AttachedPolicy, number>();
  #areSaved = true;

  constructor(line: DecideLine) {
    this.#line = line;
  }

  policies(): ApplicablePolicies {
    const { policies = {}, session } = this.#line;
    const { identity = [], boundary, endpoint = [], scps, rcps } = policies;
    const { policies: ofSession = [] } = session ?? {};
    const owners = this.#ownersPolicy();
    return {
      identity: this.#all('identity', readDocuments(identity, 'identity', '/policies/identity')),
      ...(boundary === undefined
        ? {}
        : { boundary: this.#attach('boundary', readDocument(boundary, 'identity', '/policies/boundary'), 0) }),
      // AWS takes an empty list of session policies for none, and an endpoint without a policy lets everything pass.
      ...(ofSession.length === 0
        ? {}
        : { session: this.#all('session', readDocuments(ofSession, 'session', '/session/policies')) }),
      ...(owners === undefined ? {} : { resource: owners }),
      ...(scps === undefined ? {} : { serviceControl: this.#levels('service-control', scps, '/policies/scps') }),
      ...(rcps === undefined ? {} : { resourceControl: this.#levels('resource-control', rcps, '/policies/rcps') }),
      ...(endpoint.length === 0
        ? {}
        : { vpcEndpoint: this.#all('vpc-endpoint', readDocuments(endpoint, 'resource', '/policies/endpoint')) }),
      ...readBeside(this.#line, this.#line.resource),
    };
  }

  /** Whether IAM would save all the documents that `policies` read. */
  areSaved(): boolean {
    return this.#areSaved;
  }

  /** A statement by its layer and the places of its policy and of itself. */
  describe({ policy, index, sid }: DecisiveStatement) {
    const place = this.#places.get(policy) ?? 0;
    return { layer: layerName(policy.layer), policy: place, statement: index, ...(sid === undefined ? {} : { sid }) };
  }

  #ownersPolicy(): AttachedPolicy | undefined {
    const { resource, trust } = this.#line.policies ?? {};
    if (resource !== undefined && trust !== undefined) {
      const message = 'A request is decided by a resource policy or by a role’s trust policy, not by both.';
      throw new LineFault('conflicting_policies', message, '/policies/trust');
    }
    if (trust !== undefined) return this.#attach('trust', readDocument(trust, 'trust', '/policies/trust'), 0);
    if (resource === undefined) return undefined;
    return this.#attach('resource', readDocument(resource, 'resource', '/policies/resource'), 0);
  }

  #all(layer: Layer, documents: readonly ReadDocument[], from = 0): readonly AttachedPolicy[] {
    return documents.map((document, at) => this.#attach(layer, document, from + at));
  }

  /** Counts on through the levels, from the organization's root. */
  #levels(layer: Layer, levels: readonly (readonly (object | string)[])[], pointer: string) {
    const kind = layer === 'service-control' ? 'identity' : 'resource';
    let from = 0;
    return levels.map((level, at) => {
      const attached = this.#all(layer, readDocuments(level, kind, `${pointer}/${at}`), from);
      from += level.length;
      return attached;
    });
  }

  /** What a reader takes it to be attached to. */
  #attachedTo(layer: Layer): string {
    const { principal, resource } = this.#line;
    if (layer === 'resource' || layer === 'trust') return resource;
    if (layer === 'service-control' || layer === 'resource-control') return 'organization';
    if (layer === 'vpc-endpoint') return 'the request';
    return typeof principal === 'string' ? (parseArn(principal)?.resource ?? principal) : principal.service;
  }

  #attach(layer: Layer, { policy, isSaved }: ReadDocument, place: number): AttachedPolicy {
    const kind = layer === 'trust' || layer === 'session' ? layer : layer === 'resource' ? 'resource' : 'managed';
    const name = `${layerName(layer)} ${place}`;
    const attached: AttachedPolicy = { layer, name, kind, attachedTo: this.#attachedTo(layer), policy };
    this.#places.set(attached, place);
    if (!isSaved) this.#areSaved = false;
    return attached;
  }
}
