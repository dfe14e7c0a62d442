// Written by scripts/generate/cli-models.py from AWS CLI 1.45.11; not to be edited.
import type { CliService } from '../service-description.ts';

export const SERVICE: CliService = {
  "name": "s3control",
  "endpointPrefix": "s3-control",
  "serviceId": "S3 Control",
  "operations": {
    "delete-public-access-block": {"name": "DeletePublicAccessBlock", "input": "DeletePublicAccessBlockRequest", "options": {"account-id": "AccountId"}},
    "get-public-access-block": {"name": "GetPublicAccessBlock", "input": "GetPublicAccessBlockRequest", "output": "GetPublicAccessBlockOutput", "options": {"account-id": "AccountId"}},
    "list-tags-for-resource": {"name": "ListTagsForResource", "input": "ListTagsForResourceRequest", "output": "ListTagsForResourceResult", "options": {"account-id": "AccountId", "resource-arn": "ResourceArn"}},
    "put-public-access-block": {"name": "PutPublicAccessBlock", "input": "PutPublicAccessBlockRequest", "options": {"public-access-block-configuration": "PublicAccessBlockConfiguration", "account-id": "AccountId"}},
    "tag-resource": {"name": "TagResource", "input": "TagResourceRequest", "output": "TagResourceResult", "options": {"account-id": "AccountId", "resource-arn": "ResourceArn", "tags": "Tags"}},
    "untag-resource": {"name": "UntagResource", "input": "UntagResourceRequest", "output": "UntagResourceResult", "options": {"account-id": "AccountId", "resource-arn": "ResourceArn", "tag-keys": "TagKeys"}}
  },
  "waiters": {},
  "shapes": {
    "AccountId": {"type": "string"},
    "DeletePublicAccessBlockRequest": {"type": "structure", "members": {"AccountId": "AccountId"}, "required": ["AccountId"]},
    "GetPublicAccessBlockOutput": {"type": "structure", "members": {"PublicAccessBlockConfiguration": "PublicAccessBlockConfiguration"}, "payload": "PublicAccessBlockConfiguration"},
    "GetPublicAccessBlockRequest": {"type": "structure", "members": {"AccountId": "AccountId"}, "required": ["AccountId"]},
    "ListTagsForResourceRequest": {"type": "structure", "members": {"AccountId": "AccountId", "ResourceArn": "S3ResourceArn"}, "required": ["AccountId", "ResourceArn"]},
    "ListTagsForResourceResult": {"type": "structure", "members": {"Tags": "TagList"}},
    "PublicAccessBlockConfiguration": {"type": "structure", "members": {"BlockPublicAcls": "Setting", "IgnorePublicAcls": "Setting", "BlockPublicPolicy": "Setting", "RestrictPublicBuckets": "Setting"}},
    "PutPublicAccessBlockRequest": {"type": "structure", "members": {"PublicAccessBlockConfiguration": "PublicAccessBlockConfiguration", "AccountId": "AccountId"}, "required": ["PublicAccessBlockConfiguration", "AccountId"], "payload": "PublicAccessBlockConfiguration"},
    "S3ResourceArn": {"type": "string"},
    "Setting": {"type": "boolean"},
    "Tag": {"type": "structure", "members": {"Key": "TagKeyString", "Value": "TagValueString"}, "required": ["Key", "Value"]},
    "TagKeyList": {"type": "list", "member": "TagKeyString", "min": 0},
    "TagKeyString": {"type": "string", "min": 1},
    "TagList": {"type": "list", "member": "Tag", "min": 0},
    "TagResourceRequest": {"type": "structure", "members": {"AccountId": "AccountId", "ResourceArn": "S3ResourceArn", "Tags": "TagList"}, "required": ["AccountId", "ResourceArn", "Tags"]},
    "TagResourceResult": {"type": "structure", "members": {}},
    "TagValueString": {"type": "string", "min": 0},
    "UntagResourceRequest": {"type": "structure", "members": {"AccountId": "AccountId", "ResourceArn": "S3ResourceArn", "TagKeys": "TagKeyList"}, "required": ["AccountId", "ResourceArn", "TagKeys"]},
    "UntagResourceResult": {"type": "structure", "members": {}}
  },
};
