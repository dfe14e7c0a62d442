/**
 * What counts as an administrator here: whoever can, after its gains and within its boundary, its session and the SCPs, do everything
 * for practical purposes. Holding AdministratorAccess alone does not count where a boundary or an SCP takes it back.
 */
import { allowsEverything } from './changed-principal.ts';
import type { Foothold, Setting } from './foothold.ts';
import { isAllowedAnywhere } from './prove.ts';
import type { Need } from './row.ts';
import { hasDeny } from './statements.ts';

const ROLE = 'arn:*:iam::*:role/{role}';

/**
 * All of them must be allowed without a condition on what is made: what runs the account's IAM, what reads and changes what is in it,
 * and what no list of actions and no list of services can name. Guardrails that spare these (leaving the organization, stopping the
 * trail, deleting what is kept, one region only, a few protected roles, no IAM users) leave an administrator one.
 */
export const ADMINISTRATOR_PROBES: readonly Need[] = [
  { action: 'service-to-come:ActionToCome', on: 'arn:*:service-to-come:*:*:thing/{thing}' },
  { action: 'iam:CreateRole', on: ROLE },
  { action: 'iam:PutRolePolicy', on: ROLE },
  {
    action: 'iam:AttachRolePolicy',
    on: ROLE,
    context: { 'iam:PolicyARN': 'arn:*:iam::aws:policy/AdministratorAccess' },
  },
  { action: 'iam:UpdateAssumeRolePolicy', on: ROLE },
  { action: 'iam:PassRole', on: ROLE, context: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
  { action: 'iam:CreatePolicyVersion', on: 'arn:*:iam::*:policy/{policy}' },
  { action: 's3:GetObject', on: 'arn:*:s3:::{bucket}/{key}' },
  { action: 's3:PutBucketPolicy', on: 'arn:*:s3:::{bucket}' },
  { action: 'secretsmanager:GetSecretValue', on: 'arn:*:secretsmanager:*:*:secret:{secret}' },
  { action: 'dynamodb:PutItem', on: 'arn:*:dynamodb:*:*:table/{table}' },
  { action: 'kms:Decrypt', on: 'arn:*:kms:*:*:key/{#key}' },
  { action: 'lambda:UpdateFunctionCode', on: 'arn:*:lambda:*:*:function:{function}' },
  { action: 'ec2:StopInstances', on: 'arn:*:ec2:*:*:instance/i-{#instance}' },
];

/** Whether a principal in hand is an administrator of its account. */
export function isAdministrator(setting: Setting, held: Foothold): boolean {
  return ADMINISTRATOR_PROBES.every((probe) => isAllowedAnywhere(setting, held, probe));
}

/** Whether nobody of its account could be allowed more: only SCPs limit it, and they are alike for everybody. */
export function isUnsurpassed({ estate }: Setting, { principal, session }: Foothold): boolean {
  const { accountId, identity, boundary } = principal;
  if (session !== undefined || boundary !== undefined || identity.some(hasDeny)) return false;
  if (!identity.some(({ policy }) => allowsEverything(policy))) return false;
  const over = Object.hasOwn(estate.serviceControl, accountId) ? (estate.serviceControl[accountId] ?? []).flat() : [];
  return over.every(({ policy }) =>
    policy.statements.every(({ conditions }) =>
      conditions.every(({ key }) => key.toLowerCase() === 'aws:requestedregion'),
    ),
  );
}
