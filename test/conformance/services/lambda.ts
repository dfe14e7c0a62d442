import { strToU8, zipSync } from 'fflate';
import { expect } from 'vitest';
import type { Answers, Scenario } from './scenario.ts';

/** A package whose every byte is ASCII, so that it can stand among a scenario's files: spaces are added until that is so. */
function asciiPackage(code: string): string {
  for (let spaces = 0; spaces < 1000; spaces++) {
    const bytes = zipSync(
      { 'index.js': strToU8(code + ' '.repeat(spaces)) },
      { level: 0, mtime: new Date(1980, 0, 2, 0, 0, 2) },
    );
    if (bytes.every((byte) => byte < 0x80)) return new TextDecoder().decode(bytes);
  }
  throw new Error('No package of ASCII was found');
}

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const named = ['--function-name', 'shop'];

/** Functions that run, versions, aliases, policies, URLs, layers, mappings. */
export const scenario: Scenario = {
  service: 'lambda',
  files: {
    'trust.json': JSON.stringify(trust),
    'event.json': JSON.stringify({ name: 'Bea' }),
    'shop.zip': asciiPackage('exports.handler = async (event) => ({ hello: event.name });'),
    'env.zip': asciiPackage('exports.handler = async () => process.env;'),
    'bad.zip': asciiPackage('exports.handler = async () => { throw new Error("bad"); };'),
  },
  steps: [
    {
      run: ['iam', 'create-role', '--role-name', 'Worker', '--assume-role-policy-document', 'file://trust.json'],
      name: 'role',
    },
    {
      run: ({ role }) => [
        ...['lambda', 'create-function', ...named, '--runtime', 'nodejs22.x', '--handler', 'index.handler'],
        ...['--role', role.Role.Arn, '--zip-file', 'fileb://shop.zip', '--tags', 'team=shop'],
        ...['--environment', 'Variables={STAGE=test}', '--timeout', '10'],
      ],
      name: 'made',
      shows: ({ State, CodeSha256 }) => {
        expect(State).toBe('Pending');
        expect(CodeSha256).toMatch(/=$/);
      },
    },
    { run: ['lambda', 'get-function', ...named], shows: ({ Tags }) => expect(Tags).toEqual({ team: 'shop' }) },
    { run: ['lambda', 'get-function-configuration', ...named] },
    { run: ['lambda', 'list-functions'], shows: ({ Functions }) => expect(Functions).toHaveLength(1) },
    {
      run: ['lambda', 'invoke', ...named, '--payload', 'fileb://event.json', '--log-type', 'Tail', 'out.json'],
      shows: ({ StatusCode, FunctionError, LogResult }) => {
        expect({ StatusCode, FunctionError }).toEqual({ StatusCode: 200 });
        expect(Buffer.from(LogResult, 'base64').toString()).toMatch(/^START RequestId: /);
      },
    },
    { run: ['lambda', 'update-function-code', ...named, '--zip-file', 'fileb://bad.zip', '--publish'] },
    {
      run: ['lambda', 'invoke', ...named, 'out.json'],
      shows: ({ FunctionError }) => expect(FunctionError).toBe('Unhandled'),
    },
    { run: ['lambda', 'update-function-configuration', ...named, '--memory-size', '256'] },
    { run: ['lambda', 'publish-version', ...named, '--description', 'second'] },
    { run: ['lambda', 'list-versions-by-function', ...named] },
    { run: ['lambda', 'create-alias', ...named, '--name', 'live', '--function-version', '1'] },
    { run: ['lambda', 'list-aliases', ...named] },
    {
      run: [
        ...['lambda', 'add-permission', ...named, '--statement-id', 's3', '--action', 'lambda:InvokeFunction'],
        ...['--principal', 's3.amazonaws.com', '--source-arn', 'arn:aws:s3:::shop'],
      ],
    },
    {
      run: ['lambda', 'get-policy', ...named],
      shows: ({ Policy }) => expect(JSON.parse(Policy).Statement[0].Sid).toBe('s3'),
    },
    { run: ['lambda', 'remove-permission', ...named, '--statement-id', 's3'] },
    { run: ['lambda', 'get-policy', ...named], ends: 'ResourceNotFoundException' },
    { run: ['lambda', 'create-function-url-config', ...named, '--auth-type', 'AWS_IAM'] },
    { run: ['lambda', 'get-function-url-config', ...named] },
    { run: ['lambda', 'list-function-url-configs', ...named] },
    {
      run: ['lambda', 'publish-layer-version', '--layer-name', 'tools', '--zip-file', 'fileb://shop.zip'],
      name: 'layer',
    },
    { run: ['lambda', 'list-layers'] },
    {
      run: ({ layer }) => ['lambda', 'update-function-configuration', ...named, '--layers', layer.LayerVersionArn],
      shows: ({ Layers }) => expect(Layers).toHaveLength(1),
    },
    {
      run: ({ role }) => [
        ...['lambda', 'create-event-source-mapping', ...named, '--event-source-arn'],
        `arn:aws:sqs:us-east-1:${role.Role.Arn.split(':')[4]}:jobs`,
      ],
      name: 'mapping',
    },
    { run: ({ mapping }) => ['lambda', 'get-event-source-mapping', '--uuid', mapping.UUID] },
    { run: ({ mapping }) => ['lambda', 'delete-event-source-mapping', '--uuid', mapping.UUID] },
    { run: ({ made }) => ['lambda', 'tag-resource', '--resource', made.FunctionArn, '--tags', 'stage=test'] },
    {
      run: ({ made }) => ['lambda', 'list-tags', '--resource', made.FunctionArn],
      shows: ({ Tags }: Answers) => expect(Tags).toEqual({ team: 'shop', stage: 'test' }),
    },
    { run: ['lambda', 'put-function-concurrency', ...named, '--reserved-concurrent-executions', '5'] },
    { run: ['lambda', 'get-account-settings'] },
    { run: ['lambda', 'delete-function', ...named] },
    { run: ['lambda', 'get-function', ...named], ends: 'ResourceNotFoundException' },
  ],
};
