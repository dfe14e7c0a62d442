/** Reads Principal and NotPrincipal. IAM User Guide, "AWS JSON policy elements: Principal". */
import { isAccountId, PARTITIONS, parseArn } from '../arn.ts';
import type { PrincipalElement } from '../policy.ts';
import { type Elements, type Located, placeOf, readTexts, uniqueMembers } from './elements.ts';
import { childPointer, type FaultLog, type Place } from './faults.ts';

const TYPES = { AWS: 'aws', Service: 'service', Federated: 'federated', CanonicalUser: 'canonicalUser' } as const;
type PrincipalType = keyof typeof TYPES;

/** Where the element stands: a bucket's policy may name canonical users and `"*"`, a role's trust policy neither. */
export type PrincipalHome = 'resource' | 'trust';

/** Reads Principal or NotPrincipal; undefined, with a fault in the log, where there is neither or it cannot be read. */
export function readPrincipal(
  log: FaultLog,
  elements: Elements<'Principal' | 'NotPrincipal'>,
  statement: Place,
  home: PrincipalHome,
): PrincipalElement | undefined {
  const element = elements.Principal ?? elements.NotPrincipal;
  if (element === undefined) {
    log.fault('missing-principal', statement, 'This kind of policy must say in Principal whom it speaks of.');
    return undefined;
  }
  if (elements.Principal !== undefined && elements.NotPrincipal !== undefined) {
    log.fault('both-elements', elements.NotPrincipal.key, 'A statement has either Principal or NotPrincipal.');
  }
  return readValue(log, element, elements.Principal === undefined, home);
}

function readValue(log: FaultLog, element: Located, not: boolean, home: PrincipalHome): PrincipalElement | undefined {
  const { node, place } = element;
  if (node.kind === 'string') {
    if (node.value !== '*' || home === 'trust') {
      const message = `Principal must say of what kind it is: {"AWS": "${node.value}"}.`;
      log.fault('untyped-principal', place, message, node.value);
    }
    return { not, everyone: node.value === '*', aws: [], service: [], federated: [], canonicalUser: [] };
  }
  if (node.kind !== 'object') {
    log.fault('invalid-type', place, 'Principal must be "*" or an object like {"AWS": "…"}.', 'Principal');
    return undefined;
  }
  const found: Record<(typeof TYPES)[PrincipalType], string[]> = {
    aws: [],
    service: [],
    federated: [],
    canonicalUser: [],
  };
  for (const member of uniqueMembers(log, node.members, place)) {
    const pointer = childPointer(place.pointer, member.key);
    const type = principalType(member.key, home);
    if (type === undefined) {
      const at = placeOf({ from: member.keyFrom, to: member.keyTo }, pointer, place.statement);
      log.fault('invalid-principal', at, `There is no kind of principal "${member.key}" here.`, `"${member.key}"`);
      continue;
    }
    const value = { node: member.value, place: placeOf(member.value, pointer, place.statement) };
    for (const { text, place: at } of readTexts(log, value, `Principal.${type}`)) {
      const message = checkPrincipal(type, text);
      if (message !== undefined) log.fault('invalid-principal', at, message, `"${type.toUpperCase()}":"${text}"`);
      found[TYPES[type]].push(text);
    }
  }
  if (Object.values(found).every((list) => list.length === 0)) {
    log.fault('empty-principal', place, 'Principal names nobody.');
  }
  return { not, everyone: false, ...found };
}

function principalType(key: string, home: PrincipalHome): PrincipalType | undefined {
  if (key === 'CanonicalUser') return home === 'resource' ? key : undefined;
  return key === 'AWS' || key === 'Service' || key === 'Federated' ? key : undefined;
}

/** What is wrong with a principal's text. Whether the principal exists is the service's question. */
function checkPrincipal(type: PrincipalType, text: string): string | undefined {
  switch (type) {
    case 'AWS':
      return checkAwsPrincipal(text);
    case 'Service':
      return isServiceName(text) ? undefined : `"${text}" is no service principal like "ec2.amazonaws.com".`;
    case 'Federated':
      return isProvider(text)
        ? undefined
        : `"${text}" is no identity provider: its ARN, or a name like "accounts.google.com".`;
    case 'CanonicalUser':
      return undefined;
  }
}

function checkAwsPrincipal(text: string): string | undefined {
  if (text === '*' || isAccountId(text) || isUniqueId(text) || ORIGIN_ACCESS_IDENTITY.test(text)) return undefined;
  if (text.includes('*') || text.includes('?')) {
    return `A wildcard cannot stand for a part of a principal: "${text}". Use "*" with a condition on aws:PrincipalArn.`;
  }
  const arn = parseArn(text);
  const expected = 'an account id, or the ARN of an account, a user, a role or a session';
  if (arn === undefined || !PARTITIONS.has(arn.partition) || arn.region !== '' || !isAccountId(arn.accountId)) {
    return `"${text}" is no principal: name ${expected}.`;
  }
  const [kind = '', ...names] = arn.resource.split('/');
  const named = names.length > 0 && names.every((name) => name !== '');
  const isPrincipal =
    (arn.service === 'iam' && (arn.resource === 'root' || (named && (kind === 'user' || kind === 'role')))) ||
    (arn.service === 'sts' && kind === 'assumed-role' && named && names.length === 2) ||
    (arn.service === 'sts' && kind === 'federated-user' && named);
  if (isPrincipal) return undefined;
  return kind === 'group'
    ? 'A group is never a principal: name its users.'
    : `"${text}" is no principal: name ${expected}.`;
}

/** As which CloudFront reads a bucket. CloudFront Developer Guide, "Use an origin access identity". */
const ORIGIN_ACCESS_IDENTITY = /^arn:aws(-cn)?:iam::cloudfront:user\/CloudFront Origin Access Identity [A-Z0-9]+$/;

/** The ids that IAM puts in the place of ARNs when it saves a policy, with the session's name where there is one. */
function isUniqueId(text: string): boolean {
  const id = text.split(':', 1)[0] ?? '';
  if (id.length < 16 || !(id.startsWith('AIDA') || id.startsWith('AROA'))) return false;
  for (const unit of id) if (!(unit >= 'A' && unit <= 'Z') && !(unit >= '0' && unit <= '9')) return false;
  return true;
}

const SERVICE_ENDINGS = ['.amazonaws.com', '.amazonaws.com.cn', '.amazon.com', '.aws.internal', '.amazonaws.eu'];

function isServiceName(text: string): boolean {
  const ending = SERVICE_ENDINGS.find((candidate) => text.endsWith(candidate));
  if (ending === undefined || text.length === ending.length) return false;
  for (const unit of text) {
    if (!(unit >= 'a' && unit <= 'z') && !(unit >= '0' && unit <= '9') && unit !== '.' && unit !== '-') return false;
  }
  return true;
}

const PROVIDERS = new Set([
  'accounts.google.com',
  'cognito-identity.amazonaws.com',
  'graph.facebook.com',
  'www.amazon.com',
]);

function isProvider(text: string): boolean {
  if (PROVIDERS.has(text)) return true;
  const arn = parseArn(text);
  if (arn?.service !== 'iam' || !isAccountId(arn.accountId)) return false;
  return arn.resource.startsWith('saml-provider/') || arn.resource.startsWith('oidc-provider/');
}
