/**
 * What guests may do at most who got their credentials by the enhanced flow, whatever their role may. Amazon Cognito Developer Guide,
 * "IAM roles", "Access policies": the services that unauthenticated identities have access to.
 */

const whole = [
  'appsync',
  'cloudwatch',
  'logs',
  'cognito-identity',
  'cognito-sync',
  'comprehend',
  'dynamodb',
  'gamelift',
  'iot',
  'firehose',
  'kinesis',
  'lambda',
  'lex',
  'geo',
  'machinelearning',
  'mobileanalytics',
  'mobiletargeting',
  'personalize',
  'polly',
  'rekognition',
  'sdb',
  'ses',
  'sns',
  'sqs',
  's3',
  'transcribe',
  'translate',
];

/** Of these services no more than so. */
const partial = [
  'kms:Encrypt',
  'kms:Decrypt',
  'kms:ReEncrypt*',
  'kms:GenerateDataKey*',
  'rum:PutRumEvents',
  'sagemaker:InvokeEndpoint',
  'sumerian:View*',
  'textract:DetectDocumentText',
  'textract:AnalyzeDocument',
];

/** A session policy, as AssumeRoleWithWebIdentity takes it. */
export const guestPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: [...whole.map((service) => `${service}:*`), ...partial], Resource: '*' }],
});
