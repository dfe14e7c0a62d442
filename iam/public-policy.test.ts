import { describe, expect, it } from 'vitest';
import { parsePolicy } from './parse.ts';
import { isPublicPolicy } from './public-policy.ts';

function isPublic(more: object): boolean {
  const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*', Principal: '*', ...more };
  const parsed = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: [statement] }), 'resource');
  if (parsed.kind === 'malformed') throw new Error(parsed.awsMessage);
  return isPublicPolicy(parsed.policy);
}

const when = (operator: string, key: string, value: string | readonly string[]) => ({
  Condition: { [operator]: { [key]: value } },
});

describe('row 23: a policy is public unless something in it is fixed', () => {
  it.each([
    ['everybody', {}],
    ['everybody with an account', { Principal: { AWS: '*' } }],
    ['any other key', when('Bool', 'aws:SecureTransport', 'true')],
    ['a prefix', when('StringLike', 's3:prefix', 'home/*')],
    ['a wildcard in the value', when('StringLike', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:role/*')],
    ['a wildcard in one of the values', when('StringEquals', 'aws:SourceVpc', ['vpc-1', '*'])],
    ['a policy variable', when('StringEquals', 'aws:PrincipalAccount', '${aws:ResourceAccount}')],
    ['vpc-*', when('StringLike', 'aws:SourceVpc', 'vpc-*')],
    ['a negated operator', when('StringNotEquals', 'aws:SourceVpce', 'vpce-1')],
    ['an absent key that passes', when('StringEqualsIfExists', 'aws:SourceVpce', 'vpce-1')],
    ['ForAllValues', when('ForAllValues:StringEquals', 'aws:PrincipalOrgPaths', 'o-1/r-1/')],
    ['half the internet', when('IpAddress', 'aws:SourceIp', '0.0.0.0/1')],
    ['a wide range of IPv6', when('IpAddress', 'aws:SourceIp', '2001::/16')],
    ['every address but one', when('NotIpAddress', 'aws:SourceIp', '203.0.113.7')],
    ['a role’s sessions', when('StringLike', 'aws:userid', 'AROAEXAMPLE:*')],
  ])('public: %s', (_what, more) => {
    expect(isPublic(more)).toBe(true);
  });

  it.each([
    ['an account', { Principal: { AWS: '111122223333' } }],
    ['a role', { Principal: { AWS: 'arn:aws:iam::111122223333:role/R' } }],
    ['a service', { Principal: { Service: 'cloudfront.amazonaws.com' } }],
    ['a denial', { Effect: 'Deny' }],
    ['an organization', when('StringEquals', 'aws:PrincipalOrgID', 'o-abcdefghij')],
    ['one principal', when('ArnEquals', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:role/R')],
    ['a network', when('IpAddress', 'aws:SourceIp', '203.0.113.0/24')],
    ['a private network', when('IpAddress', 'aws:SourceIp', '10.0.0.0/8')],
    ['a network of IPv6', when('IpAddress', 'aws:SourceIp', '2001:db8::/32')],
    ['an endpoint', when('StringEquals', 'aws:SourceVpce', 'vpce-1')],
    [
      'an access point’s account',
      when('StringLike', 's3:DataAccessPointArn', 'arn:aws:s3:eu-west-1:111122223333:accesspoint/*'),
    ],
    [
      'one of two conditions',
      { Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' }, Bool: { 'aws:SecureTransport': 'true' } } },
    ],
  ])('not public: %s', (_what, more) => {
    expect(isPublic(more)).toBe(false);
  });
});
