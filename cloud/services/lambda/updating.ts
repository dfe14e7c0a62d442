/** UpdateFunctionCode and UpdateFunctionConfiguration: both change `$LATEST` alone. */
import type {
  FunctionConfiguration,
  UpdateFunctionCodeRequest,
  UpdateFunctionConfigurationRequest,
} from '@aws-sdk/client-lambda';
import type { AccountDraft } from '../../call.ts';
import { passRole } from '../../permissions/pass-role.ts';
import { changing } from '../../process.ts';
import type { ChangeOperation, ProcessOperation } from '../../service.ts';
import { mayAssume } from '../sts/may-assume.ts';
import { checkCodeStorage, readCode } from './code.ts';
import { justUpdated, shownConfiguration } from './configuration.ts';
import { invalidParameter, unassumableRole } from './errors.ts';
import { checkRevision, findFunction } from './finding.ts';
import { functionArn, makeUuid, readFunctionName, regionalKey } from './names.ts';
import { getLayerPermissions } from './permissions.ts';
import { LAMBDA } from './roles.ts';
import { readSettings, settled } from './settings.ts';
import { withPublished } from './versions.ts';

export const updateFunctionCode: ProcessOperation<UpdateFunctionCodeRequest, FunctionConfiguration> = {
  kind: 'process',
  *run(account, input, call) {
    const { region } = call.request;
    checkRevision(input.RevisionId, findFunction(account, input, region).found.latest.revisionId);
    if (input.ImageUri !== undefined) {
      throw invalidParameter("Please don't provide ImageUri when updating a function with packageType Zip.");
    }
    const code = yield* readCode(input, call);
    return yield* changing(account.id, (draft) => {
      const { found } = findFunction(draft, input, region);
      const latest = {
        ...found.latest,
        ...code,
        ...(input.Architectures?.[0] !== undefined && { architecture: input.Architectures[0] }),
        modifiedAt: call.now,
        revisionId: makeUuid(call.random),
      };
      const changed = { ...found, latest };
      const published = input.Publish === true ? withPublished(changed, '', call) : undefined;
      const shown = justUpdated(
        shownConfiguration(found, published?.version ?? latest, {
          accountId: account.id,
          ...(published && { qualifier: published.version.version }),
        }),
      );
      if (input.DryRun === true) return shown;
      checkCodeStorage(draft.lambda, code.code);
      const { functions } = draft.lambda;
      functions[regionalKey(region, found.name)] = (published?.found ?? changed) as (typeof functions)[string];
      return shown;
    });
  },
};

export const updateFunctionConfiguration: ChangeOperation<UpdateFunctionConfigurationRequest, FunctionConfiguration> = {
  kind: 'change',
  alsoNeeds(input, facts) {
    const {
      name = '',
      region = facts.region,
      accountId = facts.callerAccountId,
    } = readFunctionName(input.FunctionName ?? '') ?? {};
    const associatedResourceArn = functionArn({ region, accountId }, name);
    return [
      ...(input.Role === undefined ? [] : [passRole(input.Role, LAMBDA, facts, { associatedResourceArn })]),
      ...getLayerPermissions(input.Layers ?? [], facts),
    ];
  },
  handle(account: AccountDraft, input, call) {
    const { region } = call.request;
    const { found, arn } = findFunction(account, input, region);
    checkRevision(input.RevisionId, found.latest.revisionId);
    const given = readSettings(input, call.world, region);
    if (input.Role !== undefined) {
      if (!mayAssume(LAMBDA, input.Role, { arn, accountId: account.id }, call.world, call)) throw unassumableRole();
      given.role = input.Role;
    }
    const latest = settled({
      ...found.latest,
      ...given,
      modifiedAt: call.now,
      revisionId: makeUuid(call.random),
    });
    found.latest = latest as typeof found.latest;
    return justUpdated(shownConfiguration(found, latest, { accountId: account.id }));
  },
};
