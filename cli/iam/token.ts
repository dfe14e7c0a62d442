/**
 * Who calls AssumeRoleWithWebIdentity or AssumeRoleWithSAML: unsigned calls, with a token of an identity provider.
 * IAM User Guide, "Available keys for AWS OIDC federation" and "Available keys for SAML-based AWS STS federation".
 */
import { type AnyCaller, type Arn, parseArn } from '../../iam/index.ts';
import type { DecideLine } from './schemas.ts';

/** The identity providers that trust policies name by domain. */
const BY_DOMAIN: ReadonlySet<string> = new Set([
  'accounts.google.com',
  'cognito-identity.amazonaws.com',
  'graph.facebook.com',
  'www.amazon.com',
]);

/** The caller whose principal is a provider: its ARN, or its domain. Undefined for another principal. */
export function callerOfProvider(principal: string, arn: Arn | undefined, line: DecideLine): AnyCaller | undefined {
  const isProvider = arn?.service === 'iam' && /^(?:oidc|saml)-provider\/./.test(arn.resource);
  return isProvider || BY_DOMAIN.has(principal) ? withTokenOf(principal, line) : undefined;
}

/** The caller of an unsigned call, by what its context says of the token. Undefined where it says nothing. */
export function callerWithToken(line: DecideLine): AnyCaller | undefined {
  const provider = providerOf(line);
  return provider === undefined ? undefined : withTokenOf(provider, line);
}

function providerOf({ action, resource, context = {} }: DecideLine): string | undefined {
  const role = parseArn(resource);
  const owner = `arn:${role?.partition ?? 'aws'}:iam::${role?.accountId ?? ''}`;
  if (action.toLowerCase() === 'sts:assumerolewithsaml') {
    // The account and the name of the provider: 111122223333/Corporate.
    const document = textOf(context, 'saml:doc')?.split('/');
    return document?.length === 2 ? `arn:aws:iam::${document[0]}:saml-provider/${document[1]}` : undefined;
  }
  if (action.toLowerCase() !== 'sts:assumerolewithwebidentity') return undefined;
  // The keys of a token are named after its provider, like token.actions.githubusercontent.com:sub.
  const hosts = Object.keys(context).map((key) => key.slice(0, key.lastIndexOf(':')));
  const host = hosts.find((name) => name.includes('.'));
  return host === undefined || BY_DOMAIN.has(host) ? host : `${owner}:oidc-provider/${host}`;
}

function withTokenOf(provider: string, { context = {} }: DecideLine): AnyCaller {
  const host = provider.replace(/^.*:oidc-provider\//, '');
  const subject = textOf(context, `${host}:sub`) ?? textOf(context, 'saml:sub') ?? 'somebody';
  return { kind: 'federated-identity', provider, subject };
}

function textOf(context: NonNullable<DecideLine['context']>, key: string): string | undefined {
  const found = Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
  return typeof found === 'string' ? found : undefined;
}
