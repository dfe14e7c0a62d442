/** Requests that are wrong: each is answered with AWS's own error, and none with a fault of ours. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AwsError } from '../errors.ts';
import { decodeRequest, encodeError } from './index.ts';
import type { ServiceModel, WireRequest } from './model.ts';
import { iamModel, s3Model, ssmModel, stsModel } from './models.ts';

const encoder = new TextEncoder();

function request(method: string, target: string, body = '', headers: WireRequest['headers'] = []): WireRequest {
  return { method, target, headers: [['host', '127.0.0.1:4566'], ...headers], body: encoder.encode(body) };
}

function errorOf(
  model: ServiceModel,
  wire: WireRequest,
): { code: string; status: number | undefined; message: string } {
  try {
    const decoded = decodeRequest(model, wire);
    throw new Error(`decoded ${JSON.stringify(decoded)}`);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { code: error.code, status: error.status, message: error.message };
  }
}

const form = (body: string) => request('POST', '/', body);
const version = 'Version=2010-05-08';

describe('query', () => {
  test.each([
    ['', 'MissingAction', 400],
    ['Action=Fly&Version=2010-05-08', 'InvalidAction', 400],
    ['Action=CreateUser', 'InvalidAction', 400],
    ['Action=CreateUser&Version=2009-01-01', 'InvalidAction', 400],
    [`Action=ListUsers&${version}&MaxItems=many`, 'MalformedInput', 400],
    [`Action=TagUser&${version}&Tags=x`, 'MalformedInput', 400],
    [`Action=TagUser&${version}&Tags.member.x.Key=a`, 'MalformedInput', 400],
    [`Action=CreateUser&${version}&UserName=%E0%A4%A`, 'MalformedQueryString', 404],
    [`Action=CreateUser&${version}&${'a.'.repeat(50)}b=1`, 'MalformedInput', 400],
  ])('%s', (body, code, status) => {
    expect(errorOf(iamModel, form(body))).toMatchObject({ code, status });
  });

  test('the text of an unknown operation', () => {
    expect(errorOf(iamModel, form('Action=Fly&Version=2010-05-08')).message).toBe(
      'Could not find operation Fly for version 2010-05-08',
    );
  });

  test('a call by GET, and names from outside that mean something to JavaScript', () => {
    const get = request('GET', '/?Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Date=x');
    expect(decodeRequest(stsModel, get)).toEqual({ operation: 'GetCallerIdentity', input: {} });
    const odd = form(`Action=CreateUser&${version}&__proto__.x=1&constructor=2&UserName=Bea`);
    expect(decodeRequest(iamModel, odd).input).toEqual({ UserName: 'Bea' });
  });
});

describe('S3', () => {
  test.each([
    ['PUT', '/b?tagging', '<Tagging><TagSet>', 'MalformedXML', 400],
    ['PUT', '/b?tagging', '<Tagging></Other>', 'MalformedXML', 400],
    ['PUT', '/b?tagging', '<Other/>', 'MalformedXML', 400],
    ['PUT', '/b?tagging', '<!DOCTYPE x [<!ENTITY a "b">]><Tagging>&a;</Tagging>', 'MalformedXML', 400],
    ['PUT', '/b?tagging', `${'<Tagging>'.repeat(200)}`, 'MalformedXML', 400],
    ['PUT', '/b?tagging', '<Tagging>&#x0;</Tagging>', 'MalformedXML', 400],
    ['GET', '/b?list-type=2&max-keys=many', '', 'InvalidArgument', 400],
    ['GET', '/b/%E0%A4%A', '', 'InvalidURI', 400],
    ['PATCH', '/b/k', '', 'NotImplemented', 501],
    ['POST', '/b', '', 'NotImplemented', 501],
  ])('%s %s %s', (method, target, body, code, status) => {
    expect(errorOf(s3Model, request(method, target, body))).toMatchObject({ code, status });
  });

  test.each([
    ['GET', '/', 'ListBuckets', {}],
    ['GET', '/b', 'ListObjects', { Bucket: 'b' }],
    ['GET', '/b/', 'ListObjects', { Bucket: 'b' }],
    ['GET', '/b?list-type=2&prefix=a%2Fb+c', 'ListObjectsV2', { Bucket: 'b', Prefix: 'a/b c' }],
    ['GET', '/b//k', 'GetObject', { Bucket: 'b', Key: '/k' }],
    ['GET', '/b/a+b%20c?x-id=GetObject', 'GetObject', { Bucket: 'b', Key: 'a+b c' }],
    ['GET', '/b/k?uploadId=u', 'ListParts', { Bucket: 'b', Key: 'k', UploadId: 'u' }],
    ['PUT', '/b/k?partNumber=1&uploadId=u', 'UploadPart', { Key: 'k', PartNumber: 1, UploadId: 'u' }],
    ['POST', '/b/k?uploads', 'CreateMultipartUpload', { Key: 'k' }],
    ['POST', '/b/k?uploadId=u', 'CompleteMultipartUpload', { Key: 'k', UploadId: 'u' }],
    ['DELETE', '/b/k?uploadId=u', 'AbortMultipartUpload', { Key: 'k', UploadId: 'u' }],
    ['HEAD', '/b', 'HeadBucket', { Bucket: 'b' }],
    ['GET', '/b?acl', 'GetBucketAcl', { Bucket: 'b' }],
    ['GET', '/b?analytics', 'ListBucketAnalyticsConfigurations', { Bucket: 'b' }],
  ])('%s %s is %s', (method, target, operation, input) => {
    const decoded = decodeRequest(s3Model, request(method, target));
    expect(decoded).toMatchObject({ operation, input });
  });

  test('copies by their header, buckets by their host', () => {
    const source = [['X-Amz-Copy-Source', '/a/k']] as const;
    expect(decodeRequest(s3Model, request('PUT', '/b/k', '', source)).operation).toBe('CopyObject');
    const part = request('PUT', '/b/k?partNumber=1&uploadId=u', '', source);
    expect(decodeRequest(s3Model, part).operation).toBe('UploadPartCopy');
    for (const host of ['b.s3.amazonaws.com', 'b.s3.eu-west-1.amazonaws.com', 'b.localhost:4566', 'b.s3.localhost']) {
      const hosted = { ...request('GET', '/k'), headers: [['Host', host] as const] };
      expect(decodeRequest(s3Model, hosted)).toMatchObject({
        operation: 'GetObject',
        input: { Bucket: 'b', Key: 'k' },
      });
    }
  });

  test('headers that a presigned request carries in its query', () => {
    const presigned = request('PUT', '/b/k?x-amz-acl=private&x-amz-meta-a=1&X-Amz-Signature=0&X-Amz-Expires=60');
    expect(decodeRequest(s3Model, presigned).input).toMatchObject({ ACL: 'private', Metadata: { a: '1' } });
    expect(decodeRequest(s3Model, request('PUT', '/b/k?x-amz-acl=private')).input).not.toHaveProperty('ACL');
  });

  test('an error to HEAD has no body', () => {
    const missing = new AwsError('NoSuchKey', 'The specified key does not exist.', {
      status: 404,
      details: { Key: 'k' },
    });
    expect(encodeError(s3Model, missing, 'r', { method: 'HEAD' })).toMatchObject({
      status: 404,
      body: new Uint8Array(0),
    });
    const { body, headers } = encodeError(s3Model, missing, 'r', { method: 'GET' });
    expect(new TextDecoder().decode(body)).toContain(
      '<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><Key>k</Key><RequestId>r</RequestId>',
    );
    expect(headers['x-amz-request-id']).toBe('r');
  });
});

describe('JSON', () => {
  const target = (name: string) => [['X-Amz-Target', `AmazonSSM.${name}`]] as const;

  test.each([
    ['GetParameter', '{', 'SerializationException'],
    ['GetParameter', '[]', 'SerializationException'],
    ['GetParameter', '{"Name": 5}', 'SerializationException'],
    ['GetParameters', '{"Names": "a"}', 'SerializationException'],
    ['Fly', '{}', 'UnknownOperationException'],
  ])('%s %s', (name, body, code) => {
    expect(errorOf(ssmModel, request('POST', '/', body, target(name)))).toMatchObject({ code, status: 400 });
  });

  test('nested too deeply, strings left out', () => {
    const body = (levels: number) => `{"Name":"\\\\","Value":${'['.repeat(levels)}${']'.repeat(levels)}}`;
    const refusal = (text: string) => errorOf(ssmModel, request('POST', '/', text, target('PutParameter')));
    const deep = { code: 'SerializationException', message: 'The request body is nested too deeply' };
    expect(refusal(body(200))).toMatchObject(deep);
    expect(refusal(`{"Name":${'{"a":'.repeat(50_000)}`)).toMatchObject(deep);
    expect(refusal(body(199)).message).toBe('Start of list found where not expected');
    const quoted = JSON.stringify({ Name: `\\"${'[{'.repeat(500)}"`, Value: '{'.repeat(500) });
    expect(decodeRequest(ssmModel, request('POST', '/', quoted, target('PutParameter'))).input).toEqual(
      JSON.parse(quoted),
    );
  });

  test('no target, a foreign target', () => {
    expect(errorOf(ssmModel, request('POST', '/', '{}')).code).toBe('UnknownOperationException');
    const foreign = [['X-Amz-Target', 'DynamoDB_20120810.GetItem']] as const;
    expect(errorOf(ssmModel, request('POST', '/', '{}', foreign)).code).toBe('UnknownOperationException');
  });
});

test('no bytes whatever end in anything but an AWS error', () => {
  const tryAll = (wire: WireRequest) => {
    for (const model of [iamModel, s3Model, ssmModel]) {
      try {
        decodeRequest(model, wire);
      } catch (error) {
        expect(error).toBeInstanceOf(AwsError);
      }
    }
  };
  const target = fc.oneof(
    fc.constantFrom('/b?tagging', '/b?delete', '/b/k', '/'),
    fc.webUrl({ withQueryParameters: true }),
  );
  const body = fc.oneof(
    fc.string(),
    fc.json(),
    fc.string({ unit: fc.constantFrom('<', '>', '/', 'a', '"', '=', '&', ';', '#', '!', '-', '[', ' ') }),
    fc.string({ unit: fc.constantFrom('&', '=', '.', 'member', 'Tags', 'Action', 'TagUser', '%', '1') }),
  );
  fc.assert(
    fc.property(fc.constantFrom('GET', 'PUT', 'POST'), target, body, (method, path, text) => {
      tryAll(request(method, path, text, [['X-Amz-Target', 'AmazonSSM.PutParameter']]));
      tryAll(request(method, path, `Action=TagUser&Version=2010-05-08&${text}`));
    }),
    { numRuns: 2000 },
  );
});
