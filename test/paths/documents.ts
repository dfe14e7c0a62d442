/** Policies, and the calls by which rows set their accounts up. */
import type { CallStep } from './row.ts';
import { accountId } from './sandbox.ts';

export const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

export const userArn = (name: string) => `arn:aws:iam::${accountId}:user/${name}`;
export const roleArn = (name: string) => `arn:aws:iam::${accountId}:role/${name}`;
export const groupArn = (name: string) => `arn:aws:iam::${accountId}:group/${name}`;
export const policyArn = (name: string) => `arn:aws:iam::${accountId}:policy/${name}`;

export function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

export function allow(action: string | readonly string[], on: string | readonly string[] = '*', more: object = {}) {
  return { Effect: 'Allow', Action: action, Resource: on, ...more };
}

export function deny(action: string | readonly string[], on: string | readonly string[] = '*', more: object = {}) {
  return { Effect: 'Deny', Action: action, Resource: on, ...more };
}

export function when(operator: string, key: string, value: string | readonly string[]) {
  return { Condition: { [operator]: { [key]: value } } };
}

export function trusts(principal: object, more: object = {}): string {
  return policy({ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...more });
}

export const everything = policy(allow('*'));

/** A user with one inline policy, `main`. */
export function user(name: string, ...statements: readonly object[]): readonly CallStep[] {
  const create: CallStep = { call: 'iam:CreateUser', with: { UserName: name } };
  return statements.length === 0 ? [create] : [create, userPolicy(name, ...statements)];
}

/** A role with one inline policy, `main`. */
export function role(name: string, trust: string, ...statements: readonly object[]): readonly CallStep[] {
  const create: CallStep = { call: 'iam:CreateRole', with: { RoleName: name, AssumeRolePolicyDocument: trust } };
  return statements.length === 0 ? [create] : [create, rolePolicy(name, ...statements)];
}

/** Writes a user's inline policy `main` anew. */
export function userPolicy(name: string, ...statements: readonly object[]): CallStep {
  return {
    call: 'iam:PutUserPolicy',
    with: { UserName: name, PolicyName: 'main', PolicyDocument: policy(...statements) },
  };
}

/** Writes a role's inline policy `main` anew. */
export function rolePolicy(name: string, ...statements: readonly object[]): CallStep {
  return {
    call: 'iam:PutRolePolicy',
    with: { RoleName: name, PolicyName: 'main', PolicyDocument: policy(...statements) },
  };
}

export function managedPolicy(name: string, ...statements: readonly object[]): CallStep {
  return { call: 'iam:CreatePolicy', with: { PolicyName: name, PolicyDocument: policy(...statements) } };
}
