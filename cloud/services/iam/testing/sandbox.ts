/** A sandbox with IAM and STS alone, for their tests: calls go through the door, as all calls do. */

import type { AnyCaller } from '../../../../iam/model.ts';
import { nodeHashes } from '../../../../server/hashes/node-hashes.ts';
import { resolveCredential } from '../../../credentials.ts';
import type { AwsError } from '../../../errors.ts';
import type { ManagedPolicy } from '../../../managed-policies.ts';
import { newAccount, newWorld } from '../../../new-world.ts';
import { type Cloud, type Performed, perform } from '../../../perform.ts';
import { countingRandom } from '../../../testing/counting-random.ts';
import type { Output } from '../../../testing/sandbox.ts';
import type { World } from '../../../world.ts';
import { stsService } from '../../sts/index.ts';
import { iamService } from '../index.ts';

export const accountId = '111122223333';
export const partnerId = '444455556666';
export const startTime = Date.UTC(2026, 0, 5, 12);

function awsPolicy(name: string, actions: string, path = '/'): ManagedPolicy {
  const statement = { Effect: 'Allow', Action: actions, Resource: '*' };
  return {
    arn: `arn:aws:iam::aws:policy${path}${name}`,
    name,
    path,
    id: `ANPA${name.toUpperCase().slice(0, 17)}`,
    description: `Gives ${actions}`,
    defaultVersionId: 'v3',
    createdAt: Date.UTC(2015, 1, 6),
    updatedAt: Date.UTC(2020, 1, 6),
    document: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
  };
}

const awsPolicies = [
  awsPolicy('AdministratorAccess', '*'),
  awsPolicy('AWSElasticLoadBalancingServiceRolePolicy', 'ec2:*', '/aws-service-role/'),
  awsPolicy('ReadOnlyAccess', 's3:Get*'),
];

export const root: AnyCaller = { kind: 'root', accountId };

/** A policy document that allows (or denies) the actions on the resource. */
export function document(actions: string | string[], resource: string | string[] = '*', effect = 'Allow'): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: effect, Action: actions, Resource: resource }],
  });
}

/** A trust policy for the principal. */
export function trust(
  principal: object | '*',
  actions: string | string[] = 'sts:AssumeRole',
  condition?: object,
): string {
  const statement = { Effect: 'Allow', Principal: principal, Action: actions };
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ ...statement, ...(condition !== undefined && { Condition: condition }) }],
  });
}

export const ec2Trust = trust({ Service: 'ec2.amazonaws.com' });

export type { Output };

export class Sandbox {
  world: World;
  readonly cloud: Cloud;
  /** Real time, epoch milliseconds. */
  realNow = startTime;

  constructor() {
    const world = newWorld({ accountId, region: 'us-east-1' });
    this.world = { ...world, accounts: { ...world.accounts, [partnerId]: newAccount(partnerId) } };
    this.cloud = {
      services: { iam: iamService, sts: stsService },
      managedPolicies: { get: (arn) => awsPolicies.find((policy) => policy.arn === arn), list: () => awsPolicies },
      hashes: nodeHashes,
      random: countingRandom(),
    };
  }

  get now(): number {
    return this.realNow + this.world.clockOffset;
  }

  perform(operation: string, input: object = {}, caller: AnyCaller = root): Performed {
    const service = operation in stsService.operations ? 'sts' : 'iam';
    const performed = perform(this.cloud, this.world, {
      service,
      operation,
      input: input as Readonly<Record<string, unknown>>,
      caller,
      request: { sourceIp: '203.0.113.7', secureTransport: true, userAgent: 'test', region: 'us-east-1' },
      requestId: 'request-1',
      realNow: this.realNow,
    });
    this.world = performed.world;
    return performed;
  }

  /** The output of a call that must succeed. */
  call(operation: string, input: object = {}, caller: AnyCaller = root): Output {
    const { outcome } = this.perform(operation, input, caller);
    if (outcome.kind === 'error') throw outcome.error;
    return outcome.output;
  }

  /** The error of a call that must fail, as `code: message`. */
  refused(operation: string, input: object = {}, caller: AnyCaller = root): string {
    const error = this.error(operation, input, caller);
    return `${error.code}: ${error.message}`;
  }

  error(operation: string, input: object = {}, caller: AnyCaller = root): AwsError {
    const before = this.world;
    const { outcome } = this.perform(operation, input, caller);
    if (outcome.kind === 'ok') throw new Error(`${operation} was not refused`);
    if (this.world !== before) throw new Error(`${operation} was refused and changed the sandbox`);
    return outcome.error;
  }

  /** A new user with an inline policy, as a caller. */
  user(name: string, policy?: string): AnyCaller {
    this.call('CreateUser', { UserName: name });
    if (policy !== undefined) {
      this.call('PutUserPolicy', { UserName: name, PolicyName: 'p', PolicyDocument: policy });
    }
    return this.signedBy(this.call('CreateAccessKey', { UserName: name }).AccessKey);
  }

  /** The caller that credentials speak for. */
  signedBy({ AccessKeyId }: { AccessKeyId: string }): AnyCaller {
    const credential = resolveCredential(this.world, AccessKeyId, this.now);
    if (credential.kind !== 'found') throw new Error(`The credentials are ${credential.kind}`);
    return credential.caller;
  }

  /** The permissions that a call asked for, as `action resource`. */
  asked(operation: string, input: object = {}, caller: AnyCaller = root): string[] {
    return this.perform(operation, input, caller).decisions.map(
      ({ request }) => `${request.action} ${request.resource}`,
    );
  }
}
