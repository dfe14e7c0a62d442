import { expect, it } from 'vitest';
import { createCloud } from '../../cloud/index.ts';
import { nodeHashes, nodeRandom } from '../hashes/node-hashes.ts';
import { claimedService, frontOf } from './front.ts';

const { services } = createCloud({
  hashes: nodeHashes,
  random: nodeRandom,
  managedPolicies: { get: () => undefined, list: () => [] },
});

const FORM = 'application/x-www-form-urlencoded';
const authorization = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=AKIAQ/20261124/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=00`;
const request = (headers: Record<string, string>, target = '/', body = '') => ({
  method: 'POST',
  target,
  headers: Object.entries(headers),
  body: new TextEncoder().encode(body),
});

it.each([
  ['the service that it is signed for', request({ Authorization: authorization('ssm') }), 'ssm'],
  ['a presigned URL’s', request({}, '/b/k?X-Amz-Credential=AKIAQ%2F20261124%2Fus-east-1%2Fs3%2Faws4_request'), 's3'],
  ['S3, of a plain URL', request({}, '/bucket/key'), 's3'],
  ['the JSON service of its target', request({ 'X-Amz-Target': 'AmazonSSM.GetParameter' }), 'ssm'],
  ['a JSON service, of any target', request({ 'x-amz-target': 'DynamoDB_20120810.Scan' }), 'ssm'],
  ['the query service of its version', request({ 'Content-Type': FORM }, '/', 'Action=x&Version=2011-06-15'), 'sts'],
  ['a query service, of any form', request({ 'content-type': `${FORM}; charset=utf-8` }, '/', 'Action=x'), 'iam'],
  [
    'a query service, signed for one that is not offered',
    request({ 'content-type': FORM, authorization: authorization('ec2') }, '/', 'Action=x&Version=2016-11-15'),
    'iam',
  ],
  [
    'a JSON service, signed for a REST service that is not offered',
    request({ authorization: authorization('lambda') }, '/2015-03-31/functions'),
    'ssm',
  ],
  [
    'a query service, signed for a REST service whose errors look so',
    request({ authorization: authorization('route53') }, '/2013-04-01/hostedzone'),
    'iam',
  ],
  ['S3, signed for a part of it', request({ authorization: authorization('s3-outposts') }, '/v20180820/bucket'), 's3'],
])('a request is answered by %s', (_name, wire, service) => {
  expect(frontOf(services, wire).name).toBe(service);
});

it('reads what a credential scope claims', () => {
  expect(claimedService(request({ authorization: authorization('ec2') }))).toBe('ec2');
  expect(claimedService(request({ authorization: 'Basic eDp5' }))).toBeUndefined();
});
