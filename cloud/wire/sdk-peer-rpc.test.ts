import { SmithyRpcV2CborProtocol } from '@smithy/core/cbor';
import * as models from './models.ts';
import { holdAgainstSdk, SdkPeer } from './testing/sdk-peer.ts';

const {
  secretsmanagerModel,
  kmsModel,
  sqsModel,
  dynamodbModel,
  cloudtrailModel,
  organizationsModel,
  eventsModel,
  cognitoidentityModel,
  logsModel,
} = models;

for (const model of [
  secretsmanagerModel,
  kmsModel,
  sqsModel,
  dynamodbModel,
  cloudtrailModel,
  organizationsModel,
  eventsModel,
  cognitoidentityModel,
  logsModel,
  models.snsModel,
  models.cloudformationModel,
]) {
  holdAgainstSdk(model, { values: 2 });
}

// Every service that speaks JSON is reached by CBOR too.
for (const model of [sqsModel, dynamodbModel, logsModel, kmsModel]) {
  holdAgainstSdk(model, { values: 1, protocol: SmithyRpcV2CborProtocol });
}

// As SQS's clients did before they spoke JSON.
holdAgainstSdk(sqsModel, { values: 2, protocol: new SdkPeer('sns').protocol(), omit: ['MessageSystemAttributeNames'] });
