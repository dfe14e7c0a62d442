import { describe, expect, it } from 'vitest';
import { ADVICE } from './advice.ts';
import { checkPolicy } from './check.ts';
import type { CheckKind } from './context.ts';
import { SERVICES } from './service-names.ts';
import { wholeCatalogue } from './testing/catalogue.ts';

const catalogue = wholeCatalogue();

function codesOf(statement: object, kind: CheckKind = 'identity', resourceType?: string): readonly string[] {
  const given = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::reports/*', ...statement };
  const options = { kind, catalogue, services: SERVICES, also: ADVICE };
  const text = JSON.stringify({ Version: '2012-10-17', Statement: [given] });
  return checkPolicy(text, resourceType === undefined ? options : { ...options, resourceType }).map(({ code }) => code);
}

const when = (operator: string, key: string, value: unknown) => ({ Condition: { [operator]: { [key]: value } } });

describe('advice', () => {
  it.each([
    ['a wildcard behind a session', when('StringLike', 'aws:userid', 'AROAEXAMPLEROLEID0001:*')],
    ['any session of any role', when('StringLike', 'aws:userid', '*:*')],
    ['a wildcard for a part of a tag', when('StringLike', 'aws:PrincipalTag/team', 'a*')],
    ['what AWS sets itself', when('StringEquals', 'aws:ResourceAccount', '${aws:PrincipalAccount}')],
    ['a literal star', when('StringEquals', 'aws:PrincipalTag/team', 'a${*}')],
    ['an ARN under its own operator', when('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:role/*')],
    [
      'a private address and its VPC',
      {
        Condition: {
          IpAddress: { 'aws:VpcSourceIp': '10.0.0.0/8' },
          StringEquals: { 'aws:SourceVpc': 'vpc-1a2b3c4d' },
        },
      },
    ],
    ['values of one type', when('StringEquals', 'aws:PrincipalTag/team', ['a', '1'])],
    [
      'a service as AWS writes it',
      {
        Action: 'iam:PassRole',
        Resource: 'arn:aws:iam::111122223333:role/app',
        ...when('StringEquals', 'iam:PassedToService', 'lambda.amazonaws.com'),
      },
    ],
    [
      'prefixes that may be listed',
      {
        Action: 's3:ListBucket',
        Resource: 'arn:aws:s3:::reports',
        ...when('StringLike', 's3:prefix', 'home/*'),
      },
    ],
  ])('has nothing to say about %s', (_, statement) => {
    expect(codesOf(statement)).toEqual([]);
  });

  const subject = (sub: string) => ({
    Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/gitlab.com' },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Resource: undefined,
    Condition: { StringEquals: { 'gitlab.com:aud': 'https://gitlab.com' }, StringLike: { 'gitlab.com:sub': sub } },
  });

  it('asks for six characters before a wildcard in a subject', () => {
    expect(codesOf(subject('project_path:acme/site:*'), 'trust')).toEqual([]);
    expect(codesOf(subject('proj:*:acme'), 'trust')).toEqual(['wildcard-too-permissive']);
    expect(codesOf(subject('project_path:*/a:*'), 'trust')).toEqual(['wildcard-too-permissive']);
  });

  it('counts bytes of the policies of resources, not characters', () => {
    const Principal = { AWS: '111122223333' };
    const size = (letter: string) =>
      codesOf({ Principal, Resource: `arn:aws:s3:::reports/${letter.repeat(15_000)}` }, 'resource', 'AWS::S3::Bucket');
    expect(size('a')).not.toContain('resource-policy-size');
    expect(size('é')).toContain('resource-policy-size');
  });

  it('takes the actions of all statements for IAM Roles Anywhere together', () => {
    const Principal = { Service: 'rolesanywhere.amazonaws.com' };
    const statement = (Action: string) => ({ Effect: 'Allow', Principal, Action });
    const text = JSON.stringify({
      Version: '2012-10-17',
      Statement: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'].map(statement),
    });
    expect(checkPolicy(text, { kind: 'trust', also: ADVICE })).toEqual([]);
  });

  it('is not given unless it is asked for', () => {
    const text = JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: '*',
        ...when('StringEquals', 'aws:referer', 'a'),
      },
    });
    expect(checkPolicy(text, { kind: 'identity' })).toEqual([]);
    expect(checkPolicy(text, { kind: 'identity', also: ADVICE })).toMatchObject([{ code: 'untrustworthy-key' }]);
  });

  it('knows no misspelt service without the names of all', () => {
    const text = JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: 'dynamodbb:GetItem', Resource: '*' },
    });
    expect(checkPolicy(text, { kind: 'identity' })).toEqual([]);
    expect(checkPolicy(text, { kind: 'identity', services: SERVICES })).toMatchObject([{ code: 'unknown-service' }]);
  });
});
