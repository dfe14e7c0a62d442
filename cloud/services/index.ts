/** All services of the embedded cloud. */
import type { Service } from '../service.ts';
import { accessanalyzerService } from './accessanalyzer/index.ts';
import { cloudformationService } from './cloudformation/index.ts';
import { cloudtrailService } from './cloudtrail/index.ts';
import { cognitoidentityService } from './cognitoidentity/index.ts';
import { dynamodbService } from './dynamodb/index.ts';
import { ec2Service } from './ec2/index.ts';
import { eventsService } from './events/index.ts';
import { iamService } from './iam/index.ts';
import { kmsService } from './kms/index.ts';
import { lambdaService } from './lambda/index.ts';
import { logsService } from './logs/index.ts';
import { organizationsService } from './organizations/index.ts';
import { s3Service } from './s3/index.ts';
import { s3controlService } from './s3control/index.ts';
import { schedulerService } from './scheduler/index.ts';
import { secretsmanagerService } from './secretsmanager/index.ts';
import { snsService } from './sns/index.ts';
import { sqsService } from './sqs/index.ts';
import { ssmService } from './ssm/index.ts';
import { stsService } from './sts/index.ts';

/** By signing name. Where two services look alike to a request (cloud/wire), the one that comes first is taken. */
export const services: Readonly<Record<string, Service>> = Object.fromEntries(
  [
    iamService,
    stsService,
    s3Service,
    ssmService,
    secretsmanagerService,
    kmsService,
    sqsService,
    snsService,
    dynamodbService,
    lambdaService,
    ec2Service,
    cloudtrailService,
    organizationsService,
    accessanalyzerService,
    cloudformationService,
    schedulerService,
    eventsService,
    cognitoidentityService,
    logsService,
    s3controlService,
  ].map((service) => [service.name, service]),
);
