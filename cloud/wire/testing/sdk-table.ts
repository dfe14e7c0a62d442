/**
 * The table of a service, out of the runtime schemas that its client in the AWS SDK for JavaScript v3 exports:
 * `[9, namespace, name, traits, input, output]` for an operation, `[-3, …]` for an error. Used to generate cloud/generated/wire,
 * and to tell when that is due.
 */
import { NormalizedSchema } from '@smithy/core/schema';
import type { TimestampFormat } from '../shape.ts';
import type { ErrorRow, MemberRow, MemberTraits, OperationRow, ShapeRow, WireTable } from '../table.ts';

interface OperationTraits {
  readonly http?: readonly [method: string, uri: string, status: number];
}

interface ErrorTraits {
  readonly awsQueryError?: readonly [code: string, status: number];
  readonly httpError?: number;
}

/** @param errorCodes whether the service's errors have the names of their shapes on the wire, or the codes of the query protocol */
export function tableOfClient(
  client: Readonly<Record<string, unknown>>,
  errorCodes: 'names' | 'query-codes',
): WireTable {
  const shapes = new Shapes();
  const operations: [string, OperationRow][] = [];
  const errors: [string, ErrorRow][] = [];
  for (const schema of Object.values(client)) {
    if (!Array.isArray(schema)) continue;
    const [kind, namespace, name, traits, input, output] = schema;
    if (kind === 9) {
      const { http = [] } = traitsOf<OperationTraits>(traits);
      operations.push([name, [shapes.of(input), shapes.of(output), ...http]]);
    } else if (kind === -3 && !namespace.startsWith('smithy.ts.sdk.synthetic')) {
      const { awsQueryError, httpError = 400 } = traitsOf<ErrorTraits>(traits);
      if (errorCodes === 'query-codes') {
        const [code, status] = awsQueryError ?? [name, httpError];
        errors.push([code, [name, status, shapes.of(schema)]]);
      } else {
        const queryCode = awsQueryError?.[0] === name ? [] : awsQueryError?.slice(0, 1);
        errors.push([name, [name, httpError, shapes.of(schema), ...((queryCode ?? []) as [string?])]]);
      }
    }
  }
  return { operations: sorted(operations), errors: sorted(errors), shapes: shapes.rows };
}

/** The source of a table's module. */
export function moduleOfTable(name: string, table: WireTable): string {
  const text = JSON.stringify(table).replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  return `// Written by \`npm run generate:wire\` out of the AWS SDK's schemas.\nexport const ${name}: string =\n  '${text}';\n`;
}

function traitsOf<T>(traits: unknown): T {
  return (typeof traits === 'object' && traits !== null ? traits : {}) as T;
}

