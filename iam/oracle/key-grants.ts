/** What grants of KMS keys allow (AWS KMS Developer Guide, Grants in AWS KMS; AWS KMS API, GrantConstraints). */
import type { AnyRequest, KmsGrant } from '../model.ts';
import { type Naming, namingsOf } from './naming.ts';

/** Whether the request is about a key of KMS. */
export function isOnKey({ action, resource }: AnyRequest): boolean {
  return action.toLowerCase().startsWith('kms:') && resource.includes(':key/');
}

/** How the grants of the key name a caller to whom they allow the request. */
export function grantedNamings(request: AnyRequest, grants: readonly KmsGrant[]): readonly Naming[] {
  if (!isOnKey(request)) return [];
  return grants
    .filter(({ keyId }) => request.resource === keyId || request.resource.endsWith(`:key/${keyId}`))
    .flatMap((grant) => {
      const asGrantee = permits(grant, request) ? namingsBy(grant.granteePrincipal, request) : [];
      const retires = operationOf(request) === 'retiregrant' && grant.retiringPrincipal !== undefined;
      return retires ? [...asGrantee, ...namingsBy(grant.retiringPrincipal, request)] : asGrantee;
    });
}

function operationOf({ action }: AnyRequest): string {
  return action.toLowerCase().replace('kms:', '');
}

function namingsBy(principal: string, { caller }: AnyRequest): readonly Naming[] {
  const element = { not: false, everyone: false, aws: [principal], service: [principal] };
  const namings = namingsOf({ ...element, federated: [], canonicalUser: [] }, caller);
  return [...namings].filter((naming) => naming !== 'everyone');
}

function permits({ operations, constraints = {} }: KmsGrant, request: AnyRequest): boolean {
  const operation = operationOf(request);
  if (!operations.some((one) => one.toLowerCase() === operation)) return false;
  // Management operations and those of asymmetric keys have no encryption context: no constraint applies to them.
  if (!/^(encrypt|decrypt|reencrypt.*|generatedatakey.*|creategrant)$/.test(operation)) return true;
  const { encryptionContextSubset: subset, encryptionContextEquals: equals } = constraints;
  const given = encryptionContext(request);
  return (subset === undefined || includes(given, subset)) && (equals === undefined || isSame(given, equals));
}

type Pairs = Readonly<Record<string, string>>;

/** The keys of pairs in small letters: in constraints their case does not count, that of values does. */
function encryptionContext({ context }: AnyRequest): Pairs {
  const prefix = 'kms:encryptioncontext:';
  const pairs = Object.entries(context).flatMap(([key, value]) => {
    const isPair = key.toLowerCase().startsWith(prefix) && typeof value === 'string';
    return isPair ? [[key.toLowerCase().slice(prefix.length), value] as const] : [];
  });
  return Object.fromEntries(pairs);
}

function includes(given: Pairs, wanted: Pairs): boolean {
  return Object.entries(wanted).every(([key, value]) => given[key.toLowerCase()] === value);
}

function isSame(given: Pairs, wanted: Pairs): boolean {
  return includes(given, wanted) && Object.keys(given).length === Object.keys(wanted).length;
}
