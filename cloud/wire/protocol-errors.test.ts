/** Errors in each protocol's form, and inputs that are none. */
import { describe, expect, it, test } from 'vitest';
import { AwsError } from '../errors.ts';
import { decodeResponse } from './client.ts';
import { decodeRequest, encodeError, spokenModel } from './index.ts';
import type { ServiceModel, WireRequest } from './model.ts';
import { accessanalyzerModel, ec2Model, lambdaModel, logsModel, s3controlModel, snsModel, sqsModel } from './models.ts';
import { rpcv2Cbor } from './rpc-cbor.ts';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

function request(method: string, target: string, body: string | Uint8Array = '', headers: WireRequest['headers'] = []) {
  return { method, target, headers, body: typeof body === 'string' ? new TextEncoder().encode(body) : body };
}

function refused(model: ServiceModel, wire: WireRequest): readonly [string, number | undefined] {
  try {
    return [JSON.stringify(decodeRequest(spokenModel(model, wire), wire)), 200];
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return [error.code, error.status];
  }
}

const cbor = [['smithy-protocol', 'rpc-v2-cbor']] as const;
const logsPath = '/service/Logs_20140328/operation/DescribeLogGroups';

test.each([
  [ec2Model, request('POST', '/', ''), 'MissingAction', 400],
  [ec2Model, request('POST', '/', 'Action=Fly&Version=2016-11-15'), 'InvalidAction', 400],
  [ec2Model, request('POST', '/', 'Action=DescribeVpcs&Version=2009-01-01'), 'NoSuchVersion', 400],
  [ec2Model, request('POST', '/', 'Action=DescribeVpcs&Version=2016-11-15&MaxResults=x'), 'InvalidParameterValue', 400],
  [ec2Model, request('POST', '/', 'Action=DescribeVpcs&Version=2016-11-15&VpcId.x=a'), 'InvalidParameterValue', 400],
  [lambdaModel, request('GET', '/2015-03-31/nothing'), 'UnknownOperationException', 404],
  [lambdaModel, request('PATCH', '/2015-03-31/functions'), 'UnknownOperationException', 404],
  [lambdaModel, request('GET', '/2015-03-31/functions/%E0%A4%A'), 'UnknownOperationException', 404],
  [lambdaModel, request('GET', '/2015-03-31/functions?MaxItems=x'), 'SerializationException', 400],
  [lambdaModel, request('POST', '/2015-03-31/functions', '{'), 'SerializationException', 400],
  [lambdaModel, request('POST', '/2015-03-31/functions', '{"FunctionName":1}'), 'SerializationException', 400],
  [accessanalyzerModel, request('PUT', '/analyzer', '[]'), 'SerializationException', 400],
  [s3controlModel, request('GET', '/v20180820/nothing'), 'NotImplemented', 501],
  [logsModel, request('POST', '/service/Other/operation/X', '', cbor), 'UnknownOperationException', 404],
  [logsModel, request('POST', logsPath, Uint8Array.of(0xbf), cbor), 'SerializationException', 400],
  [logsModel, request('POST', logsPath, Uint8Array.of(0x01), cbor), 'SerializationException', 400],
  [logsModel, request('POST', logsPath, new Uint8Array(200_000).fill(0x81), cbor), 'SerializationException', 400],
])('%# is refused', (model, wire, code, status) => {
  expect(refused(model, wire)).toEqual([code, status]);
});

describe('the route', () => {
  const operationOf = (model: ServiceModel, method: string, target: string) =>
    decodeRequest(model, request(method, target));

  it.each([
    [lambdaModel, 'GET', '/2018-10-31/layers?find=LayerVersion&Arn=a', 'GetLayerVersionByArn'],
    [lambdaModel, 'GET', '/2018-10-31/layers', 'ListLayers'],
    [lambdaModel, 'GET', '/2015-03-31/functions/', 'ListFunctions'],
    [lambdaModel, 'GET', '/2019-09-25/functions/f/event-invoke-config/list', 'ListFunctionEventInvokeConfigs'],
    [s3controlModel, 'GET', '/v20180820/mrap/instances/a/b/policy', 'GetMultiRegionAccessPointPolicy'],
    [s3controlModel, 'GET', '/v20180820/mrap/instances/a/b', 'GetMultiRegionAccessPoint'],
    [s3controlModel, 'GET', '/v20180820/accessgrantsinstance/grants', 'ListAccessGrants'],
    [accessanalyzerModel, 'GET', '/policy/generation', 'ListPolicyGenerations'],
  ])('%# of the most demanding pattern', (model, method, target, operation) => {
    expect(operationOf(model, method, target).operation).toBe(operation);
  });

  it('gives labels decoded, and repeated parameters as a list', () => {
    const arn = 'arn:aws:access-analyzer:us-east-1:111122223333:analyzer/a';
    const target = `/tags/${encodeURIComponent(arn)}?tagKeys=a%2Bb&tagKeys=c`;
    expect(operationOf(accessanalyzerModel, 'DELETE', target)).toEqual({
      operation: 'UntagResource',
      input: { resourceArn: arn, tagKeys: ['a+b', 'c'] },
    });
  });
});