function sorted<T>(rows: readonly (readonly [string, T])[]): Record<string, T> {
  return Object.fromEntries([...rows].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** The SDK's numbers for timestamps that have a format of their own; 4 is one that has none. */
const timestampFormats: Readonly<Record<number, TimestampFormat>> = {
  5: 'date-time',
  6: 'http-date',
  7: 'epoch-seconds',
};

class Shapes {
  readonly rows: ShapeRow[] = [];
  /** Of structures by their schema, of others by what they say. */
  readonly #indexes = new Map<unknown, number>();

  /** The index of an input's, output's or error's shape; the schema may be given by a function, because schemas refer to each other in circles. */
  of(reference: unknown): number {
    const schema = typeof reference === 'function' ? reference() : reference;
    return schema === undefined || schema === 'unit' ? this.#add('unit') : this.#read(NormalizedSchema.of(schema));
  }

  #add(row: ShapeRow): number {
    const key = JSON.stringify(row);
    const known = this.#indexes.get(key);
    if (known !== undefined) return known;
    const index = this.rows.push(row) - 1;
    this.#indexes.set(key, index);
    return index;
  }

  #read(schema: NormalizedSchema): number {
    if (schema.isStructSchema()) return this.#structure(schema);
    if (schema.isListSchema()) {
      const item = this.#member('member', schema.getValueSchema());
      return this.#add(['list', item, schema.getMergedTraits().sparse ? 1 : 0]);
    }
    if (schema.isMapSchema()) {
      return this.#add([
        'map',
        this.#member('key', schema.getKeySchema()),
        this.#member('value', schema.getValueSchema()),
      ]);
    }
    if (schema.isTimestampSchema()) {
      const format = timestampFormats[Number(schema.getSchema())];
      return this.#add(format === undefined ? 'timestamp' : ['timestamp', format]);
    }
    if (schema.isBlobSchema()) return this.#add('blob');
    if (schema.isBooleanSchema()) return this.#add('boolean');
    if (schema.isNumericSchema() || schema.isBigIntegerSchema() || schema.isBigDecimalSchema()) {
      return this.#add('number');
    }
    if (schema.isDocumentSchema()) return this.#add('document');
    return this.#add(schema.isUnitSchema() ? 'unit' : 'string');
  }

  #structure(schema: NormalizedSchema): number {
    const tuple = schema.getSchema() as readonly unknown[];
    const known = this.#indexes.get(tuple);
    if (known !== undefined) return known;
    const { xmlName } = schema.getOwnTraits() as { xmlName?: string };
    const members: MemberRow[] = [];
    const kind = schema.isUnionSchema() ? 'union' : 'structure';
    const head = [kind, String(tuple[2]), Number(tuple[6] ?? 0), members] as const;
    const index = this.rows.push(xmlName === undefined ? head : [...head, xmlName]) - 1;
    // Known before its members are read: a structure may hold itself.
    this.#indexes.set(tuple, index);
    for (const [name, member] of schema.structIterator()) members.push(this.#member(name, member));
    return index;
  }

  #member(name: string, schema: NormalizedSchema): MemberRow {
    const shape = this.#read(schema);
    const traits = memberTraits(schema.getMemberTraits() as SdkTraits, schema.getMergedTraits() as SdkTraits);
    return Object.keys(traits).length === 0 ? [name, shape] : [name, shape, traits];
  }
}

interface SdkTraits {
  readonly xmlName?: string;
  readonly ec2QueryName?: string;
  readonly xmlAttribute?: unknown;
  readonly xmlFlattened?: unknown;
  readonly xmlNamespace?: string | readonly [string, string];
  readonly jsonName?: string;
  readonly httpLabel?: unknown;
  readonly httpHeader?: string;
  readonly httpQuery?: string;
  readonly httpPrefixHeaders?: string;
  readonly httpQueryParams?: unknown;
  readonly httpPayload?: unknown;
  readonly httpResponseCode?: unknown;
}

function memberTraits(own: SdkTraits, traits: SdkTraits): MemberTraits {
  const { xmlNamespace } = traits;
  return {
    ...(own.xmlName !== undefined && { xmlName: own.xmlName }),
    ...(own.ec2QueryName !== undefined && { queryName: own.ec2QueryName }),
    ...(traits.xmlAttribute ? { attribute: 1 as const } : {}),
    ...(traits.xmlFlattened ? { flat: 1 as const } : {}),
    ...(traits.jsonName !== undefined && { jsonName: traits.jsonName }),
    ...bindingTraits(traits),
    ...(Array.isArray(xmlNamespace) && { namespace: xmlNamespace as never }),
  };
}

function bindingTraits(traits: SdkTraits): Pick<MemberTraits, 'in' | 'as'> {
  if (traits.httpLabel) return { in: 'label' };
  if (traits.httpHeader !== undefined) return { in: 'header', as: traits.httpHeader.toLowerCase() };
  if (traits.httpQuery !== undefined) return { in: 'query', as: traits.httpQuery };
  if (traits.httpPrefixHeaders !== undefined) {
    return { in: 'prefix-headers', as: traits.httpPrefixHeaders.toLowerCase() };
  }
  if (traits.httpQueryParams) return { in: 'query-params' };
  if (traits.httpPayload) return { in: 'payload' };
  return traits.httpResponseCode ? { in: 'status' } : {};
}
