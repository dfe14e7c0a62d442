/** A case as the engine takes it: its request, and its documents read and attached. */
import type { AnyRequest, ApplicablePolicies, AttachedPolicy, Layer } from '../model.ts';
import { parsePolicy } from '../parse.ts';
import type { Policy, PolicyKind } from '../policy.ts';
import type { DecisionCase, Document } from './case.ts';

/** The request of a case. The resource is the caller's own account's where the case names no owner. */
export function requestOf({ given }: DecisionCase): AnyRequest {
  const { caller, action, resource, context = {}, resourceTags, organization } = given;
  const own = 'accountId' in caller ? caller.accountId : '';
  return {
    caller,
    action,
    resource,
    context,
    resourceAccountId: given.owner ?? own,
    ...(resourceTags === undefined ? {} : { resourceTags }),
    ...(organization === undefined ? {} : { organization }),
  };
}

/** The policies of a case. Throws where one of its documents would not be saved and is not marked so. */
export function policiesOf({ given }: DecisionCase): ApplicablePolicies {
  const { grants, acl, publicAccessBlocks } = given;
  const resource =
    given.trust === undefined
      ? attached(given.resourcePolicy, 'resource', 'resource')
      : attached(given.trust, 'trust', 'trust');
  const boundary = attached(given.boundary, 'identity', 'boundary');
  const session = given.session?.map((document) => attach(document, 'session', 'session'));
  const serviceControl = levels(given.serviceControl, 'identity', 'service-control');
  const resourceControl = levels(given.resourceControl, 'resource', 'resource-control');
  const vpcEndpoint = given.vpcEndpoint?.map((document) => attach(document, 'resource', 'vpc-endpoint'));
  return {
    identity: (given.identity ?? []).map((document) => attach(document, 'identity', 'identity')),
    ...(boundary === undefined ? {} : { boundary }),
    ...(session === undefined ? {} : { session }),
    ...(resource === undefined ? {} : { resource }),
    ...(serviceControl === undefined ? {} : { serviceControl }),
    ...(resourceControl === undefined ? {} : { resourceControl }),
    ...(vpcEndpoint === undefined ? {} : { vpcEndpoint }),
    ...(grants === undefined ? {} : { grants }),
    ...(acl === undefined ? {} : { acl }),
    ...(publicAccessBlocks === undefined ? {} : { publicAccessBlocks }),
  };
}

function levels(documents: readonly (readonly Document[])[] | undefined, kind: PolicyKind, layer: Layer) {
  return documents?.map((level) => level.map((document) => attach(document, kind, layer)));
}

function attached(document: Document | undefined, kind: PolicyKind, layer: Layer): AttachedPolicy | undefined {
  return document === undefined ? undefined : attach(document, kind, layer);
}

const KINDS: Partial<Readonly<Record<Layer, AttachedPolicy['kind']>>> = {
  resource: 'resource',
  session: 'session',
  trust: 'trust',
  'vpc-endpoint': 'resource',
};

function attach(document: Document, kind: PolicyKind, layer: Layer): AttachedPolicy {
  const attachedTo = 'arn:aws:s3:::archive';
  return { layer, name: 'Example', kind: KINDS[layer] ?? 'managed', attachedTo, policy: read(document, kind) };
}

function read(document: Document, kind: PolicyKind): Policy {
  if ('unsaved' in document) return document.unsaved;
  const whole = Array.isArray(document) ? { Version: '2012-10-17', Statement: document } : document;
  const parsed = parsePolicy(JSON.stringify(whole), kind);
  if (parsed.kind === 'malformed') throw new Error(`${parsed.awsMessage} ${JSON.stringify(parsed.findings)}`);
  return parsed.policy;
}
