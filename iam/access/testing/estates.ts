/** Small estates, written as AWS answers them. */
import type { Estate } from '../../account/account.ts';
import { readAccountDetails } from '../../account/authorization-details.ts';
import { parsePolicy } from '../../parse.ts';
import type { PolicyKind } from '../../policy.ts';

export const OWN = '111122223333';
export const OTHER = '444455556666';

export const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
export const allow = (Action: string | readonly string[], more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...more,
});
export const deny = (Action: string | readonly string[], more: object = {}) => ({
  ...allow(Action, more),
  Effect: 'Deny',
});
export const when = (operator: string, key: string, value: unknown) => ({
  Condition: { [operator]: { [key]: value } },
});

const inline = (documents: readonly object[]) =>
  documents.map((PolicyDocument, at) => ({ PolicyName: `p${at}`, PolicyDocument }));

/** A user with inline policies; `more` as AWS has it. */
export const user = (UserName: string, documents: readonly object[], more: object = {}, account = OWN) => ({
  UserName,
  UserId: `AIDA${UserName.toUpperCase()}`,
  Arn: `arn:aws:iam::${account}:user/${UserName}`,
  UserPolicyList: inline(documents),
  ...more,
});

/** A role with inline policies, trusting EC2 unless `more` says otherwise. */
export const role = (RoleName: string, documents: readonly object[], more: object = {}, account = OWN) => ({
  RoleName,
  RoleId: `AROA${RoleName.toUpperCase()}`,
  Arn: `arn:aws:iam::${account}:role/${RoleName}`,
  AssumeRolePolicyDocument: document({
    Effect: 'Allow',
    Principal: { Service: 'ec2.amazonaws.com' },
    Action: 'sts:AssumeRole',
  }),
  RolePolicyList: inline(documents),
  ...more,
});

export interface EstateParts {
  readonly users?: readonly object[];
  readonly roles?: readonly object[];
  readonly policies?: readonly object[];
  readonly groups?: readonly object[];
  /** Of other accounts, each an answer. */
  readonly others?: readonly object[];
  /** Documents by the ARN of their resource, all of the first account. */
  readonly resources?: Readonly<Record<string, object>>;
  readonly scps?: Readonly<Record<string, readonly (readonly object[])[]>>;
}

/** Reads an estate; throws where AWS would not have saved a document. */
export function estateOf(parts: EstateParts): Estate {
  const { users = [], roles = [], policies = [], groups = [], others = [], resources = {}, scps = {} } = parts;
  const own = { UserDetailList: users, RoleDetailList: roles, Policies: policies, GroupDetailList: groups };
  return {
    accounts: [own, ...others].map((answer) => {
      const read = readAccountDetails(answer, () => undefined);
      if (read.kind === 'invalid') throw new Error(`${read.message} ${read.pointer}`);
      return read.account;
    }),
    resourcePolicies: Object.entries(resources).map(([resource, policy]) => ({
      resource,
      accountId: OWN,
      policy: parsed(policy, 'resource'),
    })),
    serviceControl: Object.fromEntries(
      Object.entries(scps).map(([account, levels]) => [
        account,
        levels.map((level) =>
          level.map((policy) => ({
            layer: 'service-control' as const,
            name: 'scp',
            kind: 'managed' as const,
            attachedTo: account,
            policy: parsed(policy, 'identity'),
          })),
        ),
      ]),
    ),
  };
}

function parsed(policy: object, kind: PolicyKind) {
  const read = parsePolicy(JSON.stringify(policy), kind);
  if (read.kind === 'parsed') return read.policy;
  throw new Error(read.awsMessage);
}
