/** What an emulator of the LocalStack family carries, in the order in which it is brought up: what others name comes first. */
import { own } from '../../../../cloud/own.ts';
import type { CarriedOperation, CarriedService } from './carried-service.ts';
import { kms } from './services/kms.ts';
import { logs } from './services/logs.ts';
import { s3 } from './services/s3.ts';
import { secretsmanager } from './services/secretsmanager.ts';
import { sns } from './services/sns.ts';
import { sqs } from './services/sqs.ts';
import { ssm } from './services/ssm.ts';

/** By the names that the cloud has for the services; each is the name of its slice of an account too. */
export const carriedServices = { kms, s3, secretsmanager, ssm, sqs, sns, logs } as const satisfies Readonly<
  Record<string, CarriedService>
>;

export type CarriedName = keyof typeof carriedServices;

export const carriedNames = Object.keys(carriedServices) as readonly CarriedName[];

/** How an operation is carried; undefined where the embedded cloud answers it. */
export function carriedOperation(service: string, operation: string): CarriedOperation | undefined {
  const carried: CarriedService | undefined = own(carriedServices, service);
  return carried && own(carried.operations, operation);
}
