/**
 * What the command asks the metadata service of the instance that it runs on: the role's credentials, the region. Version 2 first, and version
 * 1 where no token is given out, as botocore does (`botocore/utils.py`, IMDSFetcher).
 */
import type { AwsEnvironment, HttpRequest } from '../environment.ts';
import type { Credentials } from './key-pair.ts';

const rolePath = '/latest/meta-data/iam/security-credentials/';
const regionPath = '/latest/meta-data/placement/region';

/** The text that the service has at a path; undefined where it has none, or is not there. */
async function textOf(environment: AwsEnvironment, request: Omit<HttpRequest, 'url'> & { readonly path: string }) {
  const { path, ...rest } = request;
  try {
    const response = await environment.send({ ...rest, url: `${environment.instanceMetadata}${path}` });
    const text = new TextDecoder('utf-8').decode(response.body);
    return { status: response.status, text: response.status === 200 && text !== '' ? text : undefined };
  } catch {
    // Out of reach: nothing is known.
    return { status: 0, text: undefined };
  }
}

/** Asks by a token where one is given out; answers undefined where the service is off, absent, or refuses. */
async function asker(environment: AwsEnvironment) {
  const { instanceMetadata, variables } = environment;
  if (instanceMetadata === undefined || variables['AWS_EC2_METADATA_DISABLED']?.toLowerCase() === 'true') return;
  const token = await textOf(environment, {
    method: 'PUT',
    path: '/latest/api/token',
    headers: { 'x-aws-ec2-metadata-token-ttl-seconds': '21600' },
  });
  if (token.status === 400) return;
  const headers: Record<string, string> = token.text === undefined ? {} : { 'x-aws-ec2-metadata-token': token.text };
  return async (path: string) => (await textOf(environment, { method: 'GET', path, headers })).text;
}

function member(credentials: object, name: string): string | undefined {
  const value = (credentials as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : undefined;
}

/** The credentials of the instance's role; undefined where it has none, or EC2 may not assume it. */
export async function instanceCredentials(environment: AwsEnvironment): Promise<Credentials | undefined> {
  const ask = await asker(environment);
  const role = await ask?.(rolePath);
  const text = role === undefined ? undefined : await ask?.(rolePath + role);
  if (text === undefined) return;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return;
  }
  if (typeof parsed !== 'object' || parsed === null) return;
  const accessKeyId = member(parsed, 'AccessKeyId');
  const secretAccessKey = member(parsed, 'SecretAccessKey');
  const sessionToken = member(parsed, 'Token');
  if (accessKeyId === undefined || secretAccessKey === undefined || sessionToken === undefined) return;
  return { accessKeyId, secretAccessKey, sessionToken, method: 'iam-role' };
}

/** The region that the instance is in. */
export async function instanceRegion(environment: AwsEnvironment): Promise<string | undefined> {
  return (await asker(environment))?.(regionPath);
}
