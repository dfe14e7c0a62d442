/**
 * What the claims of a web identity's token become: condition keys of its provider, session tags, a source identity. IAM User Guide,
 * "IAM and AWS STS condition context keys" (AWS OIDC federation) and "Passing session tags using AssumeRoleWithWebIdentity".
 */
import type { Tag } from '@aws-sdk/client-sts';
import { actionsOf } from '../../action-catalogue.ts';
import type { Permission } from '../../service.ts';
import type { Claims } from '../../tokens/token.ts';

/** Every provider of OpenID Connect has these; others are the provider's own (`repository` of GitHub). */
const ofEveryProvider = ['amr', 'email', 'sub'];

const tagsClaim = 'https://aws.amazon.com/tags';
const sourceIdentityClaim = 'https://aws.amazon.com/source_identity';

/** Who may use a token. Where it names an authorized party (`azp`), that is whom AWS takes for its audience. */
export function audienceOf(claims: Claims): readonly string[] {
  const { azp } = claims;
  return typeof azp === 'string' ? [azp] : textsOf(claims['aud']);
}

/**
 * The condition keys of a token, `<issuer>:sub`.
 * @param issuer without `https://`
 */
export function providerKeys(issuer: string, claims: Claims): Permission['context'] {
  const keys: Record<string, string | readonly string[]> = {};
  const own = ownClaimsOf(issuer);
  for (const [claim, value] of Object.entries(claims)) {
    if (!ofEveryProvider.includes(claim) && !own.has(claim)) continue;
    const texts = textsOf(value);
    // amr is a list also where it has one value.
    if (texts.length > 0) keys[`${issuer}:${claim}`] = Array.isArray(value) ? texts : (texts[0] ?? '');
  }
  const [audience] = audienceOf(claims);
  if (audience !== undefined) keys[`${issuer}:aud`] = audience;
  const [original] = textsOf(claims['aud']);
  if (claims['azp'] !== undefined && original !== undefined) keys[`${issuer}:oaud`] = original;
  return keys;
}

/**
 * The keys of an identity pool's token that its session keeps, so that policies can say `${cognito-identity.amazonaws.com:sub}` (Amazon
 * Cognito Developer Guide, "IAM roles", "Access policy examples"); undefined for other issuers.
 */
export function sessionKeys(issuer: string, { aud, sub }: Claims): Readonly<Record<string, string>> | undefined {
  if (issuer !== 'cognito-identity.amazonaws.com') return undefined;
  return { [`${issuer}:aud`]: String(aud), [`${issuer}:sub`]: String(sub) };
}

/** What a token asks for its session, as AssumeRole's parameters say it. */
export function sessionParts(claims: Claims): {
  readonly Tags?: Tag[];
  readonly TransitiveTagKeys?: string[];
  readonly SourceIdentity?: string;
} {
  const tags = claims[tagsClaim];
  const { principal_tags: principal, transitive_tag_keys: transitive } = isRecord(tags) ? tags : {};
  const Tags = Object.entries(isRecord(principal) ? principal : {}).map(([Key, value]) => ({
    Key,
    Value: textsOf(value)[0] ?? '',
  }));
  const TransitiveTagKeys = textsOf(transitive);
  const SourceIdentity = claims[sourceIdentityClaim];
  return {
    ...(Tags.length > 0 && { Tags }),
    ...(TransitiveTagKeys.length > 0 && { TransitiveTagKeys }),
    ...(typeof SourceIdentity === 'string' && { SourceIdentity }),
  };
}

/** The claims of one issuer that the Service Authorization Reference has condition keys for. */
function ownClaimsOf(issuer: string): ReadonlySet<string> {
  const keys = actionsOf('sts')?.actions.get('assumerolewithwebidentity')?.conditionKeys ?? [];
  return new Set(
    keys.flatMap(({ name }) => {
      const colon = name.lastIndexOf(':');
      return matchesTemplate(issuer, name.slice(0, colon)) ? [name.slice(colon + 1)] : [];
    }),
  );
}

/** `agent.${Domain}.buildkite.dev`: a placeholder stands for what has no slash. */
function matchesTemplate(issuer: string, template: string): boolean {
  const parts = template.split(/\$\{[^}]+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^/]+')}$`).test(issuer);
}

function textsOf(value: unknown): string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((one) => ['string', 'number', 'boolean'].includes(typeof one)).map(String);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
