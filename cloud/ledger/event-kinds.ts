/**
 * How operations stand in CloudTrail: their source and name, and whether they are data events, which only trails record that ask for
 * them. AWS CloudTrail User Guide, "Logging data events".
 */

/** The data events of the sandbox's services, with the type of resource by which selectors name them. */
const DATA_EVENTS: Readonly<Record<string, { readonly type: string; readonly operations: RegExp }>> = {
  s3: {
    type: 'AWS::S3::Object',
    operations:
      /^(Get|Head|Put|Delete|Copy|Restore|Select)Objects?(Acl|Tagging|Attributes|Retention|LegalHold|Torrent|Content)?$|^ListObjects(V2)?$|^ListObjectVersions$|^HeadBucket$|^(Create|Complete|Abort)MultipartUpload$|^UploadPart(Copy)?$|^List(Parts|MultipartUploads)$/,
  },
  dynamodb: {
    type: 'AWS::DynamoDB::Table',
    operations:
      /^(Get|Put|Update|Delete)Item$|^Batch(Get|Write)Item$|^(Query|Scan)$|^Transact(Get|Write)Items$|^(Batch)?Execute(Statement|Transaction)$/,
  },
  lambda: { type: 'AWS::Lambda::Function', operations: /^Invoke(Async|WithResponseStream)?$/ },
  sns: { type: 'AWS::SNS::Topic', operations: /^Publish(Batch)?$/ },
  sqs: {
    type: 'AWS::SQS::Queue',
    operations: /^(Send|Delete)Message(Batch)?$|^ReceiveMessage$|^ChangeMessageVisibility(Batch)?$/,
  },
  logs: { type: 'AWS::Logs::LogGroupAuthorization', operations: /^(PutLogEvents|GetLogEvents|FilterLogEvents)$/ },
  // What is typed into a session is no call of the API: at AWS the agent's channel has data events of its own.
  ssm: { type: 'AWS::SSMMessages::ControlChannel', operations: /^OpenDataChannel$/ },
  events: { type: 'AWS::Events::EventBus', operations: /^PutEvents$/ },
  'cognito-identity': {
    type: 'AWS::Cognito::IdentityPool',
    operations: /^(GetId|GetCredentialsForIdentity|GetOpenIdToken|GetOpenIdTokenForDeveloperIdentity|UnlinkIdentity)$/,
  },
};

/** The type of resource of a data event; undefined for a management event. */
export function dataEventType(service: string, operation: string): string | undefined {
  const kind = Object.hasOwn(DATA_EVENTS, service) ? DATA_EVENTS[service] : undefined;
  return kind?.operations.test(operation) ? kind.type : undefined;
}

/** `iam.amazonaws.com`. */
export function eventSource(service: string): string {
  return `${service === 's3-control' ? 's3' : service}.amazonaws.com`;
}

/** Names that are not the operation's: Lambda's have the version of the API behind them, S3's say what they did to an object's ACL. */
const NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  lambda: {
    CreateFunction: 'CreateFunction20150331',
    DeleteFunction: 'DeleteFunction20150331',
    GetFunction: 'GetFunction20150331v2',
    GetFunctionConfiguration: 'GetFunctionConfiguration20150331v2',
    ListFunctions: 'ListFunctions20150331',
    UpdateFunctionCode: 'UpdateFunctionCode20150331v2',
    UpdateFunctionConfiguration: 'UpdateFunctionConfiguration20150331v2',
    AddPermission: 'AddPermission20150331v2',
    RemovePermission: 'RemovePermission20150331v2',
    GetPolicy: 'GetPolicy20150331v2',
    PublishVersion: 'PublishVersion20150331',
    CreateEventSourceMapping: 'CreateEventSourceMapping20150331',
    DeleteEventSourceMapping: 'DeleteEventSourceMapping20150331',
    UpdateEventSourceMapping: 'UpdateEventSourceMapping20150331',
  },
  s3: {
    ListObjectsV2: 'ListObjects',
    GetBucketLifecycleConfiguration: 'GetBucketLifecycle',
    PutBucketLifecycleConfiguration: 'PutBucketLifecycle',
    GetPublicAccessBlock: 'GetBucketPublicAccessBlock',
    PutPublicAccessBlock: 'PutBucketPublicAccessBlock',
    DeletePublicAccessBlock: 'DeleteBucketPublicAccessBlock',
    GetBucketNotificationConfiguration: 'GetBucketNotification',
    PutBucketNotificationConfiguration: 'PutBucketNotification',
  },
  's3-control': {
    GetPublicAccessBlock: 'GetAccountPublicAccessBlock',
    PutPublicAccessBlock: 'PutAccountPublicAccessBlock',
    DeletePublicAccessBlock: 'DeleteAccountPublicAccessBlock',
  },
};

export function eventName(service: string, operation: string): string {
  return NAMES[service]?.[operation] ?? operation;
}

/** Services of which all regions are one: their events are in us-east-1. */
const GLOBAL = new Set(['iam', 'organizations']);

export function eventRegion(service: string, region: string): string {
  return GLOBAL.has(service) ? 'us-east-1' : region;
}
