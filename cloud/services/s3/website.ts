/** The website configuration of a bucket, kept as a record (Amazon S3 API Reference, `PutBucketWebsite`). */
import type {
  DeleteBucketWebsiteRequest,
  GetBucketWebsiteOutput,
  GetBucketWebsiteRequest,
  PutBucketWebsiteRequest,
  RoutingRule,
  WebsiteConfiguration,
} from '@aws-sdk/client-s3';
import { deleteSetting, getSetting, notSet, putSetting } from './bucket-documents.ts';
import { invalidArgument, invalidRequest, malformedXml } from './errors.ts';

const rulesPerBucket = 50;

export const putBucketWebsite = putSetting<PutBucketWebsiteRequest>('website', 's3:PutBucketWebsite', (input) => {
  const website = input.WebsiteConfiguration;
  if (website === undefined) throw malformedXml();
  checkWebsite(website);
  return website;
});

function checkWebsite(website: WebsiteConfiguration): void {
  const { RedirectAllRequestsTo: redirect, IndexDocument, ErrorDocument, RoutingRules } = website;
  if (redirect !== undefined) {
    if (IndexDocument !== undefined || ErrorDocument !== undefined || RoutingRules !== undefined) {
      throw invalidArgument(
        'RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.',
        'RedirectAllRequestsTo',
        'not null',
      );
    }
    if (redirect.HostName === undefined) throw malformedXml();
    checkProtocol(redirect.Protocol);
    return;
  }
  if (IndexDocument === undefined) {
    throw invalidArgument(
      'A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty',
      'IndexDocument',
      'null',
    );
  }
  const { Suffix = '' } = IndexDocument;
  if (Suffix === '' || Suffix.includes('/')) {
    throw invalidArgument('The IndexDocument Suffix is not well formed', 'IndexDocument', Suffix);
  }
  if (ErrorDocument !== undefined && (ErrorDocument.Key ?? '') === '') throw malformedXml();
  if (RoutingRules === undefined) return;
  if (RoutingRules.length === 0) throw malformedXml();
  if (RoutingRules.length > rulesPerBucket) {
    throw invalidRequest(
      `${RoutingRules.length} routing rules provided, the number of routing rules in a website configuration is limited to ${rulesPerBucket}.`,
    );
  }
  for (const rule of RoutingRules) checkRule(rule);
}

function checkRule({ Condition: condition, Redirect: redirect }: RoutingRule): void {
  if (redirect === undefined) throw malformedXml();
  if (redirect.ReplaceKeyPrefixWith !== undefined && redirect.ReplaceKeyWith !== undefined) {
    throw invalidRequest('You can only define ReplaceKeyPrefix or ReplaceKey but not both.');
  }
  if (condition !== undefined && Object.values(condition).every((value) => value === undefined)) {
    throw invalidRequest(
      "Condition cannot be empty. To redirect all requests without a condition, the condition element shouldn't be present.",
    );
  }
  checkProtocol(redirect.Protocol);
}

function checkProtocol(protocol: string | undefined): void {
  if (protocol === undefined || protocol === 'http' || protocol === 'https') return;
  throw invalidRequest(
    'Invalid protocol, protocol can be http or https. If not defined the protocol will be selected automatically.',
  );
}

export const getBucketWebsite = getSetting<GetBucketWebsiteRequest, WebsiteConfiguration, GetBucketWebsiteOutput>(
  'website',
  's3:GetBucketWebsite',
  (website, { name }) => {
    if (website !== undefined) return website;
    throw notSet('NoSuchWebsiteConfiguration', 'The specified bucket does not have a website configuration', name);
  },
);

export const deleteBucketWebsite = deleteSetting<DeleteBucketWebsiteRequest>('website', 's3:DeleteBucketWebsite');
