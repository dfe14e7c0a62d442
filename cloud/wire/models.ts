/**
 * The wire models of the embedded cloud's services. Importing this loads the text of all their tables: it is the server's way.
 * The page loads the one that it needs, by `readServiceModel` of that table alone.
 */
import { accessanalyzerTable } from '../generated/wire/access-analyzer.ts';
import { cloudformationTable } from '../generated/wire/cloudformation.ts';
import { cloudtrailTable } from '../generated/wire/cloudtrail.ts';
import { cognitoidentityTable } from '../generated/wire/cognito-identity.ts';
import { dynamodbTable } from '../generated/wire/dynamodb.ts';
import { ec2Table } from '../generated/wire/ec2.ts';
import { eventsTable } from '../generated/wire/events.ts';
import { iamTable } from '../generated/wire/iam.ts';
import { kmsTable } from '../generated/wire/kms.ts';
import { lambdaTable } from '../generated/wire/lambda.ts';
import { logsTable } from '../generated/wire/logs.ts';
import { organizationsTable } from '../generated/wire/organizations.ts';
import { s3Table } from '../generated/wire/s3.ts';
import { s3controlTable } from '../generated/wire/s3-control.ts';
import { schedulerTable } from '../generated/wire/scheduler.ts';
import { secretsmanagerTable } from '../generated/wire/secretsmanager.ts';
import { snsTable } from '../generated/wire/sns.ts';
import { sqsTable } from '../generated/wire/sqs.ts';
import { ssmTable } from '../generated/wire/ssm.ts';
import { stsTable } from '../generated/wire/sts.ts';
import { serviceFacts } from './service-model.ts';
import { readServiceModel } from './table.ts';

export const iamModel = readServiceModel(iamTable, serviceFacts.iam);
export const stsModel = readServiceModel(stsTable, serviceFacts.sts);
export const s3Model = readServiceModel(s3Table, serviceFacts.s3);
export const ssmModel = readServiceModel(ssmTable, serviceFacts.ssm);
export const secretsmanagerModel = readServiceModel(secretsmanagerTable, serviceFacts.secretsmanager);
export const kmsModel = readServiceModel(kmsTable, serviceFacts.kms);
export const sqsModel = readServiceModel(sqsTable, serviceFacts.sqs);
export const snsModel = readServiceModel(snsTable, serviceFacts.sns);
export const dynamodbModel = readServiceModel(dynamodbTable, serviceFacts.dynamodb);
export const cloudtrailModel = readServiceModel(cloudtrailTable, serviceFacts.cloudtrail);
export const organizationsModel = readServiceModel(organizationsTable, serviceFacts.organizations);
export const cloudformationModel = readServiceModel(cloudformationTable, serviceFacts.cloudformation);
export const eventsModel = readServiceModel(eventsTable, serviceFacts.events);
export const cognitoidentityModel = readServiceModel(cognitoidentityTable, serviceFacts['cognito-identity']);
export const logsModel = readServiceModel(logsTable, serviceFacts.logs);
export const ec2Model = readServiceModel(ec2Table, serviceFacts.ec2);
export const lambdaModel = readServiceModel(lambdaTable, serviceFacts.lambda);
export const accessanalyzerModel = readServiceModel(accessanalyzerTable, serviceFacts['access-analyzer']);
export const schedulerModel = readServiceModel(schedulerTable, serviceFacts.scheduler);
export const s3controlModel = readServiceModel(s3controlTable, serviceFacts['s3-control']);
