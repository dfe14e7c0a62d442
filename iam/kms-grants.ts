/**
 * Permissions of KMS keys beside policies. Follows the AWS KMS Developer Guide, "Key policies in AWS KMS", "Grants in AWS KMS" and
 * "Troubleshooting AWS KMS permissions".
 */
import type { AnyRequest, KmsGrant } from './model.ts';
import { compilePrincipal, type PrincipalMatch, principalMatches } from './principal.ts';

/** Whether a request is one about a key, whose key policy must have its say. `action` in lower case. */
export function isAboutKey(action: string, resource: string): boolean {
  return action.startsWith('kms:') && resource.includes(':key/');
}

/** A grant that allows a request, and whether it names the caller itself or only its account. */
export interface UsableGrant {
  readonly grant: KmsGrant;
  readonly names: 'caller' | 'account';
}

/** The first grant that allows a request; one that names the caller comes before one that names its account. */
export function usableGrant(grants: readonly KmsGrant[], request: AnyRequest, action: string): UsableGrant | undefined {
  let ofAccount: UsableGrant | undefined;
  for (const grant of grants) {
    if (!isOfKey(grant, request.resource)) continue;
    const matches = matchesOf(grant, request, action);
    if (matches.length === 0) continue;
    if (matches.some((match) => match !== 'account') || request.caller.kind === 'root')
      return { grant, names: 'caller' };
    ofAccount ??= { grant, names: 'account' };
  }
  return ofAccount;
}

function isOfKey({ keyId }: KmsGrant, resource: string): boolean {
  return keyId === resource || resource.endsWith(`:key/${keyId}`);
}

function matchesOf(grant: KmsGrant, request: AnyRequest, action: string): readonly PrincipalMatch[] {
  const operation = action.slice('kms:'.length);
  const isGranted = grant.operations.some((granted) => granted.toLowerCase() === operation);
  if (isGranted && meetsConstraints(grant, request, operation)) {
    const grantee = named(grant.granteePrincipal, request);
    if (grantee.length > 0) return grantee;
  }
  const retires = operation === 'retiregrant' && grant.retiringPrincipal !== undefined;
  return retires ? named(grant.retiringPrincipal, request) : [];
}

function named(principal: string, { caller }: AnyRequest): readonly PrincipalMatch[] {
  const nobody = { not: false, everyone: false, aws: [], service: [], federated: [], canonicalUser: [] };
  return principalMatches(compilePrincipal({ ...nobody, aws: [principal], service: [principal] }), caller).filter(
    (match) => match !== 'everyone',
  );
}

/** The operations that have no encryption context, to which no constraint applies. */
const WITHOUT_CONTEXT: ReadonlySet<string> = new Set([
  'describekey',
  'retiregrant',
  'getpublickey',
  'sign',
  'verify',
  'generatemac',
  'verifymac',
  'derivesharedsecret',
]);

const CONTEXT_KEY = 'kms:encryptioncontext:';

/** In a constraint the key of a pair is compared without regard to case, its value exactly. */
function meetsConstraints({ constraints }: KmsGrant, request: AnyRequest, operation: string): boolean {
  if (constraints === undefined || WITHOUT_CONTEXT.has(operation)) return true;
  const { encryptionContextSubset: subset, encryptionContextEquals: equal } = constraints;
  const context = encryptionContext(request);
  const holds = (pairs: Readonly<Record<string, string>>) =>
    Object.entries(pairs).every(([key, value]) => context.get(key.toLowerCase()) === value);
  if (subset !== undefined && !holds(subset)) return false;
  return equal === undefined || (holds(equal) && context.size === Object.keys(equal).length);
}

function encryptionContext({ context }: AnyRequest): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  for (const [name, value] of Object.entries(context)) {
    const key = name.toLowerCase();
    if (key.startsWith(CONTEXT_KEY) && typeof value === 'string') pairs.set(key.slice(CONTEXT_KEY.length), value);
  }
  return pairs;
}
