/** What the command line knows of a service: names, order and shapes as the AWS CLI has them. Generated into `generated/`. */

/** A shape of botocore's model, without documentation. */
export interface Shape {
  readonly type: string;
  /** Structures: member name → shape name, in the model's order. */
  readonly members?: Readonly<Record<string, string>>;
  readonly required?: readonly string[];
  readonly union?: true;
  readonly document?: true;
  /** Structures: the members that are a body of bytes, given as a path and written to a file. */
  readonly streaming?: readonly string[];
  /** Structures: the members that the client fills in with a random token where they are absent. */
  readonly tokens?: readonly string[];
  /** Structures: the member that is the body of the message. */
  readonly payload?: string;
  /** Lists: shape of an element. */
  readonly member?: string;
  /** Maps. */
  readonly key?: string;
  readonly value?: string;
  /** The only limit that the client checks: of a length, or of a number. */
  readonly min?: number;
  readonly enum?: readonly string[];
  readonly stream?: true;
}

/** How an operation's pages are put together; all but `limit_key` are JMESPath expressions or names of input members. */
export interface Paginator {
  readonly input_token: readonly string[];
  readonly output_token: readonly string[];
  readonly result_key?: readonly string[];
  readonly non_aggregate_keys?: readonly string[];
  readonly limit_key?: string;
  readonly more_results?: string;
}

export interface Operation {
  /** `CreateUser`. */
  readonly name: string;
  readonly input?: string;
  readonly output?: string;
  /** Option name without dashes → input member, in the CLI's order. */
  readonly options?: Readonly<Record<string, string>>;
  readonly deprecated?: true;
  readonly paginator?: Paginator;
}

export interface Acceptor {
  readonly state: string;
  readonly matcher: string;
  readonly expected: unknown;
  readonly argument?: string;
}

export interface Waiter {
  /** Seconds between two polls. */
  readonly delay: number;
  readonly maxAttempts: number;
  readonly operation: string;
  readonly acceptors: readonly Acceptor[];
  readonly description?: string;
}

export interface CliService {
  /** `s3api`. */
  readonly name: string;
  /** `s3`. */
  readonly endpointPrefix: string;
  /** `S3`, `Secrets Manager`. */
  readonly serviceId: string;
  /** By CLI name, in the CLI's order. */
  readonly operations: Readonly<Record<string, Operation>>;
  readonly waiters: Readonly<Record<string, Waiter>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

/** The names of the services that have a generated description, with the command that each belongs to. */
const LOADERS: Readonly<Record<string, () => Promise<{ readonly SERVICE: CliService }>>> = {
  accessanalyzer: () => import('./generated/accessanalyzer.ts'),
  cloudformation: () => import('./generated/cloudformation.ts'),
  cloudtrail: () => import('./generated/cloudtrail.ts'),
  'cognito-identity': () => import('./generated/cognito-identity.ts'),
  dynamodb: () => import('./generated/dynamodb.ts'),
  ec2: () => import('./generated/ec2.ts'),
  events: () => import('./generated/events.ts'),
  iam: () => import('./generated/iam.ts'),
  kms: () => import('./generated/kms.ts'),
  lambda: () => import('./generated/lambda.ts'),
  logs: () => import('./generated/logs.ts'),
  organizations: () => import('./generated/organizations.ts'),
  s3api: () => import('./generated/s3api.ts'),
  s3control: () => import('./generated/s3control.ts'),
  scheduler: () => import('./generated/scheduler.ts'),
  secretsmanager: () => import('./generated/secretsmanager.ts'),
  sns: () => import('./generated/sns.ts'),
  sqs: () => import('./generated/sqs.ts'),
  ssm: () => import('./generated/ssm.ts'),
  sts: () => import('./generated/sts.ts'),
};

/** Commands that are a service with a description. */
export const DESCRIBED_SERVICES: readonly string[] = Object.keys(LOADERS);

/** The description of a service by its CLI name, loaded when it is first asked for; undefined where there is none. */
export async function loadDescription(name: string): Promise<CliService | undefined> {
  return Object.hasOwn(LOADERS, name) ? (await LOADERS[name]?.())?.SERVICE : undefined;
}

/** A shape by its name. Throws where the generated table is inconsistent. */
export function shapeOf(service: CliService, name: string): Shape {
  const shape = service.shapes[name];
  if (shape === undefined) throw new Error(`the description of ${service.name} lacks the shape ${name}`);
  return shape;
}

/** The shape of a structure's member; undefined where it has no such member. */
export function memberShape(service: CliService, structure: Shape, member: string): Shape | undefined {
  const name = structure.members?.[member];
  return name === undefined || !Object.hasOwn(structure.members ?? {}, member) ? undefined : shapeOf(service, name);
}

/** An operation's input: an empty structure where it takes none. */
export function inputShape(service: CliService, operation: Operation): Shape {
  return operation.input === undefined ? { type: 'structure', members: {} } : shapeOf(service, operation.input);
}
