/** Amazon Cognito identity pools: guests and signed-in users, their tokens, and the credentials of their roles. */
import type { Service } from '../../service.ts';
import { cognitoidentityModel } from '../../wire/models.ts';
import { deleteIdentities, describeIdentity, getId, listIdentities } from './identities.ts';
import { cognitoIdentityResources } from './permissions.ts';
import {
  createIdentityPool,
  deleteIdentityPool,
  describeIdentityPool,
  listIdentityPools,
  updateIdentityPool,
} from './pools.ts';
import { getIdentityPoolRoles, setIdentityPoolRoles } from './roles.ts';
import { listTagsForResource, tagResource, untagResource } from './tags.ts';
import { getCredentialsForIdentity, getOpenIdToken, ofIdentity, ofPool } from './tokens.ts';

export const cognitoidentityService: Service = {
  name: 'cognito-identity',
  model: cognitoidentityModel,
  resources: cognitoIdentityResources,
  operations: {
    CreateIdentityPool: createIdentityPool,
    DeleteIdentities: deleteIdentities,
    DeleteIdentityPool: deleteIdentityPool,
    DescribeIdentity: describeIdentity,
    DescribeIdentityPool: describeIdentityPool,
    GetCredentialsForIdentity: getCredentialsForIdentity,
    GetId: getId,
    GetIdentityPoolRoles: getIdentityPoolRoles,
    GetOpenIdToken: getOpenIdToken,
    ListIdentities: listIdentities,
    ListIdentityPools: listIdentityPools,
    ListTagsForResource: listTagsForResource,
    SetIdentityPoolRoles: setIdentityPoolRoles,
    TagResource: tagResource,
    UntagResource: untagResource,
    UpdateIdentityPool: updateIdentityPool,
  },
  unsigned: {
    GetCredentialsForIdentity: ofIdentity,
    GetId: ofPool,
    GetOpenIdToken: ofIdentity,
  },
};
