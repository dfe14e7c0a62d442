/** AWS::Cognito::IdentityPool and IdentityPoolRoleAttachment. */
import { retag, tagMap, tagsOf } from '../differences.ts';
import {
  answered,
  booleanOf,
  given,
  type Properties,
  type ResourceType,
  recordOf,
  recordsOf,
  type Steps,
  send,
  textOf,
  textsOf,
} from '../resource-type.ts';
import { boolean, list, record, tags, text, texts } from '../shape.ts';

const service = 'cognito-identity';

export const identityPool: ResourceType = {
  name: 'AWS::Cognito::IdentityPool',
  properties: record(
    {
      IdentityPoolName: text,
      AllowUnauthenticatedIdentities: boolean,
      AllowClassicFlow: boolean,
      CognitoIdentityProviders: list(record({ ClientId: text, ProviderName: text, ServerSideTokenCheck: boolean })),
      DeveloperProviderName: text,
      IdentityPoolTags: tags,
      OpenIdConnectProviderARNs: list(text),
      SamlProviderARNs: list(text),
      SupportedLoginProviders: texts,
    },
    ['AllowUnauthenticatedIdentities'],
  ),
  attributes: ['Id', 'Name'],
  fixed: [],
  *make(properties, { generatedName }) {
    const IdentityPoolName = textOf(properties, 'IdentityPoolName') ?? generatedName(128);
    const IdentityPoolTags = tagMap(tagsOf(tagged(properties)));
    const made = yield* send(service, 'CreateIdentityPool', {
      ...settings(properties),
      IdentityPoolName,
      IdentityPoolTags,
    });
    const id = answered(made, 'IdentityPoolId');
    return { ref: id, attributes: { Id: id, Name: IdentityPoolName } };
  },
  *update({ ref: IdentityPoolId, attributes, properties: before }, properties, { region, accountId }) {
    const IdentityPoolName = textOf(properties, 'IdentityPoolName') ?? attributes['Name'];
    yield* send(service, 'UpdateIdentityPool', { ...settings(properties), IdentityPoolId, IdentityPoolName });
    const ResourceArn = `arn:aws:cognito-identity:${region}:${accountId}:identitypool/${IdentityPoolId}`;
    yield* retag(tagged(before), tagged(properties), {
      service,
      set: (wanted) => ['TagResource', { ResourceArn, Tags: tagMap(wanted) }],
      remove: (TagKeys) => ['UntagResource', { ResourceArn, TagKeys }],
    });
    return { ref: IdentityPoolId, attributes: { ...attributes, Name: IdentityPoolName ?? '' } };
  },
  *remove({ ref }) {
    yield* send(service, 'DeleteIdentityPool', { IdentityPoolId: ref });
  },
};

/** The tags stand under a name of their own. */
function tagged({ IdentityPoolTags }: Properties): Properties {
  return IdentityPoolTags === undefined ? {} : { Tags: IdentityPoolTags };
}

function settings(properties: Properties): Readonly<Record<string, unknown>> {
  const userPools = recordsOf(properties, 'CognitoIdentityProviders').map((pool) =>
    given({
      ClientId: textOf(pool, 'ClientId'),
      ProviderName: textOf(pool, 'ProviderName'),
      ServerSideTokenCheck: booleanOf(pool, 'ServerSideTokenCheck'),
    }),
  );
  return given({
    AllowUnauthenticatedIdentities: booleanOf(properties, 'AllowUnauthenticatedIdentities'),
    AllowClassicFlow: booleanOf(properties, 'AllowClassicFlow'),
    CognitoIdentityProviders: userPools.length > 0 ? userPools : undefined,
    DeveloperProviderName: textOf(properties, 'DeveloperProviderName'),
    OpenIdConnectProviderARNs: [...textsOf(properties, 'OpenIdConnectProviderARNs')],
    SamlProviderARNs: [...textsOf(properties, 'SamlProviderARNs')],
    SupportedLoginProviders: recordOf(properties, 'SupportedLoginProviders'),
  });
}

export const identityPoolRoleAttachment: ResourceType = {
  name: 'AWS::Cognito::IdentityPoolRoleAttachment',
  properties: record({ IdentityPoolId: text, Roles: record({ authenticated: text, unauthenticated: text }) }, [
    'IdentityPoolId',
  ]),
  attributes: ['Id'],
  fixed: ['IdentityPoolId'],
  *make(properties) {
    yield* setRoles(properties);
    const id = textOf(properties, 'IdentityPoolId') ?? '';
    return { ref: id, attributes: { Id: id } };
  },
  *update({ ref, attributes }, properties) {
    yield* setRoles(properties);
    return { ref, attributes };
  },
  *remove({ ref }) {
    yield* send(service, 'SetIdentityPoolRoles', { IdentityPoolId: ref, Roles: {} });
  },
};

function* setRoles(properties: Properties): Steps<void> {
  yield* send(service, 'SetIdentityPoolRoles', {
    IdentityPoolId: textOf(properties, 'IdentityPoolId'),
    Roles: recordOf(properties, 'Roles') ?? {},
  });
}
