import { describe, expect, it } from 'vitest';
import { allow, deny, policy, Sandbox } from '../../testing/sandbox.ts';

const sandbox = new Sandbox();
const call = (policyDocument: string, given: object = {}) =>
  sandbox.call('access-analyzer:ValidatePolicy', { policyDocument, policyType: 'IDENTITY_POLICY', ...given });
const codes = (policyDocument: string, given: object = {}) =>
  call(policyDocument, given).findings.map(
    ({ findingType, issueCode }: { findingType: string; issueCode: string }) => `${findingType} ${issueCode}`,
  );

describe('ValidatePolicy', () => {
  it('finds nothing in a good policy', () => {
    expect(call(policy(allow('s3:GetObject', 'arn:aws:s3:::b/*')))).toEqual({ findings: [] });
  });

  it('tells where a finding stands, and where to read on', () => {
    const text = `{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": ["s3:GetObject", "s3:GetObjekt"],
    "Resource": "arn:aws:s3:::b/*"
  }]
}`;
    const [finding] = call(text).findings;
    expect(finding).toMatchObject({
      findingType: 'ERROR',
      issueCode: 'INVALID_ACTION',
      learnMoreLink:
        'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-action',
    });
    const [{ path, span }] = finding.locations;
    expect(path).toEqual([{ value: 'Statement' }, { index: 0 }, { value: 'Action' }, { index: 1 }]);
    expect(span.start).toEqual({ line: 5, column: 31, offset: text.indexOf('"s3:GetObjekt"') });
    expect(text.slice(span.start.offset, span.end.offset)).toBe('"s3:GetObjekt"');
  });

  it.each([
    ['IDENTITY_POLICY', '{', ['ERROR JSON_SYNTAX_ERROR']],
    ['IDENTITY_POLICY', policy(allow('iam:PassRole')), ['SECURITY_WARNING PASS_ROLE_WITH_STAR_IN_RESOURCE']],
    [
      'IDENTITY_POLICY',
      '{"Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}',
      ['WARNING MISSING_VERSION'],
    ],
    [
      'IDENTITY_POLICY',
      policy(allow(['s3:GetObject', 's3:Get*'], 'arn:aws:s3:::b/*')),
      ['SUGGESTION REDUNDANT_ACTION'],
    ],
    ['RESOURCE_POLICY', policy(allow('s3:GetObject', 'arn:aws:s3:::b/*')), ['ERROR MISSING_PRINCIPAL']],
    ['SERVICE_CONTROL_POLICY', policy({ ...deny('s3:*'), Principal: '*' }), ['ERROR UNSUPPORTED_PRINCIPAL']],
    ['RESOURCE_CONTROL_POLICY', policy({ ...allow('s3:*'), Principal: '*' }), ['ERROR RCP_SYNTAX_ERROR_ALLOW']],
  ])('%s %s', (policyType, text, found) => {
    expect(codes(text, { policyType })).toEqual(expect.arrayContaining(found));
  });

  it('goes by the type of a resource', () => {
    const trust = policy({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 's3:GetObject' });
    const given = { policyType: 'RESOURCE_POLICY', validatePolicyResourceType: 'AWS::IAM::AssumeRolePolicyDocument' };
    const withResource = policy({ ...allow('sts:AssumeRole'), Principal: { AWS: '111122223333' } });
    expect(codes(withResource, given)).toContain('ERROR ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE');
    expect(codes(trust, { policyType: 'RESOURCE_POLICY' })).toContain('ERROR MISSING_RESOURCE');
    const other = { ...given, policyType: 'IDENTITY_POLICY' };
    expect(sandbox.fail('access-analyzer:ValidatePolicy', { policyDocument: trust, ...other })).toMatchObject({
      code: 'ValidationException',
      details: { reason: 'fieldValidationFailed' },
    });
  });

  it('gives its findings in pages', () => {
    const text = policy(allow(['s3:One', 's3:Two', 's3:Three'], 'arn:aws:s3:::b/*'));
    const all = call(text).findings;
    const first = call(text, { maxResults: 2 });
    const rest = call(text, { nextToken: first.nextToken });
    expect(first.findings).toHaveLength(2);
    expect([...first.findings, ...rest.findings]).toEqual(all);
    expect(rest.nextToken).toBeUndefined();
    const bad = { policyDocument: text, policyType: 'IDENTITY_POLICY' };
    expect(sandbox.fail('access-analyzer:ValidatePolicy', { ...bad, nextToken: 'x' }).code).toBe('ValidationException');
    expect(sandbox.fail('access-analyzer:ValidatePolicy', { ...bad, maxResults: 0 }).code).toBe('ValidationException');
  });

  it('needs its permission', () => {
    const input = { policyDocument: '{}', policyType: 'IDENTITY_POLICY' };
    expect(sandbox.asked('access-analyzer:ValidatePolicy', input)).toEqual(['access-analyzer:ValidatePolicy *']);
    const eve = sandbox.user('Eve', allow('access-analyzer:Check*'));
    expect(sandbox.fail('access-analyzer:ValidatePolicy', input, eve).code).toBe('AccessDeniedException');
  });
});
