/** Small accounts for tests, as GetAccountAuthorizationDetails tells them. */
import type { Account, Estate } from '../../account/account.ts';
import { readAccountDetails } from '../../account/authorization-details.ts';
import { principalIn } from '../../account/policies-in.ts';
import type { AttachedPolicy } from '../../model.ts';
import { parsePolicy } from '../../parse.ts';
import { type Reach, type ReachOptions, reach } from '../reach.ts';

export const ACCOUNT = '111122223333';
export const NOW = Date.UTC(2026, 2, 1, 12);

export type Statement = Readonly<Record<string, unknown>>;

export const allow = (Action: string | readonly string[], more: Statement = {}): Statement => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...more,
});
export const deny = (Action: string | readonly string[], more: Statement = {}): Statement => ({
  ...allow(Action, more),
  Effect: 'Deny',
});
export const when = (operator: string, key: string, value: unknown) => ({
  Condition: { [operator]: { [key]: value } },
});
export const document = (...Statement: readonly Statement[]) => ({ Version: '2012-10-17', Statement });

export const userArn = (name: string) => `arn:aws:iam::${ACCOUNT}:user/${name}`;
export const roleArn = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
export const policyArn = (name: string) => `arn:aws:iam::${ACCOUNT}:policy/${name}`;

export interface Holder {
  readonly allows?: readonly Statement[];
  readonly inline?: Readonly<Record<string, readonly Statement[]>>;
  readonly attached?: readonly string[];
  readonly boundary?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface SmallAccount {
  readonly id?: string;
  readonly users?: Readonly<Record<string, Holder & { readonly groups?: readonly string[] }>>;
  readonly roles?: Readonly<
    Record<string, Holder & { readonly trusts: readonly Statement[]; readonly profile?: 'none' | 'own' }>
  >;
  readonly groups?: Readonly<Record<string, Holder>>;
  /** Managed policies: the versions, the first in force. */
  readonly policies?: Readonly<Record<string, readonly (readonly Statement[])[]>>;
}

/** A statement of a trust policy. */
export const trusts = (Principal: unknown, Action = 'sts:AssumeRole', more: Statement = {}): Statement => ({
  Effect: 'Allow',
  Principal,
  Action,
  ...more,
});
export const trustsService = (service: string, more: Statement = {}) =>
  trusts({ Service: `${service}.amazonaws.com` }, 'sts:AssumeRole', more);

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';
const ruling = document(allow('*'));

/** The answer of GetAccountAuthorizationDetails. */
export function detailsOf(small: SmallAccount) {
  const { id = ACCOUNT, users = {}, roles = {}, groups = {}, policies = {} } = small;
  const own = (text: string) => text.replaceAll(ACCOUNT, id);
  const arnOf = (name: string) => (name.startsWith('arn:') ? name : own(policyArn(name)));
  const common = ({ attached = [], boundary, tags = {} }: Holder) => ({
    AttachedManagedPolicies: attached.map((name) => ({ PolicyArn: arnOf(name) })),
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    ...(boundary === undefined ? {} : { PermissionsBoundary: { PermissionsBoundaryArn: arnOf(boundary) } }),
  });
  const inlineOf = ({ allows = [], inline = {} }: Holder) =>
    Object.entries(allows.length > 0 ? { own: allows, ...inline } : inline).map(([PolicyName, statements]) => ({
      PolicyName,
      PolicyDocument: document(...statements),
    }));
  return {
    UserDetailList: Object.entries(users).map(([name, user]) => ({
      Arn: own(userArn(name)),
      GroupList: user.groups ?? [],
      UserPolicyList: inlineOf(user),
      ...common(user),
    })),
    RoleDetailList: Object.entries(roles).map(([name, role]) => ({
      Arn: own(roleArn(name)),
      AssumeRolePolicyDocument: document(...role.trusts),
      RolePolicyList: inlineOf(role),
      InstanceProfileList: role.profile === 'own' ? [{ Arn: `arn:aws:iam::${id}:instance-profile/${name}` }] : [],
      ...common(role),
    })),
    GroupDetailList: Object.entries(groups).map(([name, group]) => ({
      Arn: `arn:aws:iam::${id}:group/${name}`,
      GroupPolicyList: inlineOf(group),
      ...common(group),
    })),
    Policies: Object.entries(policies).map(([name, versions]) => ({
      Arn: own(policyArn(name)),
      DefaultVersionId: 'v1',
      PolicyVersionList: versions.map((statements, at) => ({
        VersionId: `v${at + 1}`,
        IsDefaultVersion: at === 0,
        Document: document(...statements),
      })),
    })),
  };
}

/** An account, read. */
export function accountOf(small: SmallAccount): Account {
  const read = readAccountDetails(detailsOf(small), (arn) =>
    arn === ADMINISTRATOR ? JSON.stringify(ruling) : undefined,
  );
  if (read.kind === 'invalid') throw new Error(`${read.message} ${read.pointer}`);
  return read.account;
}

export type Scps = readonly (readonly (readonly Statement[])[])[];

/** Accounts under SCPs of one account. */
export function estateOf(accounts: readonly SmallAccount[], scps?: Scps): Estate {
  return {
    accounts: accounts.map(accountOf),
    resourcePolicies: [],
    serviceControl: scps === undefined ? {} : { [ACCOUNT]: scps.map((level) => level.map(attachedScp)) },
  };
}

function attachedScp(statements: readonly Statement[]): AttachedPolicy {
  const read = parsePolicy(JSON.stringify(document(...statements)), 'identity');
  if (read.kind === 'malformed') throw new Error(read.awsMessage);
  return { layer: 'service-control', name: 'scp', kind: 'managed', attachedTo: ACCOUNT, policy: read.policy };
}

/** What a user or role of the first account reaches. */
export function reachFrom(estate: Estate, arn: string, options: Partial<ReachOptions> = {}): Reach {
  const from = principalIn(estate, arn);
  if (from === undefined) throw new Error(`no ${arn}`);
  return reach(estate, from, { now: NOW, ...options });
}

/** Each reach as `arn: path+path`. */
export function shown({ reaches }: Reach): readonly string[] {
  return reaches.map(
    ({ arn, steps }) => `${arn.slice(arn.lastIndexOf(':') + 1)}: ${steps.map(({ path }) => path).join('+')}`,
  );
}
