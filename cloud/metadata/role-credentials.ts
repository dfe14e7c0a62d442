/**
 * The temporary credentials of the role in an instance's profile: EC2 assumes it for the instance, when they are asked for (EC2 User
 * Guide, "Retrieve security credentials from instance metadata").
 */
import type { AssumeRoleResponse } from '@aws-sdk/client-sts';
import { enablePatches, type Patch, produceWithPatches } from 'immer';
import type { AccountDraft } from '../call.ts';
import { own } from '../own.ts';
import { type CallRequest, type Cloud, type Performed, perform } from '../perform.ts';
import { newRequestId } from '../request-id.ts';
import { ec2Arn } from '../services/ec2/ids.ts';
import type { InstanceState } from '../services/ec2/state.ts';
import { roleArn } from '../services/iam/arns.ts';
import type { RoleState } from '../services/iam/state.ts';
import type { SessionState } from '../services/sts/state.ts';
import type { Account, World } from '../world.ts';
import { timestamp } from './categories.ts';

enablePatches();

const service = 'ec2.amazonaws.com';
const hour = 3_600_000;
/** How long they are good for, whatever the role's longest session. */
const lifetime = 6 * hour;
/** "We make new credentials available at least five minutes before the expiration of the old credentials." */
const renewedBefore = 15 * 60_000;

/** Which version of the service they were asked of: `ec2:RoleDelivery`. */
export type RoleDelivery = '1.0' | '2.0';

/** The sandbox after a look at the credentials. */
export interface Delivered {
  /** What the service answers, as JSON. */
  readonly text: string;
  readonly world: World;
  /** From the world before to the world after; empty where there were credentials already. */
  readonly patches: readonly Patch[];
  /** The call of AssumeRole that EC2 made, for the sandbox's log. */
  readonly assumed?: { readonly request: CallRequest; readonly performed: Performed };
}

/** Where, when and by whose cloud. */
export interface Asked {
  readonly cloud: Cloud;
  readonly world: World;
  readonly account: Account;
  readonly region: string;
  readonly instance: InstanceState;
  readonly role: RoleState;
  readonly delivery: RoleDelivery;
  /** Real time, epoch milliseconds. */
  readonly realNow: number;
}

export function deliverCredentials(asked: Asked): Delivered {
  const { world, realNow } = asked;
  const now = realNow + world.clockOffset;
  const known = sessionOf(asked, now);
  if (known !== undefined) return { text: shown(known, now, realNow), world, patches: [] };

  const request = assumption(asked);
  const performed = perform(asked.cloud, world, request);
  const assumed = { request, performed };
  if (performed.outcome.kind === 'error') {
    return { text: refusal(asked.role, realNow), world: performed.world, patches: performed.patches, assumed };
  }
  const { AccessKeyId = '' } = (performed.outcome.output as AssumeRoleResponse).Credentials ?? {};
  const marked = mark(performed.world, asked, AccessKeyId);
  return {
    text: shown(marked.session, now, realNow),
    world: marked.world,
    patches: [...performed.patches, ...marked.patches],
    assumed,
  };
}

/** The condition keys that the credentials bring (IAM User Guide, "AWS global condition context keys"; EC2 User Guide). */
function keysOf({ account, region, instance, delivery }: Asked): Readonly<Record<string, string>> {
  return {
    'ec2:SourceInstanceARN': ec2Arn(region, account.id, 'instance', instance.id),
    'ec2:RoleDelivery': delivery,
    'aws:EC2InstanceSourceVPC': instance.vpcId,
    'aws:EC2InstanceSourcePrivateIPv4': instance.privateIp,
  };
}

function sessionOf(asked: Asked, now: number): SessionState | undefined {
  const wanted = Object.entries(keysOf(asked));
  return Object.values(asked.account.sts.sessions).find(
    ({ principalId, keys, expiresAt }) =>
      principalId === asked.role.id &&
      expiresAt - renewedBefore > now &&
      wanted.every(([key, value]) => keys?.[key] === value),
  );
}

function assumption({ cloud, account, region, instance, role, realNow }: Asked): CallRequest {
  return {
    service: 'sts',
    operation: 'AssumeRole',
    input: { RoleArn: roleArn(account.id, role), RoleSessionName: instance.id },
    caller: { kind: 'service', service },
    by: {
      service,
      calledVia: [],
      source: { arn: ec2Arn(region, account.id, 'instance', instance.id), accountId: account.id },
    },
    request: { sourceIp: service, secureTransport: true, userAgent: service, region },
    requestId: newRequestId(cloud.random),
    realNow,
  };
}

/** Gives a session the life and the keys of an instance's. */
function mark(
  world: World,
  asked: Asked,
  accessKeyId: string,
): { readonly session: SessionState; readonly world: World; readonly patches: readonly Patch[] } {
  const { id } = asked.account;
  const account = own(world.accounts, id);
  if (account === undefined) throw new Error(`The sandbox has no account ${id}`);
  const [after, patches] = produceWithPatches(account, (draft) => {
    const session = own((draft as AccountDraft).sts.sessions, accessKeyId);
    if (session === undefined) throw new Error(`No session was made of role ${asked.role.name}`);
    session.expiresAt = session.issuedAt + lifetime;
    session.keys = { ...keysOf(asked) };
  });
  const session = own(after.sts.sessions, accessKeyId);
  if (session === undefined) throw new Error(`The session of role ${asked.role.name} is gone`);
  return {
    session,
    world: { ...world, accounts: { ...world.accounts, [id]: after } },
    patches: patches.map((patch) => ({ ...patch, path: ['accounts', id, ...patch.path] })),
  };
}

/** Times are told in real time, which is what clients' caches count in. */
function shown(session: SessionState, now: number, realNow: number): string {
  const real = (time: number) => timestamp(time - now + realNow);
  return JSON.stringify(
    {
      Code: 'Success',
      LastUpdated: real(session.issuedAt),
      Type: 'AWS-HMAC',
      AccessKeyId: session.accessKeyId,
      SecretAccessKey: session.secret,
      Token: session.token,
      Expiration: real(session.expiresAt),
    },
    null,
    2,
  );
}

/** IAM User Guide, "Troubleshoot IAM and Amazon EC2": what stands there where the role does not trust EC2. */
function refusal(role: RoleState, realNow: number): string {
  return JSON.stringify(
    {
      Code: 'AssumeRoleUnauthorizedAccess',
      Message: `EC2 cannot assume the role ${role.name}. Please see documentation at https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_iam-ec2.html#troubleshoot_iam-ec2_errors-info-doc.`,
      LastUpdated: timestamp(realNow),
    },
    null,
    2,
  );
}
