import { beforeEach, describe, expect, test } from 'vitest';
import { accountId, Sandbox, startTime } from './testing/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});

const Url = 'https://token.example.com/tenant';
const arn = { OpenIDConnectProviderArn: `arn:aws:iam::${accountId}:oidc-provider/token.example.com/tenant` };
const thumbprint = 'B'.repeat(40);

describe('OpenID Connect providers', () => {
  test('are created, shown, listed and deleted', () => {
    const request = { Url, ClientIDList: ['one'], ThumbprintList: [thumbprint] };
    expect(sandbox.call('CreateOpenIDConnectProvider', request)).toEqual(arn);
    expect(sandbox.call('GetOpenIDConnectProvider', arn)).toEqual({
      Url: 'token.example.com/tenant',
      ClientIDList: ['one'],
      ThumbprintList: [thumbprint.toLowerCase()],
      CreateDate: new Date(startTime),
      Tags: [],
    });
    expect(sandbox.call('ListOpenIDConnectProviders')).toEqual({
      OpenIDConnectProviderList: [{ Arn: arn.OpenIDConnectProviderArn }],
    });
    expect(sandbox.refused('CreateOpenIDConnectProvider', { Url })).toBe(
      `EntityAlreadyExists: Provider with url ${Url} already exists.`,
    );
    sandbox.call('DeleteOpenIDConnectProvider', arn);
    expect(sandbox.refused('DeleteOpenIDConnectProvider', arn)).toBe(
      `NoSuchEntity: OpenId connect Provider ${arn.OpenIDConnectProviderArn} cannot be found.`,
    );
  });

  test('change client ids and thumbprints', () => {
    sandbox.call('CreateOpenIDConnectProvider', { Url });
    for (const ClientID of ['one', 'two', 'one']) {
      sandbox.call('AddClientIDToOpenIDConnectProvider', { ...arn, ClientID });
    }
    sandbox.call('RemoveClientIDFromOpenIDConnectProvider', { ...arn, ClientID: 'one' });
    sandbox.call('RemoveClientIDFromOpenIDConnectProvider', { ...arn, ClientID: 'one' });
    sandbox.call('UpdateOpenIDConnectProviderThumbprint', { ...arn, ThumbprintList: [thumbprint] });
    expect(sandbox.call('GetOpenIDConnectProvider', arn)).toMatchObject({
      ClientIDList: ['two'],
      ThumbprintList: [thumbprint.toLowerCase()],
    });
  });

  test('have limits', () => {
    const ids = Array.from({ length: 101 }, (_, i) => `client-${i}`);
    expect(sandbox.refused('CreateOpenIDConnectProvider', { Url, ClientIDList: ids })).toBe(
      'LimitExceeded: Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100',
    );
    const ThumbprintList = Array.from({ length: 6 }, () => thumbprint);
    expect(sandbox.refused('CreateOpenIDConnectProvider', { Url, ThumbprintList })).toBe(
      'InvalidInput: Thumbprint list must contain fewer than 5 entries.',
    );
    sandbox.call('CreateOpenIDConnectProvider', { Url, ClientIDList: ids.slice(0, 100) });
    expect(sandbox.refused('AddClientIDToOpenIDConnectProvider', { ...arn, ClientID: 'more' })).toContain(
      'LimitExceeded',
    );
  });

  test.each(['http://token.example.com', 'token.example.com', 'https://', 'https://x.example/?a=b'])(
    'need an address by https: %s',
    (url) => {
      expect(sandbox.refused('CreateOpenIDConnectProvider', { Url: url })).toBe(
        'ValidationError: Invalid Open ID Connect Provider URL',
      );
    },
  );

  test.each([
    ['GetOpenIDConnectProvider', {}],
    ['AddClientIDToOpenIDConnectProvider', { ClientID: 'x' }],
    ['RemoveClientIDFromOpenIDConnectProvider', { ClientID: 'x' }],
    ['UpdateOpenIDConnectProviderThumbprint', { ThumbprintList: [thumbprint] }],
  ])('that are missing are refused by %s', (operation, input) => {
    expect(sandbox.refused(operation, { ...arn, ...input })).toBe(
      `NoSuchEntity: OpenIDConnect Provider not found for arn ${arn.OpenIDConnectProviderArn}`,
    );
  });

  test('are asked for by their ARN', () => {
    expect(sandbox.asked('CreateOpenIDConnectProvider', { Url })).toEqual([
      `iam:CreateOpenIDConnectProvider ${arn.OpenIDConnectProviderArn}`,
    ]);
    expect(sandbox.asked('GetOpenIDConnectProvider', arn)).toEqual([
      `iam:GetOpenIDConnectProvider ${arn.OpenIDConnectProviderArn}`,
    ]);
  });
});
