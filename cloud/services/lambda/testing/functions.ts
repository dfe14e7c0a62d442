/** Functions, roles and packages for tests. */
import { zipSync } from 'fflate';
import { accountId, allow, policy, type Sandbox, text } from '../../../testing/sandbox.ts';

export const roleArn = (name: string, account = accountId) => `arn:aws:iam::${account}:role/${name}`;
export const functionArn = (name: string) => `arn:aws:lambda:us-east-1:${accountId}:function:${name}`;

export const lambdaTrust = policy({
  Effect: 'Allow',
  Principal: { Service: 'lambda.amazonaws.com' },
  Action: 'sts:AssumeRole',
});

/** A zip file with files by name. */
export function zip(files: Readonly<Record<string, string>>): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, content]) => [name, text(content)])));
}

export const helloCode = zip({ 'index.js': 'exports.handler = async (event) => ({ hello: event.name });' });

/** A role that Lambda may assume, with what it may do. */
export function givenRole(sandbox: Sandbox, name = 'worker', ...actions: readonly string[]): string {
  sandbox.call('iam:CreateRole', { RoleName: name, AssumeRolePolicyDocument: lambdaTrust });
  if (actions.length > 0) {
    sandbox.call('iam:PutRolePolicy', {
      RoleName: name,
      PolicyName: 'p',
      PolicyDocument: policy(allow(actions)),
    });
  }
  return roleArn(name);
}

/** What CreateFunction takes. */
export function functionInput(name: string, more: object = {}) {
  return {
    FunctionName: name,
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Role: roleArn('worker'),
    Code: { ZipFile: helloCode },
    ...more,
  };
}
