/** The documents and requests of a workload as the engine takes them. */
import type { AnyRequest, ApplicablePolicies, AttachedPolicy, Layer, PolicyKind } from '../../iam/index.ts';
import { parsePolicy } from './built-engine.ts';
import type { Asking, Document, Documents } from './workload.ts';

const KINDS: Partial<Record<Layer, PolicyKind>> = { resource: 'resource', trust: 'trust', session: 'session' };

/** A request for `decide`: the same words, none of them prepared. */
export function toRequest({ organization, ...asked }: Asking): AnyRequest {
  return { ...asked, ...(organization === undefined ? {} : { organization }) };
}

/** Parses the documents, each one anew. `action` tells a trust policy from a resource's. */
export function toPolicies(documents: Documents, action: string): ApplicablePolicies {
  const { identity, boundary, session, resource, serviceControl, resourceControl, vpcEndpoint } = documents;
  const ofResource = action === 'sts:AssumeRole' ? 'trust' : 'resource';
  return {
    identity: all('identity', identity),
    ...(boundary === undefined ? {} : { boundary: attach('boundary', boundary, 0) }),
    ...(session === undefined ? {} : { session: [attach('session', session, 0)] }),
    ...(resource === undefined ? {} : { resource: attach(ofResource, resource, 0) }),
    ...(serviceControl === undefined
      ? {}
      : { serviceControl: serviceControl.map((level) => all('service-control', level)) }),
    ...(resourceControl === undefined
      ? {}
      : { resourceControl: resourceControl.map((level) => all('resource-control', level)) }),
    ...(vpcEndpoint === undefined ? {} : { vpcEndpoint: [attach('vpc-endpoint', vpcEndpoint, 0)] }),
  };
}

function all(layer: Layer, documents: readonly Document[]): readonly AttachedPolicy[] {
  return documents.map((document, at) => attach(layer, document, at));
}

function attach(layer: Layer, document: Document, at: number): AttachedPolicy {
  const kind = KINDS[layer] ?? (layer === 'resource-control' || layer === 'vpc-endpoint' ? 'resource' : 'identity');
  const parsed = parsePolicy(JSON.stringify(document), kind);
  if (parsed.kind === 'malformed') throw new Error(parsed.awsMessage);
  const { policy } = parsed;
  return { layer, name: `policy-${at}`, kind: 'managed', attachedTo: 'bench', policy };
}
