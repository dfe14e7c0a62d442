/** From a client of the AWS SDK to a service's wire model. */
import type { OperationModel, Protocol, Schema, ServiceModel } from './model.ts';

/** What a client's schemas do not say about its service. */
export interface ServiceFacts {
  /** The signing name. */
  readonly name: string;
  readonly protocol: Protocol;
  readonly version: string;
  readonly xmlNamespace?: string;
  readonly target?: string;
}

/** The facts of the services that the embedded cloud has, by signing name. */
export const serviceFacts = {
  iam: {
    name: 'iam',
    protocol: 'awsQuery',
    version: '2010-05-08',
    xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
  },
  sts: {
    name: 'sts',
    protocol: 'awsQuery',
    version: '2011-06-15',
    xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
  },
  s3: {
    name: 's3',
    protocol: 'restXml',
    version: '2006-03-01',
    xmlNamespace: 'http://s3.amazonaws.com/doc/2006-03-01/',
  },
  ssm: { name: 'ssm', protocol: 'awsJson1_1', version: '2014-11-06', target: 'AmazonSSM' },
  secretsmanager: {
    name: 'secretsmanager',
    protocol: 'awsJson1_1',
    version: '2017-10-17',
    target: 'secretsmanager',
  },
  kms: { name: 'kms', protocol: 'awsJson1_1', version: '2014-11-01', target: 'TrentService' },
  sqs: { name: 'sqs', protocol: 'awsJson1_0', version: '2012-11-05', target: 'AmazonSQS' },
  sns: {
    name: 'sns',
    protocol: 'awsQuery',
    version: '2010-03-31',
    xmlNamespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
  },
  dynamodb: { name: 'dynamodb', protocol: 'awsJson1_0', version: '2012-08-10', target: 'DynamoDB_20120810' },
  cloudtrail: { name: 'cloudtrail', protocol: 'awsJson1_1', version: '2013-11-01', target: 'CloudTrail_20131101' },
  organizations: {
    name: 'organizations',
    protocol: 'awsJson1_1',
    version: '2016-11-28',
    target: 'AWSOrganizationsV20161128',
  },
  cloudformation: {
    name: 'cloudformation',
    protocol: 'awsQuery',
    version: '2010-05-15',
    xmlNamespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
  },
  events: { name: 'events', protocol: 'awsJson1_1', version: '2015-10-07', target: 'AWSEvents' },
  'cognito-identity': {
    name: 'cognito-identity',
    protocol: 'awsJson1_1',
    version: '2014-06-30',
    target: 'AWSCognitoIdentityService',
  },
  logs: { name: 'logs', protocol: 'awsJson1_1', version: '2014-03-28', target: 'Logs_20140328' },
} as const satisfies Record<string, ServiceFacts>;

type SchemaHead = readonly [kind: number, namespace: string, name: string, traits: unknown];

interface ErrorTraits {
  readonly awsQueryError?: readonly [code: string, status: number];
  readonly httpError?: number;
}

/**
 * Gathers the runtime schemas that a client module exports: `[9, namespace, name, traits, input, output]` for an operation,
 * `[-3, …]` for an error. Members of schemas may be functions: they are followed when a shape is first used.
 */
export function readServiceModel(clientModule: Readonly<Record<string, unknown>>, facts: ServiceFacts): ServiceModel {
  const operations = new Map<string, OperationModel>();
  const errors = new Map<string, { name: string; status: number; schema: Schema }>();
  for (const schema of Object.values(clientModule)) {
    if (!Array.isArray(schema)) continue;
    const [kind, namespace, name, traits] = schema as unknown as SchemaHead;
    if (kind === 9) {
      const { http } = traitsOf(traits) as { http?: readonly [string, string, number] };
      const [, , , , input, output] = schema;
      operations.set(name, { name, input: resolve(input), output: resolve(output), ...(http && { http }) });
    } else if (kind === -3 && !namespace.startsWith('smithy.ts.sdk.synthetic')) {
      const { awsQueryError, httpError } = traitsOf(traits) as ErrorTraits;
      const query = facts.protocol === 'awsQuery' ? awsQueryError : undefined;
      const status = query?.[1] ?? httpError ?? 400;
      errors.set(query?.[0] ?? name, { name, status, schema });
    }
  }
  return { ...facts, operations, errors };
}

function traitsOf(traits: unknown): object {
  return typeof traits === 'object' && traits !== null ? traits : {};
}

/** An operation's input or output may be given by a function, because schemas refer to each other in circles. */
function resolve(reference: unknown): Schema {
  return typeof reference === 'function' ? reference() : reference;
}
