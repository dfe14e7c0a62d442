import { describe, expect, it } from 'vitest';
import { AwsError } from '../errors.ts';
import { encodeError } from './index.ts';
import { s3Model } from './models.ts';

describe('what S3 tells of an error in headers', () => {
  it('a delete marker, and its version', () => {
    const details = { Key: 'a', DeleteMarker: true, VersionOfMarker: 'v1' };
    const error = new AwsError('NoSuchKey', 'The specified key does not exist.', { status: 404, details });
    const response = encodeError(s3Model, error, 'r-1', { method: 'GET', resource: '/b/a' });
    expect(response.headers).toMatchObject({ 'x-amz-delete-marker': 'true', 'x-amz-version-id': 'v1' });
    const body = new TextDecoder().decode(response.body);
    expect(body).toContain('<Key>a</Key>');
    expect(body).not.toContain('Marker');
    const head = encodeError(s3Model, error, 'r-1', { method: 'HEAD', resource: '/b/a' });
    expect(head.headers['x-amz-delete-marker']).toBe('true');
    expect(head.body).toHaveLength(0);
  });

  it('the region of a bucket, which stands in the body too', () => {
    const details = { Region: 'eu-west-1', BucketRegion: 'eu-west-1' };
    const error = new AwsError('AuthorizationHeaderMalformed', 'x', { status: 400, details });
    const response = encodeError(s3Model, error, 'r-1', { method: 'GET', resource: '/b' });
    expect(response.headers['x-amz-bucket-region']).toBe('eu-west-1');
    const body = new TextDecoder().decode(response.body);
    expect(body).toContain('<Region>eu-west-1</Region>');
    expect(body).not.toContain('BucketRegion');
    const head = encodeError(s3Model, error, 'r-1', { method: 'HEAD', resource: '/b' });
    expect(head.headers['x-amz-bucket-region']).toBe('eu-west-1');
  });

  it('the entity tag of what was not modified', () => {
    const error = new AwsError('NotModified', 'Not Modified', { status: 304, details: { EntityTag: '"x"' } });
    const response = encodeError(s3Model, error, 'r-1', { method: 'GET', resource: '/b/a' });
    expect(response).toMatchObject({ status: 304, headers: { etag: '"x"' } });
    expect(response.body).toHaveLength(0);
  });
});
