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
    {
      run: analyzer('create-analyzer', '--analyzer-name', 'zone', '--type', 'ACCOUNT', '--tags', 'team=blue'),
      name: 'zone',
    },
    { run: analyzer('create-analyzer', '--analyzer-name', 'zone', '--type', 'ACCOUNT'), ends: 'ConflictException' },
    {
      run: analyzer('get-analyzer', '--analyzer-name', 'zone'),
      shows: result({ analyzer: { status: 'ACTIVE', type: 'ACCOUNT', tags: { team: 'blue' } } }),
    },
    { run: analyzer('list-analyzers'), shows: ({ analyzers }) => expect(analyzers).toHaveLength(1) },
    {
      run: [
        'iam',
        'create-role',
        '--role-name',
        'Vendor',
        '--assume-role-policy-document',
        policy({
          Effect: 'Allow',
          Principal: { AWS: '444455556666' },
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'sts:ExternalId': 'acme-17' } },
        }),
      ],
    },
    {
      run: ({ zone }) => analyzer('list-findings-v2', '--analyzer-arn', zone.arn),
      name: 'found',
      shows: result({
        findings: [{ resourceType: 'AWS::IAM::Role', status: 'ACTIVE', findingType: 'ExternalAccess' }],
      }),
    },
    {
      run: ({ zone, found }) => analyzer('get-finding-v2', '--analyzer-arn', zone.arn, '--id', found.findings[0].id),
      shows: result({
        findingDetails: [
          {
            externalAccessDetails: {
              principal: { AWS: '444455556666' },
              action: ['sts:AssumeRole'],
              condition: { 'sts:ExternalId': 'acme-17' },
            },
          },
        ],
      }),
    },
    {
      run: ({ zone, found }) => analyzer('get-finding', '--analyzer-arn', zone.arn, '--id', found.findings[0].id),
      shows: result({ finding: { isPublic: false } }),
    },
    {
      run: ({ zone, found }) =>
        analyzer('update-findings', '--analyzer-arn', zone.arn, '--ids', found.findings[0].id, '--status', 'ARCHIVED'),
    },
    {
      run: ({ zone }) =>
        analyzer('list-findings', '--analyzer-arn', zone.arn, '--filter', '{"status":{"eq":["ARCHIVED"]}}'),
      shows: ({ findings }) => expect(findings).toHaveLength(1),
    },
    {
      run: analyzer(
        'create-archive-rule',
        '--analyzer-name',
        'zone',
        '--rule-name',
        'public',
        '--filter',
        '{"isPublic":{"eq":["true"]}}',
      ),
    },
    {
      run: analyzer('list-archive-rules', '--analyzer-name', 'zone'),
      shows: result({ archiveRules: [{ ruleName: 'public', filter: { isPublic: { eq: ['true'] } } }] }),
    },
    { run: ({ zone }) => analyzer('apply-archive-rule', '--analyzer-arn', zone.arn, '--rule-name', 'public') },
    { run: analyzer('delete-archive-rule', '--analyzer-name', 'zone', '--rule-name', 'public') },
    {
      run: ({ zone }) => analyzer('list-analyzed-resources', '--analyzer-arn', zone.arn),
      shows: ({ analyzedResources }) => expect(analyzedResources.length).toBeGreaterThan(0),
    },
    {
      run: ({ zone, found }) =>
        analyzer('get-analyzed-resource', '--analyzer-arn', zone.arn, '--resource-arn', found.findings[0].resource),
      shows: result({ resource: { status: 'ARCHIVED', isPublic: false } }),
    },
    {
      run: ({ zone }) => analyzer('get-findings-statistics', '--analyzer-arn', zone.arn),
      shows: result({ findingsStatistics: [{ externalAccessFindingsStatistics: { totalArchivedFindings: 1 } }] }),
    },
    {
      run: ({ zone }) => analyzer('list-tags-for-resource', '--resource-arn', zone.arn),
      shows: result({ tags: { team: 'blue' } }),
    },
    { run: analyzer('create-analyzer', '--analyzer-name', 'idle', '--type', 'ACCOUNT_UNUSED_ACCESS'), name: 'idle' },
    {
      run: ({ idle }) => analyzer('list-findings-v2', '--analyzer-arn', idle.arn),
      shows: result({ findings: [] }),
    },
    {
      run: ({ found }) =>
        analyzer(
          'start-policy-generation',
          '--policy-generation-details',
          `principalArn=${found.findings[0].resource}`,
        ),
      name: 'job',
    },
    {
      run: ({ job }) => analyzer('get-generated-policy', '--job-id', job.jobId),
      shows: result({ jobDetails: { status: 'SUCCEEDED' } }),
    },
    {
      run: analyzer('list-policy-generations'),
      shows: ({ policyGenerations }) => expect(policyGenerations).toHaveLength(1),
    },
    { run: analyzer('delete-analyzer', '--analyzer-name', 'zone') },
    { run: ({ zone }) => analyzer('list-findings', '--analyzer-arn', zone.arn), ends: 'ResourceNotFoundException' },
  ],
};
