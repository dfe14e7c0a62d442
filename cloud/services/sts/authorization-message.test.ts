import { describe, expect, test } from 'vitest';
import type { AccessRequest, Decision } from '../../../iam/model.ts';
import { parsePolicy } from '../../../iam/parse.ts';
import { allow, Sandbox as WholeSandbox } from '../../testing/sandbox.ts';
import { accountId, document, Sandbox } from '../iam/testing/sandbox.ts';
import { encodeDenial } from './authorization-message.ts';

const arn = `arn:aws:iam::${accountId}:user/Bea`;
const request: AccessRequest = {
  caller: { kind: 'user', accountId, arn, name: 'Bea', id: 'AIDAAAAAAAAAAAAAAAAAA', tags: {} },
  action: 'ec2:RunInstances',
  resource: `arn:aws:ec2:us-east-1:${accountId}:instance/*`,
  resourceAccountId: accountId,
  context: { 'ec2:InstanceType': 'm4.large', 'aws:TagKeys': ['a', 'b'] },
};
const silent: Decision = {
  verdict: 'implicitly-denied',
  layer: 'identity',
  statements: [],
  near: [],
  basis: 'documented',
  reason: '',
};

function denied(): Decision {
  const text = JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Sid: 'Small',
      Effect: 'Deny',
      Action: 'ec2:RunInstances',
      Resource: 'arn:aws:ec2:*:*:instance/*',
      Condition: { StringNotEquals: { 'ec2:InstanceType': 't3a.micro' } },
    },
  });
  const parsed = parsePolicy(text, 'identity');
  if (parsed.kind === 'malformed') throw new Error(parsed.awsMessage);
  const policy = {
    layer: 'identity',
    name: 'p',
    kind: 'inline',
    attachedTo: 'user/Bea',
    policy: parsed.policy,
  } as const;
  return {
    ...silent,
    verdict: 'explicitly-denied',
    statements: [{ policy, index: 0, sid: 'Small', effect: 'Deny' }],
  };
}

describe('DecodeAuthorizationMessage', () => {
  const sandbox = new Sandbox();
  const bea = sandbox.user('Bea', document('sts:DecodeAuthorizationMessage'));
  const decode = (EncodedMessage = '') =>
    JSON.parse(sandbox.call('DecodeAuthorizationMessage', { EncodedMessage }, bea).DecodedMessage);

  test('tells of a denial that nothing allowed', () => {
    expect(decode(encodeDenial(request, silent))).toEqual({
      allowed: false,
      explicitDeny: false,
      matchedStatements: { items: [] },
      failures: { items: [] },
      context: {
        principal: { id: 'AIDAAAAAAAAAAAAAAAAAA', name: 'Bea', arn },
        action: 'ec2:RunInstances',
        resource: request.resource,
        conditions: {
          items: [
            { key: 'ec2:InstanceType', values: { items: [{ value: 'm4.large' }] } },
            { key: 'aws:TagKeys', values: { items: [{ value: 'a' }, { value: 'b' }] } },
          ],
        },
      },
    });
  });

  test('tells which statement denied', () => {
    const message = decode(encodeDenial(request, denied()));
    expect(message.explicitDeny).toBe(true);
    expect(message.matchedStatements.items).toEqual([
      {
        statementId: 'Small',
        effect: 'DENY',
        principals: { items: [{ value: 'AIDAAAAAAAAAAAAAAAAAA' }] },
        principalGroups: { items: [] },
        actions: { items: [{ value: 'ec2:RunInstances' }] },
        resources: { items: [{ value: 'arn:aws:ec2:*:*:instance/*' }] },
        conditions: { items: [{ key: 'ec2:InstanceType', values: { items: [{ value: 't3a.micro' }] } }] },
      },
    ]);
  });

  test('needs the permission', () => {
    const EncodedMessage = encodeDenial(request, silent);
    expect(sandbox.refused('DecodeAuthorizationMessage', { EncodedMessage }, sandbox.user('Cleo'))).toContain(
      'is not authorized to perform: sts:DecodeAuthorizationMessage',
    );
  });

  test.each(['x', 'AAAA', 'not base64!', 'eJwDAAAAAAE'])('refuses %s', (EncodedMessage) => {
    expect(sandbox.refused('DecodeAuthorizationMessage', { EncodedMessage }, bea)).toBe(
      'InvalidAuthorizationMessageException: Message is not valid',
    );
  });
});

test('a denial that is longer than can be decoded is not encoded', () => {
  const context = Object.fromEntries(
    Array.from({ length: 3000 }, (_, i) => [
      `aws:RequestTag/${i}-${(i * 7919) % 3001}`,
      String((i * 104_729) % 99_991),
    ]),
  );
  expect(encodeDenial({ ...request, context }, silent)).toBeUndefined();
});

test('no account here shows itself to services outside of AWS', () => {
  const sandbox = new Sandbox();
  const asked = { Audience: ['https://example.com'], SigningAlgorithm: 'ES384' };
  const bea = sandbox.user('Bea', document('sts:GetWebIdentityToken'));
  expect(sandbox.refused('GetWebIdentityToken', asked, bea)).toContain('OutboundWebIdentityFederationDisabled');
  expect(sandbox.refused('GetWebIdentityToken', asked, sandbox.user('Cleo'))).toContain('AccessDenied');
});

test('EC2 says a denial so, where it is about a resource', () => {
  const cloud = new WholeSandbox();
  const eve = cloud.user('Eve', allow('ec2:DescribeVpcs'));
  const { code, message } = cloud.fail('ec2:TerminateInstances', { InstanceIds: ['i-0123456789abcdef0'] }, eve);
  expect(code).toBe('UnauthorizedOperation');
  const EncodedMessage = / Encoded authorization failure message: ([\w-]+)$/.exec(message)?.[1];
  const { DecodedMessage } = cloud.call('sts:DecodeAuthorizationMessage', { EncodedMessage });
  expect(JSON.parse(DecodedMessage).context).toMatchObject({
    principal: { name: 'Eve' },
    action: 'ec2:TerminateInstances',
    resource: `arn:aws:ec2:us-east-1:${accountId}:instance/i-0123456789abcdef0`,
  });
  expect(cloud.fail('ec2:DescribeInstances', {}, eve).message).not.toContain('Encoded');
});
