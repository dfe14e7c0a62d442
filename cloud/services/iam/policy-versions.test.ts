import { beforeEach, describe, expect, test } from 'vitest';
import { accountId, document, Sandbox } from './testing/sandbox.ts';

const arn = `arn:aws:iam::${accountId}:policy/Reader`;
const missing = `arn:aws:iam::${accountId}:policy/none`;
let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('CreatePolicy', { PolicyName: 'Reader', PolicyDocument: document('s3:GetObject') });
});

const add = (input: object = {}) =>
  sandbox.call('CreatePolicyVersion', { PolicyArn: arn, PolicyDocument: document('s3:*'), ...input }).PolicyVersion;
const versions = () =>
  sandbox
    .call('ListPolicyVersions', { PolicyArn: arn })
    .Versions.map((version: { VersionId: string; IsDefaultVersion: boolean }) =>
      version.IsDefaultVersion ? `${version.VersionId}*` : version.VersionId,
    );

describe('policy versions', () => {
  test('count on, newest first; a number is never given twice', () => {
    expect(add()).toMatchObject({ VersionId: 'v2', IsDefaultVersion: false });
    expect(add({ SetAsDefault: true })).toMatchObject({ VersionId: 'v3', IsDefaultVersion: true });
    expect(versions()).toEqual(['v3*', 'v2', 'v1']);
    sandbox.call('DeletePolicyVersion', { PolicyArn: arn, VersionId: 'v2' });
    expect(add().VersionId).toBe('v4');
    expect(versions()).toEqual(['v4', 'v3*', 'v1']);
  });

  test('are five at most', () => {
    for (let i = 0; i < 4; i++) add();
    expect(sandbox.refused('CreatePolicyVersion', { PolicyArn: arn, PolicyDocument: document('s3:*') })).toBe(
      'LimitExceeded: A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
    );
  });

  test('give their document back as it was written, percent-encoded', () => {
    const text = `{\n  "Version": "2012-10-17",\n  "Statement": ${JSON.stringify(JSON.parse(document('s3:Get*')).Statement)}\n}`;
    add({ PolicyDocument: text });
    const { Document } = sandbox.call('GetPolicyVersion', { PolicyArn: arn, VersionId: 'v2' }).PolicyVersion;
    expect(decodeURIComponent(Document)).toBe(text);
    expect(Document).toMatch(/^%7B%0A%20%20%22Version%22%3A%20/);
    expect(Document).toContain('s3%3AGet%2A');
  });

  test('one is the default, which can be moved and not deleted', () => {
    add();
    sandbox.call('SetDefaultPolicyVersion', { PolicyArn: arn, VersionId: 'v2' });
    expect(versions()).toEqual(['v2*', 'v1']);
    expect(sandbox.call('GetPolicy', { PolicyArn: arn }).Policy.DefaultVersionId).toBe('v2');
    expect(sandbox.refused('DeletePolicyVersion', { PolicyArn: arn, VersionId: 'v2' })).toBe(
      'DeleteConflict: Cannot delete the default version of a policy.',
    );
  });

  test.each(['GetPolicyVersion', 'SetDefaultPolicyVersion', 'DeletePolicyVersion'])(
    '%s knows what is missing',
    (name) => {
      expect(sandbox.refused(name, { PolicyArn: arn, VersionId: 'v9' })).toBe(
        `NoSuchEntity: Policy ${arn} version v9 does not exist or is not attachable.`,
      );
      expect(sandbox.refused(name, { PolicyArn: missing, VersionId: 'v1' })).toBe(
        `NoSuchEntity: Policy ${missing} version v1 does not exist or is not attachable.`,
      );
    },
  );

  test('are refused for a policy that is missing or malformed', () => {
    const PolicyDocument = document('s3:*');
    expect(sandbox.refused('CreatePolicyVersion', { PolicyArn: missing, PolicyDocument })).toContain('NoSuchEntity');
    expect(sandbox.refused('ListPolicyVersions', { PolicyArn: missing })).toContain('NoSuchEntity');
    expect(sandbox.refused('CreatePolicyVersion', { PolicyArn: arn, PolicyDocument: '[]' })).toContain(
      'MalformedPolicyDocument',
    );
  });
});
