import type { CreateFunctionRequest, FunctionConfiguration } from '@aws-sdk/client-lambda';
import { hexOf } from '../../hex.ts';
import { own } from '../../own.ts';
import { passRole } from '../../permissions/pass-role.ts';
import { changing, seeing } from '../../process.ts';
import type { ProcessOperation } from '../../service.ts';
import { mayAssume } from '../sts/may-assume.ts';
import { checkCodeStorage, readCode } from './code.ts';
import { justCreated, shownConfiguration } from './configuration.ts';
import { conflict, invalidParameter, unassumableRole, validation } from './errors.ts';
import { lambdaLimits } from './limits.ts';
import { functionArn, LATEST, makeUuid, namedFunction, readFunctionName, regionalKey } from './names.ts';
import { getLayerPermissions } from './permissions.ts';
import { LAMBDA } from './roles.ts';
import { readSettings, settled } from './settings.ts';
import type { FunctionState } from './state.ts';
import { checkTags } from './tag-rules.ts';
import { withPublished } from './versions.ts';

const longestName = 64;

/** CreateFunction. The role is passed, its trust policy must name Lambda, and code in a bucket is read as the caller. */
export const createFunction: ProcessOperation<CreateFunctionRequest, FunctionConfiguration> = {
  kind: 'process',
  alsoNeeds: (input, facts) => [
    passRole(input.Role ?? '', LAMBDA, facts, {
      associatedResourceArn: functionArn(
        { region: facts.region, accountId: facts.callerAccountId },
        readFunctionName(input.FunctionName ?? '')?.name ?? '',
      ),
    }),
    ...getLayerPermissions(input.Layers ?? [], facts),
  ],
  *run(account, input, call) {
    const { region } = call.request;
    const { name, qualifier, accountId = account.id } = namedFunction(input, region);
    const arn = functionArn({ region, accountId: account.id }, name);
    if (qualifier !== undefined || accountId !== account.id) {
      throw validation(
        `Value '${input.FunctionName}' at 'functionName' failed to satisfy constraint: Member must name a function of this account, without a version`,
      );
    }
    if (name.length > longestName) {
      throw invalidParameter(
        `1 validation error detected: Value '${name}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to ${longestName}`,
      );
    }
    const given = readSettings(input, yield* seeing(), region);
    if (input.PackageType === 'Image') throw invalidParameter('Container images are not offered here.');
    if (given.runtime === undefined || given.handler === undefined) {
      throw invalidParameter(
        'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
      );
    }
    if (!mayAssume(LAMBDA, input.Role ?? '', { arn, accountId: account.id }, yield* seeing(), call))
      throw unassumableRole();
    const tags = checkTags({}, input.Tags ?? {});
    const code = yield* readCode(input.Code ?? {}, call);
    const latest = settled({
      ...defaults(name),
      ...given,
      ...code,
      version: LATEST,
      runtime: given.runtime,
      handler: given.handler,
      role: input.Role ?? '',
      architecture: input.Architectures?.[0] ?? 'x86_64',
      modifiedAt: call.now,
      revisionId: makeUuid(call.random),
    });
    return yield* changing(account.id, (draft) => {
      const { functions } = draft.lambda;
      if (own(functions, regionalKey(region, name)) !== undefined) throw conflict(`Function already exist: ${name}`);
      if (Object.keys(functions).length >= lambdaLimits.functionsPerAccount) {
        throw invalidParameter(`An account here has at most ${lambdaLimits.functionsPerAccount} functions.`);
      }
      checkCodeStorage(draft.lambda, latest.code);
      const made: FunctionState = {
        ...emptyFunction,
        name,
        region,
        latest,
        tags,
        downloadKey: hexOf(call.random.bytes(32)),
      };
      const published = input.Publish === true ? withPublished(made, '', call) : undefined;
      functions[regionalKey(region, name)] = (published?.found ?? made) as (typeof functions)[string];
      return justCreated(
        shownConfiguration(made, published?.version ?? latest, {
          accountId: account.id,
          ...(published && { qualifier: published.version.version }),
        }),
      );
    });
  },
};

const emptyFunction = { versions: {}, lastVersion: 0, aliases: {}, policies: {}, urls: {}, invokeConfigs: {} };

/** What a function has where the request says nothing (Lambda API Reference, "CreateFunction"). */
function defaults(name: string) {
  return {
    description: '',
    timeout: 3,
    memorySize: 128,
    layers: [],
    tracingMode: 'PassThrough',
    ephemeralStorage: 512,
    logFormat: 'Text',
    logGroup: `/aws/lambda/${name}`,
  };
}
