/** The options of `aws s3`, in the CLI's order, and the parameters that they stand for. */
import type { ArgumentSpec, ParsedArguments } from '../argument-parser.ts';
import { parameterFault, parsingFault } from '../faults.ts';
import { parseShorthand, ShorthandFault } from '../parameters/shorthand.ts';
import { JsonFault, parseJson } from '../python/json.ts';
import { parseInteger } from '../python/text.ts';
import { isMap, type ValueMap } from '../value.ts';

const ACLS = [
  'private',
  'public-read',
  'public-read-write',
  'authenticated-read',
  'aws-exec-read',
  'bucket-owner-read',
  'bucket-owner-full-control',
  'log-delivery-write',
];
const CLASSES = [
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER',
  'DEEP_ARCHIVE',
  'GLACIER_IR',
];

function one(name: string, choices?: readonly string[]): ArgumentSpec {
  return { name: `--${name}`, count: 'one', ...(choices !== undefined && { choices }) };
}

function flag(name: string): ArgumentSpec {
  return { name: `--${name}`, count: 'none' };
}

const FILTERS: readonly ArgumentSpec[] = [
  { name: '--include', count: 'one', target: 'filters', append: true },
  { name: '--exclude', count: 'one', target: 'filters', append: true },
];
const REQUEST_PAYER: ArgumentSpec = {
  name: '--request-payer',
  count: '?',
  constant: 'requester',
  choices: ['requester'],
};
const RECURSIVE = flag('recursive');
const PAGE_SIZE: ArgumentSpec = { name: '--page-size', count: 'one' };

const TRANSFER: readonly ArgumentSpec[] = [
  flag('dryrun'),
  flag('quiet'),
  ...FILTERS,
  one('acl', ACLS),
  flag('follow-symlinks'),
  flag('no-follow-symlinks'),
  flag('no-guess-mime-type'),
  { name: '--sse', count: '?', constant: 'AES256', choices: ['AES256', 'aws:kms'] },
  { name: '--sse-c', count: '?', constant: 'AES256', choices: ['AES256'] },
  one('sse-c-key'),
  one('sse-kms-key-id'),
  { name: '--sse-c-copy-source', count: '?', constant: 'AES256', choices: ['AES256'] },
  one('sse-c-copy-source-key'),
  one('storage-class', CLASSES),
  { name: '--grants', count: '+' },
  one('website-redirect'),
  one('content-type'),
  one('cache-control'),
  one('content-disposition'),
  one('content-encoding'),
  one('content-language'),
  one('expires'),
  one('source-region'),
  flag('only-show-errors'),
  flag('no-progress'),
  PAGE_SIZE,
  flag('ignore-glacier-warnings'),
  flag('force-glacier-transfer'),
  REQUEST_PAYER,
];
const PROPERTIES: readonly ArgumentSpec[] = [
  one('metadata'),
  one('copy-props', ['none', 'metadata-directive', 'default']),
  one('metadata-directive', ['COPY', 'REPLACE']),
];
const TWO_PATHS: ArgumentSpec = { name: 'paths', positional: true, count: 'two' };
const ONE_PATH: ArgumentSpec = { name: 'path', positional: true, count: 'one' };

/** The commands of `aws s3` that are offered, in the CLI's order, with their options. */
export const S3_COMMANDS: Readonly<Record<string, readonly ArgumentSpec[]>> = {
  ls: [
    { name: 'paths', positional: true, count: '?' },
    RECURSIVE,
    PAGE_SIZE,
    flag('human-readable'),
    flag('summarize'),
    REQUEST_PAYER,
  ],
  cp: [TWO_PATHS, ...TRANSFER, ...PROPERTIES, one('expected-size'), RECURSIVE],
  mv: [TWO_PATHS, ...TRANSFER, ...PROPERTIES, RECURSIVE],
  rm: [
    { name: 'paths', positional: true, count: 'one' },
    flag('dryrun'),
    flag('quiet'),
    RECURSIVE,
    REQUEST_PAYER,
    ...FILTERS,
    flag('only-show-errors'),
    PAGE_SIZE,
  ],
  sync: [TWO_PATHS, ...TRANSFER, ...PROPERTIES, flag('size-only'), flag('exact-timestamps'), flag('delete')],
  mb: [ONE_PATH],
  rb: [ONE_PATH, flag('force')],
  presign: [ONE_PATH, { name: '--expires-in', count: 'one' }],
};

/** How a command is called, for its usage. */
export const S3_USAGE: Readonly<Record<string, string>> = {
  ls: '<S3Uri> or NONE',
  cp: '<LocalPath> <S3Uri> or <S3Uri> <LocalPath> or <S3Uri> <S3Uri>',
  mv: '<LocalPath> <S3Uri> or <S3Uri> <LocalPath> or <S3Uri> <S3Uri>',
  rm: '<S3Uri>',
  sync: '<LocalPath> <S3Uri> or <S3Uri> <LocalPath> or <S3Uri> <S3Uri>',
  mb: '<S3Uri>',
  rb: '<S3Uri>',
  presign: '<S3Uri>',
};

/** The word given for an option. */
export function word(parsed: ParsedArguments, name: string): string | undefined {
  const value = parsed.values.get(name);
  return typeof value === 'string' ? value : undefined;
}

/** The whole number given for an option. Throws the CLI's fault for anything else. */
export function wholeNumber(parsed: ParsedArguments, name: string): number | undefined {
  const text = word(parsed, name);
  return text === undefined ? undefined : parseInteger(text);
}

const MEMBERS: Readonly<Record<string, string>> = {
  acl: 'ACL',
  'content-type': 'ContentType',
  'cache-control': 'CacheControl',
  'content-disposition': 'ContentDisposition',
  'content-encoding': 'ContentEncoding',
  'content-language': 'ContentLanguage',
  expires: 'Expires',
  'storage-class': 'StorageClass',
  'website-redirect': 'WebsiteRedirectLocation',
  sse: 'ServerSideEncryption',
  'sse-kms-key-id': 'SSEKMSKeyId',
};
const GRANTS: Readonly<Record<string, string>> = {
  read: 'GrantRead',
  full: 'GrantFullControl',
  readacl: 'GrantReadACP',
  writeacl: 'GrantWriteACP',
};

function metadata(text: string): ValueMap {
  try {
    const parsed = text.trim().startsWith('{') ? parseJson(text) : parseShorthand(text);
    return isMap(parsed) ? parsed : {};
  } catch (fault) {
    if (fault instanceof ShorthandFault) throw parsingFault('--metadata', fault.message);
    if (fault instanceof JsonFault) {
      throw parsingFault('--metadata', `Invalid JSON: ${fault.message}\nJSON received: ${text}`);
    }
    throw fault;
  }
}

/** The parameters for writing an object that the options stand for. Throws the CLI's faults. */
export function objectParameters(parsed: ParsedArguments): ValueMap {
  const found: ValueMap = {};
  for (const [option, member] of Object.entries(MEMBERS)) {
    const value = word(parsed, option);
    if (value !== undefined) found[member] = value;
  }
  const grants = parsed.values.get('grants');
  for (const grant of typeof grants === 'object' ? grants : []) {
    const split = /^([^=]*)=([\s\S]*)$/.exec(grant);
    if (split === null) throw parameterFault('grants should be of the form permission=principal');
    const member = GRANTS[split[1] ?? ''];
    if (member === undefined) throw parameterFault('permission must be one of: read|readacl|writeacl|full');
    found[member] = split[2] ?? '';
  }
  const given = word(parsed, 'metadata');
  if (given !== undefined) found['Metadata'] = metadata(given);
  return found;
}
