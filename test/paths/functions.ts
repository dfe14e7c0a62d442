/** Functions and their roles, as rows set them up. */

import { zipSync } from 'fflate';
import { expect } from 'vitest';
import { allow, everything, role, roleArn, trusts } from './documents.ts';
import type { CallStep, Who } from './row.ts';
import { accountId } from './sandbox.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

export const functionArn = (name: string) => `arn:aws:lambda:us-east-1:${accountId}:function:${name}`;

/** A package with files by name. */
export function zip(files: Readonly<Record<string, string>>): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, content]) => [name, bytes(content)])));
}

/** Code that gives Eve everything, by whatever role it runs as. */
export const malice = `
  const { IAMClient, PutUserPolicyCommand } = require('@aws-sdk/client-iam');
  const policy = ${JSON.stringify(everything)};
  const attack = () => new IAMClient({}).send(
    new PutUserPolicyCommand({ UserName: 'Eve', PolicyName: 'gift', PolicyDocument: policy }));`;
export const maliciousPackage = zip({ 'index.js': `${malice} exports.handler = attack;` });
export const harmlessPackage = zip({ 'index.js': 'exports.handler = async () => "done";' });

const lambdaTrust = trusts({ Service: 'lambda.amazonaws.com' });

/** `Admin` may do everything, `Worker` may list buckets; Lambda may act as both. */
export const functionRoles: readonly CallStep[] = [
  ...role('Admin', lambdaTrust, allow('*')),
  ...role('Worker', lambdaTrust, allow('s3:ListAllMyBuckets')),
];

export function makeFunction(name: string, as: Who, roleName: string, code = harmlessPackage): CallStep {
  return {
    call: 'lambda:CreateFunction',
    as,
    with: {
      FunctionName: name,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: roleArn(roleName),
      Code: { ZipFile: code },
    },
  };
}

/** An invocation whose code ends well. */
export function invoke(name: string, as: Who, event: object = {}): CallStep {
  return {
    call: 'lambda:Invoke',
    as,
    with: { FunctionName: name, Payload: bytes(JSON.stringify(event)) },
    shows: ({ FunctionError, Payload }) => {
      expect(FunctionError, new TextDecoder().decode(Payload)).toBeUndefined();
    },
  };
}

/** What the attacks are for. */
export const gain: CallStep = { call: 'iam:CreateUser', with: { UserName: 'Mole' } };