describe('an error', () => {
  it('of Lambda has its type, its members, its headers', () => {
    const error = new AwsError('TooManyRequestsException', 'Slow', { details: { Reason: 'CallerRateLimitExceeded' } });
    const answer = encodeError(lambdaModel, error, 'id');
    expect([answer.status, answer.headers['x-amzn-errortype'], JSON.parse(text(answer.body))]).toEqual([
      429,
      'TooManyRequestsException',
      { Type: 'User', Reason: 'CallerRateLimitExceeded', message: 'Slow' },
    ]);
  });

  it('of EC2 stands in a list, under the request’s id', () => {
    const answer = encodeError(ec2Model, new AwsError('InvalidVpcID.NotFound', 'a < b'), 'id');
    expect(text(answer.body)).toContain(
      '<Response><Errors><Error><Code>InvalidVpcID.NotFound</Code><Message>a &lt; b</Message></Error></Errors><RequestID>id</RequestID></Response>',
    );
    const read = decodeResponse(ec2Model, 'DescribeVpcs', answer);
    expect(read).toEqual({
      kind: 'error',
      code: 'InvalidVpcID.NotFound',
      message: 'a < b',
      status: 400,
      requestId: 'id',
    });
  });

  it('of S3 Control is wrapped, and S3’s is not', () => {
    const error = new AwsError('NoSuchPublicAccessBlockConfiguration', 'x', {
      status: 404,
      details: { AccountId: '1' },
    });
    expect(text(encodeError(s3controlModel, error, 'id').body)).toContain(
      '<ErrorResponse xmlns="http://awss3control.amazonaws.com/doc/2018-08-20/"><Error><Code>NoSuchPublicAccessBlockConfiguration</Code><Message>x</Message><AccountId>1</AccountId></Error><RequestId>id</RequestId>',
    );
  });

  it('of SQS has its old code beside the new one, and alone in the old protocol', () => {
    const missing = new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    const { headers } = encodeError(sqsModel, missing, 'id');
    expect(headers['x-amzn-query-error']).toBe('AWS.SimpleQueueService.NonExistentQueue;Sender');
    expect(headers['x-amzn-errortype']).toBe('QueueDoesNotExist');
    const old = spokenModel(sqsModel, request('POST', '/?Action=ListQueues'));
    expect(text(encodeError(old, missing, 'id').body)).toContain(
      '<Code>AWS.SimpleQueueService.NonExistentQueue</Code>',
    );
    const denied = new AwsError('AccessDeniedException', 'no', { status: 400 });
    expect(encodeError(sqsModel, denied, 'id').headers['x-amzn-query-error']).toBe('AccessDenied;Sender');
  });

  it('of a query service has its code on the wire, not the name of its shape', () => {
    expect(text(encodeError(snsModel, new AwsError('NotFound', 'x'), 'id').body)).toContain('<Code>NotFound</Code>');
    expect(encodeError(snsModel, new AwsError('NotFound', 'x'), 'id').status).toBe(404);
  });

  it('in CBOR is read as it was written', () => {
    const model = spokenModel(logsModel, { target: logsPath, headers: cbor });
    const answer = encodeError(model, new AwsError('ResourceNotFoundException', 'gone'), 'id');
    const operation = logsModel.operations.get('DescribeLogGroups');
    const read = operation && rpcv2Cbor.decodeResponse(model, operation, answer);
    expect(read).toMatchObject({ kind: 'error', code: 'ResourceNotFoundException', message: 'gone', requestId: 'id' });
  });
});
