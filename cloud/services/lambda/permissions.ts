/** What the rule for permissions cannot tell: functions by partial ARNs and qualifiers, layers by number, condition keys of Lambda's own. */
import { splitArn } from '../../../iam/arn.ts';
import { own } from '../../own.ts';
import type { Permission, PermissionFacts, ResourceRules } from '../../service.ts';
import { shownByName, stateKey } from '../../state-key.ts';
import type { World } from '../../world.ts';
import { functionArn, LATEST, layerArn, readFunctionName, readLayerName, regionalKey } from './names.ts';
import type { FunctionState, MappingState } from './state.ts';

type Input = Readonly<Record<string, unknown>>;

/**
 * Layers that a function uses need `lambda:GetLayerVersion` (Lambda Developer Guide, "Adding layers to functions"): of another
 * account also the layer's policy must give it.
 */
export function getLayerPermissions(
  layers: readonly string[],
  { callerAccountId }: Pick<PermissionFacts, 'callerAccountId'>,
): readonly Permission[] {
  return layers.map((arn) => ({
    action: 'lambda:GetLayerVersion',
    resource: arn,
    resourceAccountId: readLayerName(arn).accountId ?? callerAccountId,
    context: {},
  }));
}

/** The function that a qualified or unqualified ARN names. */
export function functionOfArn(world: World, arn: string): { found: FunctionState; qualifier: string } | undefined {
  const named = readFunctionName(arn);
  if (named?.accountId === undefined || named.region === undefined) return undefined;
  const { functions } = own(world.accounts, named.accountId)?.lambda ?? { functions: {} };
  const found = own<FunctionState>(functions, regionalKey(named.region, named.name));
  return found && { found, qualifier: named.qualifier ?? LATEST };
}

function mappingOfArn(world: World, arn: string): MappingState | undefined {
  const [, , , region = '', accountId = '', resource = ''] = splitArn(arn) ?? [];
  const uuid = /^event-source-mapping:(.+)$/.exec(resource)?.[1];
  const { mappings } = own(world.accounts, accountId)?.lambda ?? { mappings: {} };
  return uuid === undefined ? undefined : own<MappingState>(mappings, regionalKey(region, uuid));
}

const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

function namedResources(input: Input, facts: PermissionFacts, type: string): string | readonly string[] | undefined {
  const place = { region: facts.region, accountId: facts.callerAccountId };
  switch (type) {
    case 'function': {
      const name = textOf(input['FunctionName']);
      const named = name === undefined ? undefined : readFunctionName(name);
      if (named === undefined) return name === undefined ? undefined : [];
      const { region = place.region, accountId = place.accountId } = named;
      return functionArn({ region, accountId }, named.name, textOf(input['Qualifier']) ?? named.qualifier);
    }
    case 'layer':
    case 'layerVersion': {
      const named = readLayerName(textOf(input['LayerName']) ?? textOf(input['Arn']) ?? '');
      if (named.name === '') return undefined;
      const { region = place.region, accountId = place.accountId } = named;
      const version = type === 'layer' ? undefined : Number(input['VersionNumber'] ?? named.version);
      return layerArn({ region, accountId }, named.name, version);
    }
    default:
      return undefined;
  }
}

const MAPPINGS = /EventSourceMapping/;
const URLS = /FunctionUrlConfig/;

/** The function that a mapping is of, or will be. */
function mappedFunction(input: Input, { world, callerAccountId, region }: PermissionFacts): string | undefined {
  const name = textOf(input['FunctionName']);
  const named = name === undefined ? undefined : readFunctionName(name);
  if (named !== undefined) {
    const { region: place = region, accountId = callerAccountId } = named;
    return functionArn({ region: place, accountId }, named.name, named.qualifier);
  }
  const uuid = textOf(input['UUID']);
  if (uuid === undefined) return undefined;
  return own(own(world.accounts, callerAccountId)?.lambda.mappings ?? {}, regionalKey(region, uuid))?.functionArn;
}

function contextOf(input: Input, facts: PermissionFacts, operation: string, arn: string): Permission['context'] {
  const context: Record<string, string | readonly string[]> = {};
  const layers = input['Layers'];
  if (Array.isArray(layers) && layers.length > 0) context['lambda:Layer'] = layers.map(String);
  const principal = textOf(input['Principal']);
  if (operation === 'AddPermission' && principal !== undefined) context['lambda:Principal'] = principal;
  if (MAPPINGS.test(operation)) {
    const mapped = mappedFunction(input, facts);
    if (mapped !== undefined) context['lambda:FunctionArn'] = mapped;
  }
  if (URLS.test(operation)) {
    const { found, qualifier } = functionOfArn(facts.world, arn) ?? {};
    const authType =
      textOf(input['AuthType']) ??
      (found === undefined ? undefined : own(found.urls, stateKey(qualifier ?? LATEST))?.authType);
    if (authType !== undefined) context['lambda:FunctionUrlAuthType'] = authType;
    context['lambda:FunctionArn'] = arn;
  }
  const grantedType = textOf(input['FunctionUrlAuthType']);
  if (operation === 'AddPermission' && grantedType !== undefined) context['lambda:FunctionUrlAuthType'] = grantedType;
  return context;
}

export const lambdaResources: ResourceRules = {
  named: (input, facts, { type }) => namedResources(input, facts, type),
  tagsOf(world, arn) {
    const tags = functionOfArn(world, arn)?.found.tags ?? mappingOfArn(world, arn)?.tags;
    return tags && shownByName(tags);
  },
  context: (input, facts, { operation, arn }) => contextOf(input, facts, operation, arn),
};
