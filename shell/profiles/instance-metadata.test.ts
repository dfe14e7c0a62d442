import { describe, expect, it, test } from 'vitest';
import type { HttpRequest, HttpResponse } from '../environment.ts';
import { runAws } from '../index.ts';
import { SandboxShell } from '../testing/sandbox-shell.ts';

const role = '/latest/meta-data/iam/security-credentials/';
const answers: Readonly<Record<string, string>> = {
  'PUT /latest/api/token': 'token',
  [`GET ${role}`]: 'Web',
  [`GET ${role}Web`]: JSON.stringify({
    Code: 'Success',
    AccessKeyId: 'ASIAHOST0000WEB1',
    SecretAccessKey: 's',
    Token: 't',
  }),
  'GET /latest/meta-data/placement/region': 'eu-west-1',
};

/** `aws configure list` on a host without files, whose metadata service answers so. @param given a status, or another text, by request */
async function listOnHost(
  given: Readonly<Record<string, string | number>> = {},
  variables: Record<string, string> = {},
) {
  const shell = new SandboxShell();
  shell.files.files.clear();
  const asked: string[] = [];
  const send = async ({ method, url, headers }: HttpRequest): Promise<HttpResponse> => {
    const path = url.replace('http://169.254.169.254', '');
    asked.push(`${method} ${path}${headers['x-aws-ec2-metadata-token'] === undefined ? '' : ' by token'}`);
    const answer = given[`${method} ${path}`] ?? answers[`${method} ${path}`] ?? 404;
    if (answer === 0) throw new Error('out of reach');
    const [status, text] = typeof answer === 'number' ? [answer, ''] : [200, answer];
    return { status, headers: {}, body: new TextEncoder().encode(text) };
  };
  const environment = {
    ...shell.environment,
    variables: { HOME: '/root', ...variables },
    send,
    instanceMetadata: 'http://169.254.169.254',
  };
  const { stdout } = await runAws(['configure', 'list'], environment);
  return {
    key: /access_key\s+(<not set>|\S+)\s+(\S+)/.exec(new TextDecoder().decode(stdout))?.slice(1).join(' '),
    asked,
  };
}

describe('a host', () => {
  it('gives its role’s keys, by version 2 of the service', async () => {
    const { key, asked } = await listOnHost();
    expect(key).toBe('****************WEB1 iam-role');
    expect(asked).toContain(`GET ${role}Web by token`);
  });

  test.each([403, 404, 405, 0])('gives them by version 1 where a token is answered with %d', async (status) => {
    const { key, asked } = await listOnHost({ 'PUT /latest/api/token': status });
    expect(key).toBe('****************WEB1 iam-role');
    expect(asked).toContain(`GET ${role}Web`);
  });

  test.each<[string, Readonly<Record<string, string | number>>, Record<string, string>]>([
    ['has no role', { [`GET ${role}`]: 404 }, {}],
    ['may not use its role', { [`GET ${role}Web`]: '{"Code":"AssumeRoleUnauthorizedAccess","Message":"m"}' }, {}],
    ['answers what is no JSON', { [`GET ${role}Web`]: '<html>' }, {}],
    ['is asked badly', { 'PUT /latest/api/token': 400 }, {}],
    ['is not to be asked', {}, { AWS_EC2_METADATA_DISABLED: 'True' }],
  ])('gives none where it %s', async (_what, given, variables) => {
    expect((await listOnHost(given, variables)).key).toBe('<not set> None');
  });

  it('is not asked where there are other keys', async () => {
    const { key, asked } = await listOnHost(
      {},
      { AWS_ACCESS_KEY_ID: 'AKIAENVIRONMENT1', AWS_SECRET_ACCESS_KEY: 's', AWS_REGION: 'us-east-1' },
    );
    expect(key).toBe('****************ENT1 env');
    expect(asked).toEqual([]);
  });
});
