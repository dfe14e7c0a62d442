/**
 * Trust policies. When one is saved, the users and roles that it names become their unique ids, and when it is read they
 * become ARNs again as long as they exist: whoever is deleted and created anew is not trusted any more (IAM User Guide,
 * "AWS JSON policy elements: Principal").
 */
import { own } from '../../own.ts';
import type { World } from '../../world.ts';
import { roleArn, rootArn, userArn } from './arns.ts';
import { checkDocument, documentSize } from './documents.ts';
import { malformedPolicy, quotaExceeded } from './errors.ts';
import { quotas } from './quotas.ts';

/** Names of the sandbox's users and roles by unique id. */
export interface PrincipalNames {
  /** A stored trust policy as people read it. */
  show(trustPolicy: string): string;
}

const uniqueId = /^A(?:IDA|ROA)[A-Z2-7]{17}$/;
const anyUniqueId = /"A(?:IDA|ROA)[A-Z2-7]{17}[":]/;
const sessionOfRole = /^(AROA[A-Z2-7]{17}):(.+)$/;
const principalArn = /^arn:aws:(iam|sts)::(\d{12}):(root|user|role|assumed-role|federated-user)(?:\/(.+))?$/;
const servicePrincipal = /^[a-z0-9][a-z0-9.-]*\.(?:amazonaws\.com(?:\.cn)?|amazon\.com|aws\.internal)$/;

/**
 * Checks a trust policy and gives the text to store.
 * @throws MalformedPolicyDocument, also for a user or role of the sandbox that does not exist; LimitExceeded
 */
export function storeTrustPolicy(document: string, world: World): string {
  checkDocument(document, 'trust');
  if (documentSize(document) > quotas.assumeRolePolicySize) {
    throw quotaExceeded('ACLSizePerRole', quotas.assumeRolePolicySize);
  }
  return storePrincipals(document, world);
}

/**
 * A document that follows the grammar, as it is stored: the sandbox's users and roles stand as their unique ids.
 * @throws MalformedPolicyDocument for a user or role of the sandbox that does not exist
 */
export function storePrincipals(document: string, world: World): string {
  return JSON.stringify(mapPrincipals(JSON.parse(document), (type, value) => storedPrincipal(type, value, world)));
}

/** Reads trust policies of a sandbox; its users and roles are gathered at the first that names one. */
export function principalNames(world: World): PrincipalNames {
  let arns: ReadonlyMap<string, string> | undefined;
  return {
    show(trustPolicy) {
      if (!anyUniqueId.test(trustPolicy)) return trustPolicy;
      arns ??= arnsById(world);
      const known = arns;
      return JSON.stringify(mapPrincipals(JSON.parse(trustPolicy), (_type, value) => shownPrincipal(value, known)));
    },
  };
}

function storedPrincipal(type: string, value: string, world: World): string {
  if (type === 'Service') {
    if (!servicePrincipal.test(value)) throw invalidPrincipal(type, value);
    return value;
  }
  if (type !== 'AWS' || value === '*') return value;
  if (/^\d{12}$/.test(value)) return rootArn(value);
  if (uniqueId.test(value)) {
    if (!arnsById(world).has(value)) throw invalidPrincipal(type, value);
    return value;
  }
  const [, , accountId = '', kind = '', rest] = principalArn.exec(value) ?? [];
  const account = own(world.accounts, accountId);
  if (kind === '' || (kind === 'root') !== (rest === undefined)) throw invalidPrincipal(type, value);
  // Nothing is known of accounts outside the sandbox: their principals are taken to exist.
  if (kind === 'root' || kind === 'federated-user' || account === undefined) return value;
  if (kind === 'assumed-role') {
    const [, roleName = '', session = ''] = value.split('/');
    const assumed = own(account.iam.roles, roleName);
    if (assumed === undefined || session === '') throw invalidPrincipal(type, value);
    return `${assumed.id}:${session}`;
  }
  const name = value.slice(value.lastIndexOf('/') + 1);
  const user = kind === 'user' ? own(account.iam.users, name) : undefined;
  const role = kind === 'role' ? own(account.iam.roles, name) : undefined;
  if (user !== undefined && userArn(accountId, user) === value) return user.id;
  if (role !== undefined && roleArn(accountId, role) === value) return role.id;
  throw invalidPrincipal(type, value);
}

/** What a stored principal reads as: an ARN while it exists, its unique id after. */
function shownPrincipal(value: string, arns: ReadonlyMap<string, string>): string {
  const [, roleId = '', session = ''] = sessionOfRole.exec(value) ?? [];
  const role = principalArn.exec(arns.get(roleId) ?? '');
  if (role === null) return arns.get(value) ?? value;
  const name = role[4]?.split('/').at(-1) ?? '';
  return `arn:aws:sts::${role[2]}:assumed-role/${name}/${session}`;
}

function invalidPrincipal(type: string, value: string) {
  return malformedPolicy(`Invalid principal in policy: "${type.toUpperCase()}":"${value}"`);
}

function arnsById(world: World): ReadonlyMap<string, string> {
  const arns = new Map<string, string>();
  for (const { id, iam } of Object.values(world.accounts)) {
    for (const user of Object.values(iam.users)) arns.set(user.id, userArn(id, user));
    for (const role of Object.values(iam.roles)) arns.set(role.id, roleArn(id, role));
  }
  return arns;
}

/** Walks the `Principal` elements of a document that follows the grammar; all else stays as it is. */
function mapPrincipals(document: unknown, map: (type: string, value: string) => string): unknown {
  if (!isRecord(document)) return document;
  const statements = document['Statement'];
  const mapped = Array.isArray(statements)
    ? statements.map((statement) => mapStatement(statement, map))
    : mapStatement(statements, map);
  return { ...document, Statement: mapped };
}

function mapStatement(statement: unknown, map: (type: string, value: string) => string): unknown {
  if (!isRecord(statement) || !isRecord(statement['Principal'])) return statement;
  const principal = Object.entries(statement['Principal']).map(([type, values]) => [
    type,
    Array.isArray(values) ? values.map((value) => map(type, String(value))) : map(type, String(values)),
  ]);
  return { ...statement, Principal: Object.fromEntries(principal) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
