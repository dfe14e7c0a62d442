/** All layers in AWS's order of evaluation. IAM User Guide, "How AWS enforcement code logic evaluates requests to allow or deny access". */
import { hasPolicies, hasSessionPolicies } from '../asked.ts';
import type { LayerFindings } from '../findings.ts';
import { needsTrust, rootKeepsBucketPolicy } from '../fixed-rules.ts';
import { isAboutKey, usableGrant } from '../kms-grants.ts';
import type { AnyCaller, Layer } from '../model.ts';
import { whyNotUnderResourceControl, whyNotUnderServiceControl } from '../organization.ts';
import { ownerOf } from '../s3-access.ts';
import type { Decided } from './decided.ts';
import type { LayerExplanation } from './explanation.ts';
import { explainLayer, notAsked, withoutStatements } from './layer.ts';

const NO_RESOURCE_CONTROL = notAsked('resource-control', 'there are none over the resource');
const NO_SERVICE_CONTROL = [notAsked('service-control', 'there are none over the caller')];
const NO_ENDPOINT = notAsked('vpc-endpoint', 'the request came through none');
const NO_RESOURCE_POLICY = notAsked('resource', 'the resource has none');
const NO_BOUNDARY = notAsked('boundary', 'none is set on the caller');
const NO_SESSION_POLICIES = notAsked('session', 'the credentials come without session policies');

/** Grants, access control lists and Block Public Access only where the resource has them, root's own rights only of root. */
export function explainLayers(decided: Decided): readonly LayerExplanation[] {
  const { subject, policies, asked } = decided;
  const { caller, resource } = subject.request;
  const layers = [
    explainResourceControl(decided),
    ...explainServiceControl(decided),
    asked.guardrails?.vpcEndpoint === undefined
      ? NO_ENDPOINT
      : explainLayer('vpc-endpoint', asked.guardrails.vpcEndpoint, decided),
    explainOwners(decided),
    ...explainOwn(decided),
  ];
  if (isAboutKey(subject.action, resource)) layers.push(explainGrants(decided));
  if (policies.acl !== undefined) layers.push(explainLists(decided));
  if (policies.publicAccessBlocks !== undefined) layers.push(explainBlock(decided));
  if (caller.kind === 'root') layers.push(explainRoot(decided));
  return layers;
}

function explainResourceControl(decided: Decided): LayerExplanation {
  const { asked, policies, subject } = decided;
  const findings = asked.guardrails?.resourceControl;
  if (findings !== undefined) return explainLayer('resource-control', findings, decided);
  const because = policies.resourceControl === undefined ? undefined : whyNotUnderResourceControl(subject);
  return because === undefined ? NO_RESOURCE_CONTROL : notAsked('resource-control', because);
}

/** A level each. Of the levels that deny, or are silent, the first decides. */
function explainServiceControl(decided: Decided): readonly LayerExplanation[] {
  const { asked, policies, subject } = decided;
  const levels = asked.guardrails?.serviceControl ?? [];
  if (levels.length === 0) {
    const because = policies.serviceControl === undefined ? undefined : whyNotUnderServiceControl(subject.request);
    return because === undefined ? NO_SERVICE_CONTROL : [notAsked('service-control', because)];
  }
  const deciding = decidingLevel(decided, levels);
  return levels.map((findings, level) => {
    const { layer, outcome, part, because, statements, near, more } = explainLayer(
      'service-control',
      findings,
      decided,
    );
    const own =
      part !== 'decides' || level === deciding ? part : outcome === 'allows' ? 'lets-pass' : 'stands-in-the-way';
    return { layer, level, outcome, part: own, because, statements, near, more };
  });
}

function decidingLevel({ judgement }: Decided, levels: readonly LayerFindings[]): number {
  if (judgement.kind === 'denied') {
    const [first] = judgement.statements;
    return levels.findIndex(({ denies }) => first !== undefined && denies.includes(first));
  }
  return levels.findIndex(({ allows }) => allows.length === 0);
}

