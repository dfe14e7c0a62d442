/**
 * What services require of their inputs, from tables generated out of botocore's models, and under which code and in which words
 * each refuses what is wrong. S3 and S3 Control have errors of their own for each value, so they have no table.
 */
import { accessanalyzerConstraints } from './generated/constraints/access-analyzer.ts';
import { cloudformationConstraints } from './generated/constraints/cloudformation.ts';
import { cloudtrailConstraints } from './generated/constraints/cloudtrail.ts';
import { cognitoidentityConstraints } from './generated/constraints/cognito-identity.ts';
import { dynamodbConstraints } from './generated/constraints/dynamodb.ts';
import { ec2Constraints } from './generated/constraints/ec2.ts';
import { eventsConstraints } from './generated/constraints/events.ts';
import { iamConstraints } from './generated/constraints/iam.ts';
import { kmsConstraints } from './generated/constraints/kms.ts';
import { lambdaConstraints } from './generated/constraints/lambda.ts';
import { logsConstraints } from './generated/constraints/logs.ts';
import { organizationsConstraints } from './generated/constraints/organizations.ts';
import { schedulerConstraints } from './generated/constraints/scheduler.ts';
import { secretsmanagerConstraints } from './generated/constraints/secretsmanager.ts';
import { snsConstraints } from './generated/constraints/sns.ts';
import { sqsConstraints } from './generated/constraints/sqs.ts';
import { ssmConstraints } from './generated/constraints/ssm.ts';
import { stsConstraints } from './generated/constraints/sts.ts';
import { own } from './own.ts';

export interface ShapeConstraints {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly required?: readonly string[];
  /** By member, the name of a constrained shape. */
  readonly members?: Readonly<Record<string, string>>;
  readonly item?: string;
  readonly key?: string;
  readonly value?: string;
}

export interface ConstraintTable {
  readonly operations: Readonly<Record<string, string>>;
  readonly shapes: Readonly<Record<string, ShapeConstraints>>;
}

/** How a service words what is wrong: as AWS's front ends do, or naming the first parameter that is missing. */
export type Wording = 'list' | 'iam' | 'missing-parameter' | 'missing-parameter.';

export interface ServiceConstraints {
  readonly table: ConstraintTable;
  readonly code: string;
  readonly wording: Wording;
}

interface Source {
  readonly text: string;
  readonly code: string;
  readonly wording?: Wording;
}

const query = 'ValidationError';
const json = 'ValidationException';

const sources: Readonly<Record<string, Source>> = {
  'access-analyzer': { text: accessanalyzerConstraints, code: json },
  cloudformation: { text: cloudformationConstraints, code: query },
  cloudtrail: { text: cloudtrailConstraints, code: json },
  'cognito-identity': { text: cognitoidentityConstraints, code: json },
  dynamodb: { text: dynamodbConstraints, code: json },
  ec2: { text: ec2Constraints, code: 'MissingParameter', wording: 'missing-parameter' },
  events: { text: eventsConstraints, code: json },
  iam: { text: iamConstraints, code: query, wording: 'iam' },
  kms: { text: kmsConstraints, code: json },
  lambda: { text: lambdaConstraints, code: json },
  logs: { text: logsConstraints, code: 'InvalidParameterException' },
  organizations: { text: organizationsConstraints, code: json },
  scheduler: { text: schedulerConstraints, code: json },
  secretsmanager: { text: secretsmanagerConstraints, code: json },
  sns: { text: snsConstraints, code: query },
  sqs: { text: sqsConstraints, code: 'MissingParameter', wording: 'missing-parameter.' },
  ssm: { text: ssmConstraints, code: json },
  sts: { text: stsConstraints, code: query },
};

const read = new Map<string, ServiceConstraints>();

/** The constraints of a service, by its name; undefined where it has none. A table is parsed at its first use. */
export function constraintsOf(service: string): ServiceConstraints | undefined {
  const known = read.get(service);
  if (known !== undefined) return known;
  const source = own(sources, service);
  if (source === undefined) return undefined;
  const { text, code, wording = 'list' } = source;
  const constraints = { table: JSON.parse(text) as ConstraintTable, code, wording };
  read.set(service, constraints);
  return constraints;
}

/** The services that have constraints. */
export const constrainedServices: readonly string[] = Object.keys(sources);
