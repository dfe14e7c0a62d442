/** What the Service Authorization Reference says about the actions of the sandbox's services, by their prefix. */
import { readServiceActions, type ServiceActions, type ServiceData } from '../iam/check/catalogue.ts';
import accessanalyzer from '../iam/generated/actions/access-analyzer.json' with { type: 'json' };
import cloudformation from '../iam/generated/actions/cloudformation.json' with { type: 'json' };
import cloudtrail from '../iam/generated/actions/cloudtrail.json' with { type: 'json' };
import cognitoidentity from '../iam/generated/actions/cognito-identity.json' with { type: 'json' };
import dynamodb from '../iam/generated/actions/dynamodb.json' with { type: 'json' };
import ec2 from '../iam/generated/actions/ec2.json' with { type: 'json' };
import events from '../iam/generated/actions/events.json' with { type: 'json' };
import iam from '../iam/generated/actions/iam.json' with { type: 'json' };
import kms from '../iam/generated/actions/kms.json' with { type: 'json' };
import lambda from '../iam/generated/actions/lambda.json' with { type: 'json' };
import logs from '../iam/generated/actions/logs.json' with { type: 'json' };
import organizations from '../iam/generated/actions/organizations.json' with { type: 'json' };
import s3 from '../iam/generated/actions/s3.json' with { type: 'json' };
import scheduler from '../iam/generated/actions/scheduler.json' with { type: 'json' };
import secretsmanager from '../iam/generated/actions/secretsmanager.json' with { type: 'json' };
import sns from '../iam/generated/actions/sns.json' with { type: 'json' };
import sqs from '../iam/generated/actions/sqs.json' with { type: 'json' };
import ssm from '../iam/generated/actions/ssm.json' with { type: 'json' };
import sts from '../iam/generated/actions/sts.json' with { type: 'json' };

// The compiler widens the rows of a JSON file to unions that are no tuples.
const data = [
  accessanalyzer,
  cloudformation,
  cloudtrail,
  cognitoidentity,
  dynamodb,
  ec2,
  events,
  iam,
  kms,
  lambda,
  logs,
  organizations,
  s3,
  scheduler,
  secretsmanager,
  sns,
  sqs,
  ssm,
  sts,
] as unknown as readonly ServiceData[];

const byPrefix = new Map(data.map((service) => [service.service, service] as const));
const read = new Map<string, ServiceActions>();

/** The prefixes of the services that are known, in order. */
export const actionPrefixes: readonly string[] = [...byPrefix.keys()];

/** The actions with a prefix (`s3`), read when they are first asked for; undefined where none of the sandbox's services has it. */
export function actionsOf(prefix: string): ServiceActions | undefined {
  const known = read.get(prefix);
  if (known !== undefined) return known;
  const found = byPrefix.get(prefix);
  if (found === undefined) return undefined;
  const actions = readServiceActions(found);
  read.set(prefix, actions);
  return actions;
}