/** The policy of the resource, or the trust policy of the role. */
function explainOwners(decided: Decided): LayerExplanation {
  const { asked, policies, subject, judgement } = decided;
  const { request, action } = subject;
  const layer = policies.resource?.layer ?? (needsTrust(action, request.resource) ? 'trust' : 'resource');
  if (policies.resource === undefined) {
    if (judgement.layer !== layer)
      return layer === 'resource' ? NO_RESOURCE_POLICY : notAsked(layer, 'the role has none');
    return withoutStatements(layer, 'silent', 'it is needed, and the resource has none that allows it', decided);
  }
  const findings = policies.acl === undefined ? asked.resource : ofLayer(asked.resource, (of) => of !== 'acl');
  if (findings.denies.length > 0 && rootKeepsBucketPolicy(request, action)) {
    return notAsked(layer, 'whatever it denies, the root user gets through to the policy of its own bucket');
  }
  if (asked.isCutOff) {
    return explainLayer(layer, findings, decided, 'S3 Block Public Access takes back what it allows');
  }
  if (ownerOf(request, policies) !== request.resourceAccountId) {
    return explainLayer(layer, findings, decided, "it does not speak for other accounts' objects");
  }
  return explainLayer(layer, findings, decided);
}

/** What belongs to the caller. */
function explainOwn(decided: Decided): readonly LayerExplanation[] {
  const { asked, subject } = decided;
  const { caller } = subject.request;
  const { identity, boundary, session } = asked;
  const without = hasPolicies(caller) ? undefined : whyWithoutPolicies(caller);
  return [
    without === undefined ? explainLayer('identity', identity, decided) : notAsked('identity', without),
    boundary === undefined || without !== undefined
      ? without === undefined
        ? NO_BOUNDARY
        : notAsked('boundary', without)
      : explainLayer('boundary', boundary, decided),
    session !== undefined && hasSessionPolicies(caller)
      ? explainLayer('session', session, decided)
      : without === undefined
        ? NO_SESSION_POLICIES
        : notAsked('session', without),
  ];
}

function whyWithoutPolicies({ kind }: AnyCaller): string {
  if (kind === 'root') return 'they do not limit the root user';
  if (kind === 'service') return 'AWS services have none';
  return kind === 'anonymous' ? 'an anonymous caller has none' : 'who comes with a token has none';
}

function explainGrants(decided: Decided): LayerExplanation {
  const { policies, subject } = decided;
  if (policies.grants === undefined) return notAsked('grant', 'the key has none');
  const usable = usableGrant(policies.grants, subject.request, subject.action);
  if (usable === undefined) return withoutStatements('grant', 'silent', 'no grant allows it', decided);
  return withoutStatements('grant', 'allows', `grant ${usable.grant.id} of the key allows it`, decided);
}

function explainLists(decided: Decided): LayerExplanation {
  const { acl } = decided.policies;
  if (acl?.ownership === 'BucketOwnerEnforced') return notAsked('acl', 'Object Ownership turns them off');
  return explainLayer('acl', { ...ofLayer(decided.asked.resource, (layer) => layer === 'acl'), denies: [] }, decided);
}

function ofLayer(findings: LayerFindings, isMeant: (layer: Layer) => boolean): LayerFindings {
  const policies = findings.policies.filter(({ layer }) => isMeant(layer));
  const allows = findings.allows.filter(({ decisive }) => isMeant(decisive.policy.layer));
  return { ...findings, policies, allows };
}

function explainBlock(decided: Decided): LayerExplanation {
  const layer = 'block-public-access';
  if (!decided.asked.isCutOff) return withoutStatements(layer, 'allows', 'it keeps nothing from this caller', decided);
  return withoutStatements(layer, 'denies', 'it takes back what the public policy of the bucket allows', decided);
}

function explainRoot(decided: Decided): LayerExplanation {
  const { caller, resourceAccountId } = decided.subject.request;
  const isOwn = 'accountId' in caller && caller.accountId === resourceAccountId;
  if (!isOwn) return notAsked('root', 'the resource is of another account');
  return withoutStatements('root', 'allows', 'it has every right in its own account', decided);
}
