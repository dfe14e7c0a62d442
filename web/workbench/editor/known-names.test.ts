import { describe, expect, it } from 'vitest';
import { actionsFor, conditionKeysFor } from './known-names.ts';

describe('actions', () => {
  it('begin with a service', async () => {
    expect(await actionsFor('s')).toContain('sqs:');
    expect(await actionsFor('')).toContain('access-analyzer:');
  });

  it('are all of the service that is named', async () => {
    const actions = await actionsFor('s3:Get');
    expect(actions).toContain('s3:GetObject');
    expect(actions).toContain('s3:ListAllMyBuckets');
    expect(await actionsFor('iam:')).toContain('iam:PassRole');
    expect(await actionsFor('nothing:')).toEqual([]);
  });
});

describe('condition keys', () => {
  it('are those of all requests and of the services that the document names', async () => {
    const keys = await conditionKeysFor('{"Action": "s3:ListBucket"}');
    expect(keys).toContain('aws:SourceIp');
    expect(keys).toContain('aws:PrincipalTag/');
    expect(keys).toContain('s3:prefix');
  });
});
