/** The cases of all services. */
import type { ContractCase } from './case.ts';
import { cases as cloudformation } from './cases/cloudformation.ts';
import { cases as kms } from './cases/kms.ts';
import { cases as logs } from './cases/logs.ts';
import { cases as s3 } from './cases/s3.ts';
import { cases as secretsmanager } from './cases/secretsmanager.ts';
import { cases as sns } from './cases/sns.ts';
import { cases as sqs } from './cases/sqs.ts';
import { cases as ssm } from './cases/ssm.ts';

export const cases: readonly ContractCase[] = [
  ...s3,
  ...kms,
  ...secretsmanager,
  ...ssm,
  ...sqs,
  ...sns,
  ...logs,
  ...cloudformation,
];
