import { beforeEach, describe, expect, test } from 'vitest';
import { accountId, document, ec2Trust, Sandbox } from './testing/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('CreateUser', { UserName: 'X' });
  sandbox.call('CreateRole', { RoleName: 'X', AssumeRolePolicyDocument: ec2Trust });
  sandbox.call('CreatePolicy', { PolicyName: 'X', PolicyDocument: document('s3:*') });
  sandbox.call('CreateInstanceProfile', { InstanceProfileName: 'X' });
  sandbox.call('CreateOpenIDConnectProvider', { Url: 'https://x.example' });
  sandbox.call('CreateVirtualMFADevice', { VirtualMFADeviceName: 'X' });
});

const arn = (resource: string) => `arn:aws:iam::${accountId}:${resource}`;
const anyCase = 'Duplicate tag keys found. Please note that Tag keys are case insensitive.';
const exactCase = 'Duplicate tag keys found.';

describe.each([
  ['User', { UserName: 'X' }, { UserName: 'none' }, arn('user/X'), anyCase],
  ['Role', { RoleName: 'X' }, { RoleName: 'none' }, arn('role/X'), anyCase],
  ['Policy', { PolicyArn: arn('policy/X') }, { PolicyArn: arn('policy/none') }, arn('policy/X'), exactCase],
  [
    'InstanceProfile',
    { InstanceProfileName: 'X' },
    { InstanceProfileName: 'none' },
    arn('instance-profile/X'),
    exactCase,
  ],
  [
    'OpenIDConnectProvider',
    { OpenIDConnectProviderArn: arn('oidc-provider/x.example') },
    { OpenIDConnectProviderArn: arn('oidc-provider/none') },
    arn('oidc-provider/x.example'),
    exactCase,
  ],
  ['MFADevice', { SerialNumber: arn('mfa/X') }, { SerialNumber: arn('mfa/none') }, arn('mfa/X'), exactCase],
])('tags of a %s', (noun, resource, missing, resourceArn, duplicate) => {
  const tags = () => sandbox.call(`List${noun}Tags`, resource).Tags;
  const put = (...pairs: (readonly [string, string])[]) =>
    sandbox.call(`Tag${noun}`, { ...resource, Tags: pairs.map(([Key, Value]) => ({ Key, Value })) });

  test('are set, listed by key, changed and taken away', () => {
    expect(sandbox.call(`List${noun}Tags`, resource)).toEqual({ Tags: [], IsTruncated: false });
    put(['team', 'blue'], ['area', '']);
    put(['team', 'red']);
    expect(tags()).toEqual([
      { Key: 'area', Value: '' },
      { Key: 'team', Value: 'red' },
    ]);
    const page = sandbox.call(`List${noun}Tags`, { ...resource, MaxItems: 1 });
    expect(page).toMatchObject({ Tags: [{ Key: 'area' }], IsTruncated: true });
    expect(sandbox.call(`List${noun}Tags`, { ...resource, Marker: page.Marker }).Tags).toEqual([
      { Key: 'team', Value: 'red' },
    ]);
    sandbox.call(`Untag${noun}`, { ...resource, TagKeys: ['area', 'never'] });
    expect(tags()).toEqual([{ Key: 'team', Value: 'red' }]);
  });

  test('are of one key once', () => {
    const Tags = ['k', 'k'].map((Key) => ({ Key, Value: 'v' }));
    expect(sandbox.refused(`Tag${noun}`, { ...resource, Tags })).toBe(`InvalidInput: ${duplicate}`);
    put(['k', 'lower']);
    put(['K', 'upper']);
    const upper = { Key: 'K', Value: 'upper' };
    expect(tags()).toEqual(duplicate === anyCase ? [upper] : [upper, { Key: 'k', Value: 'lower' }]);
  });

  test('are fifty at most, and none of AWS’s own', () => {
    put(...Array.from({ length: 50 }, (_, i) => [`key${i}`, 'v'] as const));
    expect(sandbox.refused(`Tag${noun}`, { ...resource, Tags: [{ Key: 'more', Value: '' }] })).toBe(
      'LimitExceeded: The number of tags has reached the maximum limit.',
    );
    expect(sandbox.refused(`Tag${noun}`, { ...resource, Tags: [{ Key: 'aws:own', Value: '' }] })).toBe(
      'InvalidInput: aws: prefixed tag key names are not allowed for external use.',
    );
  });

  test('of what is missing are refused', () => {
    expect(sandbox.refused(`Tag${noun}`, { ...missing, Tags: [] })).toContain('NoSuchEntity');
    expect(sandbox.refused(`Untag${noun}`, { ...missing, TagKeys: [] })).toContain('NoSuchEntity');
    expect(sandbox.refused(`List${noun}Tags`, missing)).toContain('NoSuchEntity');
  });

  test('are asked for with keys and values, and become a condition key', () => {
    const [tag] = sandbox.perform(`Tag${noun}`, { ...resource, Tags: [{ Key: 'team', Value: 'red' }] }).decisions;
    expect(tag?.request).toMatchObject({
      action: `iam:Tag${noun}`,
      resource: resourceArn,
      context: { 'aws:RequestTag/team': 'red', 'aws:TagKeys': ['team'] },
    });
    const [untag] = sandbox.perform(`Untag${noun}`, { ...resource, TagKeys: ['other'] }).decisions;
    expect(untag?.request.context).toMatchObject({ 'aws:ResourceTag/team': 'red', 'aws:TagKeys': ['other'] });
  });
});

test('tags of AWS’s policies are not the account’s', () => {
  const PolicyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
  expect(sandbox.refused('TagPolicy', { PolicyArn, Tags: [{ Key: 'k', Value: 'v' }] })).toContain('AccessDenied');
  expect(sandbox.call('ListPolicyTags', { PolicyArn }).Tags).toEqual([]);
});
