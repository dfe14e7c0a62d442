/** The actions of AWS's services, as the Service Authorization Reference lists them: what the checker is handed to know them. */

/** One service as `iam/generated/actions/<service>.json` holds it: rows that refer to each other by their index. */
export interface ServiceData {
  readonly service: string;
  /** Name and type of each condition key: `["aws:RequestTag/${TagKey}", "String"]`. */
  readonly keys: readonly (readonly string[])[];
  /** Name, ARN format and condition keys of each resource type. */
  readonly types: readonly (readonly (string | readonly number[])[])[];
  /** Access level, resource types and condition keys of each action. */
  readonly actions: Readonly<Record<string, readonly (string | readonly number[])[]>>;
}

export type AccessLevel = 'List' | 'Read' | 'Write' | 'Permissions management' | 'Tagging';

export interface ConditionKey {
  /** As documented: `aws:RequestTag/${TagKey}`. */
  readonly name: string;
  readonly type: string;
}

export interface ResourceType {
  readonly name: string;
  /** `arn:${Partition}:s3:::${BucketName}/${ObjectName}`. */
  readonly arn: string;
  readonly conditionKeys: readonly ConditionKey[];
}

export interface ActionDescription {
  /** Without the service: `GetObject`. */
  readonly name: string;
  readonly accessLevel: AccessLevel;
  /** Empty where the action cannot be limited to resources. */
  readonly resourceTypes: readonly ResourceType[];
  /** Its own, and those that it has with one of its resource types. */
  readonly conditionKeys: readonly ConditionKey[];
}

export interface ServiceActions {
  readonly service: string;
  readonly conditionKeys: readonly ConditionKey[];
  readonly resourceTypes: readonly ResourceType[];
  /** By name in lower case. */
  readonly actions: ReadonlyMap<string, ActionDescription>;
}

/** The services that are known in detail, by prefix. A service that is not there is not checked in detail: nothing is guessed. */
export type ActionCatalogue = ReadonlyMap<string, ServiceActions>;

/** Reads one service's data. */
export function readServiceActions(data: ServiceData): ServiceActions {
  const keys = data.keys.map(([name = '', type = 'String']) => ({ name, type }));
  const keysAt = (indices: unknown) => pick(keys, indices);
  const types = data.types.map(([name, arn, indices]) => ({
    name: String(name),
    arn: String(arn),
    conditionKeys: keysAt(indices),
  }));
  const actions = new Map<string, ActionDescription>();
  for (const [name, [accessLevel, typeIndices, keyIndices]] of Object.entries(data.actions)) {
    const resourceTypes = pick(types, typeIndices);
    const conditionKeys = [...keysAt(keyIndices), ...resourceTypes.flatMap((type) => type.conditionKeys)];
    actions.set(name.toLowerCase(), { name, accessLevel: accessLevel as AccessLevel, resourceTypes, conditionKeys });
  }
  return { service: data.service, conditionKeys: keys, resourceTypes: types, actions };
}

function pick<Row>(rows: readonly Row[], indices: unknown): readonly Row[] {
  const list = Array.isArray(indices) ? (indices as readonly number[]) : [];
  return list.map((index) => rows[index]).filter((row) => row !== undefined);
}

/** The services of which a document names actions, ARNs or condition keys: those that a catalogue for it needs. */
export function servicesNamedIn(text: string): readonly string[] {
  const found = new Set<string>();
  for (const [, word = ''] of text.matchAll(/"(?:arn:[a-z*-]*:)?([A-Za-z0-9.-]+):/g)) found.add(word.toLowerCase());
  return [...found];
}
