/** The resource policies of layer versions, by which other accounts may use them. */
import type {
  AddLayerVersionPermissionRequest,
  AddLayerVersionPermissionResponse,
  GetLayerVersionPolicyRequest,
  GetLayerVersionPolicyResponse,
  RemoveLayerVersionPermissionRequest,
} from '@aws-sdk/client-lambda';
import type { AccountDraft } from '../../call.ts';
import { own } from '../../own.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { principalNames } from '../iam/trust.ts';
import { invalidParameter, noSuchResource, notFound } from './errors.ts';
import { checkRevision } from './finding.ts';
import { layerOf } from './layers.ts';
import { layerArn, makeUuid, readLayerName, regionalKey } from './names.ts';
import { type GrantStatement, statementPrincipal, withoutStatement, withStatement } from './policy-statements.ts';

interface VersionInput {
  readonly LayerName?: string | undefined;
  readonly VersionNumber?: number | undefined;
}

/** @throws ResourceNotFoundException */
function versionDraft(account: AccountDraft, input: VersionInput, region: string) {
  const layer = own(account.lambda.layers, regionalKey(region, readLayerName(input.LayerName ?? '').name));
  const version = layer && own(layer.versions, String(input.VersionNumber));
  if (layer === undefined || version === undefined) {
    throw notFound(
      `Layer version ${layerArn({ region, accountId: account.id }, readLayerName(input.LayerName ?? '').name, input.VersionNumber)} does not exist.`,
    );
  }
  return { layer, version };
}

export const addLayerVersionPermission: ChangeOperation<
  AddLayerVersionPermissionRequest,
  AddLayerVersionPermissionResponse
> = {
  kind: 'change',
  handle(account: AccountDraft, input, call) {
    const { layer, version } = versionDraft(account, input, call.request.region);
    checkRevision(input.RevisionId, version.revisionId);
    if (input.OrganizationId !== undefined && input.Principal !== '*') {
      throw invalidParameter('OrganizationId can only be given with the principal *.');
    }
    const statement: GrantStatement = {
      Sid: input.StatementId ?? '',
      Effect: 'Allow',
      Principal: statementPrincipal(input.Principal ?? ''),
      Action: input.Action ?? '',
      Resource: layerArn({ region: layer.region, accountId: account.id }, layer.name, version.version),
      ...(input.OrganizationId !== undefined && {
        Condition: { StringEquals: { 'aws:PrincipalOrgID': input.OrganizationId } },
      }),
    };
    version.policy = withStatement(version.policy, statement, call.world);
    version.revisionId = makeUuid(call.random);
    return { Statement: JSON.stringify(statement), RevisionId: version.revisionId };
  },
};

export const removeLayerVersionPermission: ChangeOperation<
  RemoveLayerVersionPermissionRequest,
  Record<string, never>
> = {
  kind: 'change',
  handle(account: AccountDraft, input, call) {
    const { version } = versionDraft(account, input, call.request.region);
    if (version.policy === undefined) throw noSuchResource();
    const next = withoutStatement(version.policy, input.StatementId ?? '');
    checkRevision(input.RevisionId, version.revisionId);
    if (next === undefined) delete version.policy;
    else version.policy = next;
    version.revisionId = makeUuid(call.random);
    return {};
  },
};

export const getLayerVersionPolicy: ReadOperation<GetLayerVersionPolicyRequest, GetLayerVersionPolicyResponse> = {
  kind: 'read',
  handle(account, input, call) {
    const layer = layerOf(account, input.LayerName ?? '', call.request.region);
    const version = layer && own(layer.versions, String(input.VersionNumber));
    if (version?.policy === undefined) throw notFound('No policy is associated with the given resource.');
    return { Policy: principalNames(call.world).show(version.policy), RevisionId: version.revisionId };
  },
};
