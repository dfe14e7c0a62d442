import { expect } from 'vitest';
import type { Scenario } from './scenario.ts';

const analyzer = (command: string, ...more: readonly string[]) => ['accessanalyzer', command, ...more];
const identity = ['--policy-type', 'IDENTITY_POLICY'];

const policy = (...statements: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const readsA = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::a/*' };
const wide = { Sid: 'Wide', Effect: 'Allow', Action: 's3:*', Resource: '*' };
const open = { ...readsA, Principal: '*' };

const validate = (document: string, ...more: readonly string[]) =>
  analyzer('validate-policy', '--policy-document', document, ...more);
const noNew = (newOne: string, existing: string) =>
  analyzer('check-no-new-access', '--new-policy-document', newOne, '--existing-policy-document', existing, ...identity);
const notGranted = (document: string, access: string) =>
  analyzer('check-access-not-granted', '--policy-document', document, '--access', access, ...identity);
const noPublic = (document: string, resourceType: string) =>
  analyzer('check-no-public-access', '--policy-document', document, '--resource-type', resourceType);

const result = (expected: object) => (answer: unknown) => expect(answer).toMatchObject(expected);

export const scenario: Scenario = {
  service: 'accessanalyzer',
  files: { 'reads.json': policy(readsA) },
  steps: [
    { run: validate('file://reads.json', ...identity), shows: result({ findings: [] }) },
    {
      run: validate(policy({ ...readsA, Action: 's3:GetObjekt' }), ...identity),
      shows: result({ findings: [{ findingType: 'ERROR', issueCode: 'INVALID_ACTION' }] }),
    },
    {
      run: validate('{', ...identity),
      shows: result({ findings: [{ findingType: 'ERROR', issueCode: 'JSON_SYNTAX_ERROR' }] }),
    },
    {
      run: validate(
        policy({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole', Resource: '*' }),
        '--policy-type',
        'RESOURCE_POLICY',
        '--validate-policy-resource-type',
        'AWS::IAM::AssumeRolePolicyDocument',
      ),
      shows: ({ findings }) =>
        expect(findings.map(({ issueCode }: { issueCode: string }) => issueCode)).toContain(
          'ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE',
        ),
    },
    { run: validate(policy(wide), '--policy-type', 'SERVICE_CONTROL_POLICY') },
    {
      run: validate(policy(open), '--policy-type', 'RESOURCE_CONTROL_POLICY'),
      shows: ({ findings }) => expect(findings[0].issueCode).toBe('RCP_SYNTAX_ERROR_ALLOW'),
    },
    { run: noNew(policy(readsA), policy(wide)), shows: result({ result: 'PASS' }) },
    {
      run: noNew(policy(wide), policy(readsA)),
      shows: result({ result: 'FAIL', reasons: [{ statementId: 'Wide', statementIndex: 0 }] }),
    },
    { run: noNew('{', policy(readsA)), ends: 'InvalidParameterException' },
    { run: notGranted(policy(readsA), 'actions=s3:PutObject,iam:PassRole'), shows: result({ result: 'PASS' }) },
    { run: notGranted(policy(wide), 'actions=s3:PutObject'), shows: result({ result: 'FAIL' }) },
    { run: notGranted(policy(readsA), 'resources=arn:aws:s3:::b/*'), shows: result({ result: 'PASS' }) },
    { run: notGranted(policy(readsA), 'actions=GetObject'), ends: 'InvalidParameterException' },
    { run: noPublic(policy(open), 'AWS::S3::Bucket'), shows: result({ result: 'FAIL' }) },
    {
      run: noPublic(policy({ ...open, Principal: { AWS: '111122223333' } }), 'AWS::S3::Bucket'),
      shows: result({ result: 'PASS' }),
    },
    {
      run: noPublic(
        policy({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }),
        'AWS::IAM::AssumeRolePolicyDocument',
      ),
      shows: result({ result: 'FAIL' }),
    },
  ],
};
