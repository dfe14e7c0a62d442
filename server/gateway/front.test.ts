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
  ['a JSON service, of any target', request({ 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.X' }), 'ssm'],
  ['the query service of its version', request({ 'Content-Type': FORM }, '/', 'Action=x&Version=2011-06-15'), 'sts'],
  ['a query service, of any form', request({ 'content-type': `${FORM}; charset=utf-8` }, '/', 'Action=x'), 'iam'],
  [
    'a query service, signed for one that is not offered',
    request({ 'content-type': FORM, authorization: authorization('rds') }, '/', 'Action=x&Version=2014-10-31'),
    'iam',
  ],
  [
    'a REST service, signed for one that is not offered',
    request({ authorization: authorization('eks') }, '/clusters'),
    'lambda',
  ],
  ['Lambda', request({ authorization: authorization('lambda') }, '/2015-03-31/functions'), 'lambda'],
  ['EC2', request({ 'content-type': FORM }, '/', 'Action=DescribeVpcs&Version=2016-11-15'), 'ec2'],
  ['SQS, in its old form', request({ 'content-type': FORM }, '/', 'Action=ListQueues&Version=2012-11-05'), 'sqs'],
  ['SQS, all in the query', request({}, '/?Action=ListQueues&Version=2012-11-05'), 'sqs'],
  [
    'the JSON service of a target with its package',
    request({ 'X-Amz-Target': 'com.x.CloudTrail_20131101.Y' }),
    'cloudtrail',
  ],
  ['the service that a path of CBOR names', request({}, '/service/Logs_20140328/operation/DescribeLogGroups'), 'logs'],
  [
    'S3 Control, by its path and the account that it names',
    request(
      { authorization: authorization('s3'), 'x-amz-account-id': '111122223333' },
      '/v20180820/configuration/publicAccessBlock',
    ),
    's3-control',
  ],
  [
    'S3, whose bucket is called as S3 Control’s path',
    request({ authorization: authorization('s3') }, '/v20180820/key'),
    's3',
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
