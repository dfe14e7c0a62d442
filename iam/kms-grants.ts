/**
 * Permissions of KMS keys beside policies. Follows the AWS KMS Developer Guide, "Key policies in AWS KMS", "Grants in AWS KMS" and
 * "Troubleshooting AWS KMS permissions".
 */
import type { AnyRequest, KmsGrant } from './model.ts';
import { type CompiledPrincipal, compilePrincipal, NAMED, type Naming, namingOf } from './principal.ts';

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
    const naming = grantNaming(grant, request, action);
    if (naming === 0) continue;
    if (naming !== NAMED.account || request.caller.kind === 'root') return { grant, names: 'caller' };
    ofAccount ??= { grant, names: 'account' };
  }
  return ofAccount;
}

function isOfKey({ keyId }: KmsGrant, resource: string): boolean {
  return keyId === resource || resource.endsWith(`:key/${keyId}`);
}

/** A grant's principals and operations, ready to be asked. */
interface CompiledGrant {
  readonly grantee: CompiledPrincipal;
  readonly retiring: CompiledPrincipal | undefined;
  /** In lower case. */
  readonly operations: ReadonlySet<string>;
}

const compiledGrants = new WeakMap<KmsGrant, CompiledGrant>();

function compileGrant(grant: KmsGrant): CompiledGrant {
  const known = compiledGrants.get(grant);
  if (known !== undefined) return known;
  const { granteePrincipal, retiringPrincipal, operations } = grant;
  const compiled = {
    grantee: principalNamed(granteePrincipal),
    retiring: retiringPrincipal === undefined ? undefined : principalNamed(retiringPrincipal),
    operations: new Set(operations.map((operation) => operation.toLowerCase())),
  };
  compiledGrants.set(grant, compiled);
  return compiled;
}

/** How a grant that allows the operation names the caller, as grantee or as who may retire it; 0 where it does not. */
function grantNaming(grant: KmsGrant, request: AnyRequest, action: string): Naming {
  const operation = action.slice('kms:'.length);
  const { grantee, retiring, operations } = compileGrant(grant);
  const isGranted = operations.has(operation) && meetsConstraints(grant, request, operation);
  const naming = isGranted ? ownNaming(grantee, request) : 0;
  return operation === 'retiregrant' && retiring !== undefined ? naming | ownNaming(retiring, request) : naming;
}

function principalNamed(principal: string): CompiledPrincipal {
  const nobody = { not: false, everyone: false, service: [], federated: [], canonicalUser: [] };
  return compilePrincipal({ ...nobody, aws: [principal], service: [principal] });
}

/** A grant names one principal: in it "*" is nobody. */
function ownNaming(principal: CompiledPrincipal, { caller }: AnyRequest): Naming {
  return namingOf(principal, caller) & ~NAMED.everyone;
}

/** The operations that have no encryption context, to which no constraint applies. */
export const WITHOUT_CONTEXT: ReadonlySet<string> = new Set([
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
